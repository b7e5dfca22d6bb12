// SPDX-License-Identifier: GPL-3.0-or-later
// needs: keeper
// From kill -9 of a player to the next one's first live picture with all in it, with a keeper's
// own session, journal, snapshots and recovery: with nothing to be played again, and all along
// a person's painting. The screen's side is not in it.
//   time_ends SCRIPT
#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/keeper/house.h"
#include "core/keeper/script_driver.h"
#include "core/keeper/sitting.h"
#include "core/record/script.h"
#include "tests/bench/figures.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

enum { ENDS = 60, EVENTS_APART = 100, LOOK_US = 200, PATIENCE_US = 20 * 1000 * 1000 };

typedef struct bench {
  house house;
  sitting sitting;
  performance *performance;
  script_driver driver;
  pid_t ended;       // the player that was killed last
  uint64_t last_seq; // what was done before that
} bench;

static void need(bool good, const char *what) {
  if (good) return;
  fprintf(stderr, "time_ends: %s\n", what);
  exit(1);
}

static player_page *page_of(const bench *b) {
  const player_proc *p = performance_player(b->performance);
  const bool there = p && player_proc_pid(p) != b->ended;
  return there ? (player_page *)player_proc_page(p) : NULL;
}

// A picture with all in it that was done so far, from a player that takes in what comes.
static bool is_shown(const bench *b) {
  const player_page *page = page_of(b);
  return page && performance_where(b->performance) == PERFORMANCE_LIVE &&
    atomic_load(&page->commit) > 0 && atomic_load(&page->commit_seq) >= b->last_seq;
}

// As a stage would; without it no second picture comes.
static void show(bench *b) {
  player_page *page = page_of(b);
  if (!page || atomic_load(&page->shown) == atomic_load(&page->commit)) return;
  atomic_store(&page->shown, atomic_load(&page->commit));
  ring_ring(&b->sitting.ring.input);
}

static bool is_spare(const bench *b) {
  const player_proc *p = b->sitting.spares.plain;
  return p && player_proc_state(p) == PLAYER_SPARE;
}

static bool is_live(const bench *b) {
  return page_of(b) && performance_where(b->performance) == PERFORMANCE_LIVE;
}

static void turn_until(bench *b, bool (*so)(const bench *), const char *otherwise) {
  const uint64_t until = clock_now_us() + PATIENCE_US;
  while (!so(b)) {
    need(clock_now_us() < until, otherwise);
    script_driver_turn(&b->driver, LOOK_US);
    if (!so(b)) show(b);
  }
}

static double one_end(bench *b) {
  turn_until(b, is_spare, "no spare player came");
  turn_until(b, is_live, "it did not go live");
  b->last_seq =
    recorder_last_seq(b->sitting.recorder, performance_creation(b->performance));
  b->ended = player_proc_pid(performance_player(b->performance));
  const uint64_t before = clock_now_us();
  kill(b->ended, SIGKILL);
  turn_until(b, is_shown, "it did not come back");
  return (double)(clock_now_us() - before) / 1e3;
}

static void print(const char *name, double *ms, uint32_t count, double goal_ms) {
  char row[64];
  figures_at_most(name, figure_of(ms, count, 1), "ms", goal_ms);
  snprintf(row, sizeof row, "%s-p99", name);
  figures_at_most(row, figure_alone(figures_at(ms, count, 990)), "ms", goal_ms);
}

static void time_bare(bench *b) {
  double ms[ENDS];
  for (uint32_t n = 0; n < ENDS; n++) ms[n] = one_end(b);
  print("crash-to-frame", ms, ENDS, 20);
}

static void begin(bench *b, const script_head *head) {
  char why[512] = "";
  const exercise_entry *entry =
    house_exercise(&b->house, head->exercise, why, sizeof why);
  need(entry != NULL, why);
  const performance_setup setup = {.session = b->sitting.session,
    .recorder = b->sitting.recorder,
    .ring = &b->sitting.ring,
    .spares = &b->sitting.spares,
    .exercise = entry,
    .mode = MODE_LIVE,
    .seed = head->seed,
    .width = head->width,
    .height = head->height,
    .scale = head->scale,
    .text_scale = head->text_scale,
    .with_frame = true};
  need(performance_begin(&b->performance, &setup) == OK, "nothing was begun");
  script_driver_init(&b->driver, &b->sitting, b->performance, 0);
  turn_until(b, is_shown, "no first picture came");
}

// As fast as it was painted. Sooner or later between strokes, more often within one.
static void time_painting(bench *b, script *from) {
  script_names *names = NULL;
  script_line line;
  double ms[ENDS];
  uint32_t ends = 0, events = 0;
  result done = script_names_create(&names, performance_declared(b->performance));
  need(done == OK, "its controls cannot be read");
  script_driver_init(&b->driver, &b->sitting, b->performance, 1);
  while ((done = script_next(from, names, &line)) == OK && line.kind != SCRIPT_CLOSE) {
    if (line.kind != SCRIPT_EVENT) continue;
    need(script_driver_event(&b->driver, &line.event) == OK, "it was set aside");
    show(b);
    if (++events % EVENTS_APART == 0 && ends < ENDS) ms[ends++] = one_end(b);
  }
  need(done == OK || done == ENDED, script_error(from));
  need(ends > 0, "the script is too short");
  script_names_destroy(names);
  print("crash-to-frame-painting", ms, ends, 400);
}

static void time_all(bench *b, const char *path) {
  script *from = NULL;
  script_head head;
  need(script_open(&from, path, &head) == OK, "the script cannot be read");
  begin(b, &head);
  time_bare(b);
  time_painting(b, from);
  performance_destroy(b->performance);
  script_close_file(from);
}

int main(int argc, char **argv) {
  static bench b;
  char folder[] = "/tmp/gesto-bench-XXXXXX";
  char home[64], id[24], why[512] = "";
  need(argc == 2 && mkdtemp(folder) != NULL, "time_ends SCRIPT");
  snprintf(home, sizeof home, "%s/archive", folder);
  need(house_open(&b.house, home, "", NULL) == OK, "no archive");
  need(archive_client(b.house.archive, NULL, id) == OK, "no client");
  const sitting_calls calls = {0};
  need(
    sitting_begin(&b.sitting, b.house.archive, id, &calls, why, sizeof why) == OK, why);
  time_all(&b, argv[1]);
  sitting_finish(&b.sitting, false);
  house_close(&b.house);
  need(io_remove_tree(AT_FDCWD, folder) == OK, folder);
  return 0;
}
