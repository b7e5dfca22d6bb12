// SPDX-License-Identifier: GPL-3.0-or-later
// needs: keeper
// A drawing of two hours (a million events), and then, in the midst of painting on: from the
// end of its player to the next one's first live picture; and from nothing but the disk to
// drawing on. $RECOVERY_EVENTS: how many instead of a million. The last ones are those of a
// real painting, the script given as the argument; that in which the ends come is painted as
// fast as it was.
#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/keeper/house.h"
#include "core/keeper/script_driver.h"
#include "core/keeper/sitting.h"
#include "core/record/script.h"
#include "tests/bench/figures.h"

#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
  EVENTS = 1000000,
  PAINTED = 28000, // at the end
  STROKE = 100,
  APART_US = 7000,
  SETTLE_US = 12 * 1000 * 1000,
  ENDS = 7,
  BETWEEN_US = 7300 * 1000, // time to paint before an end
};

typedef struct painting {
  const char *path;
  script *from; // NULL: to be opened
  script_names *names;
  uint64_t began_us; // exercise time
  uint32_t round;
} painting;

typedef struct bench {
  house house;
  sitting sitting;
  performance *performance;
  script_driver driver;
  const exercise_entry *draw;
  painting painting;
  uint64_t events, time_us;
} bench;

static void need(bool good, const char *what) {
  if (good) return;
  fprintf(stderr, "time_recovery: %s\n", what);
  exit(1);
}

static performance_setup setup_for(bench *b) {
  return (performance_setup){.session = b->sitting.session,
    .recorder = b->sitting.recorder,
    .ring = &b->sitting.ring,
    .spares = &b->sitting.spares,
    .exercise = b->draw,
    .mode = MODE_LIVE,
    .seed = 7,
    .width = 1280,
    .height = 800,
    .scale = 1,
    .text_scale = 1,
    .with_frame = true};
}

// As the stage does with each picture.
static bool show(const bench *b) {
  const player_proc *player = performance_player(b->performance);
  player_page *page = player ? (player_page *)player_proc_page(player) : NULL;
  if (!page) return false;
  const uint32_t commit = atomic_load(&page->commit);
  if (commit == atomic_load(&page->shown)) return false;
  atomic_store(&page->shown, commit);
  ring_ring((ring *)&b->sitting.ring.input);
  return true;
}

static void turn(bench *b, uint64_t us) {
  show(b);
  script_driver_turn(&b->driver, us);
}

// Live again, with a picture that shows all that was done.
static uint64_t wait_for_live_frame(bench *b, uint64_t from_us) {
  bool live = false, shown = false;
  while (!live || !shown) {
    turn(b, 1000);
    const performance_state at = performance_where(b->performance);
    need(at == PERFORMANCE_LIVE || at == PERFORMANCE_COMING_BACK ||
        at == PERFORMANCE_LOADING,
      performance_why(b->performance));
    live = at == PERFORMANCE_LIVE;
    const player_proc *player = performance_player(b->performance);
    const player_page *page = player ? player_proc_page(player) : NULL;
    shown = page && atomic_load(&page->commit) > 0;
  }
  return clock_now_us() - from_us;
}

static void keep_spare(bench *b) {
  const uint64_t until = clock_now_us() + 10000000;
  for (;;) {
    const player_proc *spare = b->sitting.spares.plain;
    if (spare && player_proc_state(spare) == PLAYER_SPARE) return;
    need(clock_now_us() < until, "no spare player came");
    turn(b, 1000);
  }
}

static void put(bench *b, gesto_event e) {
  show(b);
  need(script_driver_event(&b->driver, &e) == OK, performance_why(b->performance));
  b->events++;
  b->time_us = e.time;
}

static void stroke(bench *b) {
  const uint64_t n = b->events / STROKE;
  for (uint64_t i = 0; i < STROKE; i++) {
    gesto_event e = {.time = b->time_us + APART_US, .source = 1};
    e.type = i == 0     ? GESTO_POINTER_DOWN
      : i == STROKE - 1 ? GESTO_POINTER_UP
                        : GESTO_POINTER_MOVE;
    e.as.pointer.x = (float)(20 + n * 37 % 1180) + (float)i * 0.5f;
    e.as.pointer.y = (float)(20 + n * 53 % 760) + (float)(i % 7) * 0.25f;
    e.as.pointer.pressure = 0.5f;
    e.as.pointer.tool = GESTO_PEN;
    put(b, e);
  }
}

static void close_painting(painting *p) {
  script_names_destroy(p->names);
  script_close_file(p->from);
  p->names = NULL;
  p->from = NULL;
  p->round++;
}

static void open_painting(bench *b) {
  painting *p = &b->painting;
  script_head head;
  if (p->from) return;
  p->began_us = b->time_us;
  need(script_open(&p->from, p->path, &head) == OK, p->path);
  need(
    script_names_create(&p->names, performance_declared(b->performance)) == OK, "names");
}

// One event of the painting; each round of it is a little elsewhere.
static void paint(bench *b) {
  painting *p = &b->painting;
  script_line line;
  open_painting(b);
  if (script_next(p->from, p->names, &line) != OK) {
    close_painting(p);
  } else if (line.kind == SCRIPT_EVENT) {
    gesto_event e = line.event;
    e.time += p->began_us;
    if (e.type >= GESTO_POINTER_DOWN && e.type <= GESTO_POINTER_UP) {
      e.as.pointer.x += (float)(p->round * 37 % 97);
      e.as.pointer.y += (float)(p->round * 53 % 89);
    }
    put(b, e);
  }
}

static void paint_for(bench *b, uint64_t us) {
  const uint64_t until = clock_now_us() + us;
  b->driver.speed = 1;
  b->driver.began_us = clock_now_us() - b->time_us;
  while (clock_now_us() < until) paint(b);
  b->driver.speed = 0;
}

static result look_at(void *data, int dir, const char *name, bool is_dir) {
  (void)dir;
  (void)is_dir;
  uint64_t seq = 0;
  uint64_t *newest = data;
  if (sscanf(name, "snap-%" SCNu64, &seq) == 1 && seq > *newest) *newest = seq;
  return OK;
}

static uint64_t newest_snapshot(const bench *b) {
  uint64_t newest = 0;
  result r =
    io_each(session_creation_dir(b->sitting.session, 1), "snapshots", look_at, &newest);
  (void)r;
  return newest;
}

// A hand that rests for a moment: all is taken in, and a snapshot made.
static void rest(bench *b) {
  const uint64_t before = newest_snapshot(b), until = clock_now_us() + SETTLE_US;
  while (newest_snapshot(b) == before && clock_now_us() < until) turn(b, 2000);
  need(newest_snapshot(b) > before, "no snapshot came");
}

static void draw_for_two_hours(bench *b, uint64_t events) {
  const uint64_t light = events > PAINTED ? events - PAINTED : 0;
  while (b->events < light) {
    stroke(b);
    if (b->events % 200000 == 0) rest(b);
  }
  while (b->events < events || b->painting.from) paint(b);
}

static uint64_t one_end(bench *b) {
  paint_for(b, BETWEEN_US);
  keep_spare(b);
  const uint64_t before = clock_now_us();
  kill(player_proc_pid(performance_player(b->performance)), SIGKILL);
  while (performance_where(b->performance) == PERFORMANCE_LIVE) turn(b, 1000);
  return wait_for_live_frame(b, before);
}

static void begin(bench *b, const char *at) {
  char why[512], client[24];
  need(house_open(&b->house, at, "") == OK, "no archive");
  b->draw = house_exercise(&b->house, "org.gesto.draw", why, sizeof why);
  need(b->draw != NULL, why);
  need(archive_client(b->house.archive, "Juno", client) == OK, "no client");
  const sitting_calls calls = {0};
  need(
    sitting_begin(&b->sitting, b->house.archive, client, &calls, why, sizeof why) == OK,
    why);
  const performance_setup setup = setup_for(b);
  need(performance_begin(&b->performance, &setup) == OK, "draw was not begun");
  script_driver_init(&b->driver, &b->sitting, b->performance, 0);
  wait_for_live_frame(b, clock_now_us());
}

// All but the folder is gone, as after a power cut.
static uint64_t resume(bench *b, const char *at) {
  char why[512], name[128];
  const sitting_calls calls = {0};
  snprintf(name, sizeof name, "%s", session_name(b->sitting.session));
  need(recorder_flush(b->sitting.recorder) == OK, "the journal");
  performance_destroy(b->performance);
  sitting_finish(&b->sitting, false);
  house_close(&b->house);
  const uint64_t before = clock_now_us();
  need(house_open(&b->house, at, "") == OK, "no archive");
  b->draw = house_exercise(&b->house, "org.gesto.draw", why, sizeof why);
  need(b->draw != NULL, "draw is gone");
  need(sitting_resume(&b->sitting, b->house.archive, name, &calls, why, sizeof why) == OK,
    why);
  const performance_setup setup = setup_for(b);
  need(performance_resume(&b->performance, &setup, 1) == OK, "draw was not taken up");
  script_driver_init(&b->driver, &b->sitting, b->performance, 0);
  return wait_for_live_frame(b, before);
}

int main(int argc, char **argv) {
  static bench b;
  char folder[] = "/tmp/gesto-recovery-XXXXXX";
  const char *wanted = getenv("RECOVERY_EVENTS");
  need(argc == 2, "give the script of a painting");
  need(mkdtemp(folder) != NULL, folder);
  begin(&b, folder);
  b.painting.path = argv[1];
  draw_for_two_hours(&b, wanted ? strtoull(wanted, NULL, 10) : EVENTS);
  rest(&b);
  double ms[ENDS];
  for (int i = 0; i < ENDS; i++) ms[i] = (double)one_end(&b) / 1e3;
  figures_at_most("long-drawing-crash-to-frame", figure_of(ms, ENDS, 1), "ms", 400);
  paint_for(&b, BETWEEN_US);
  figures_at_most(
    "long-drawing-resume", figure_alone((double)resume(&b, folder) / 1e3), "ms", 1000);
  close_painting(&b.painting);
  performance_destroy(b.performance);
  sitting_finish(&b.sitting, false);
  house_close(&b.house);
  need(io_remove_tree(AT_FDCWD, folder) == OK, folder);
  return 0;
}
