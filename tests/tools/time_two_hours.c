// SPDX-License-Identifier: GPL-3.0-or-later
// needs: keeper
// A drawing of two hours from a real recording, painted over and over, each time a little
// elsewhere and with another brush: then all programs are killed at once. How long until a
// client draws again, and how much longer that is than after a few minutes; how long it takes when
// a player alone ends; how long to undo it all; how
// large it has become; and, once it is closed, how long it takes to see any moment of it.
//   time_two_hours GESTO SCRIPT [seconds of exercise time]
// Less than ten minutes are made again as a whole too, after all was undone, and have to equal
// the record.
#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/keeper/closing.h"
#include "core/keeper/house.h"
#include "core/keeper/script_driver.h"
#include "core/keeper/sitting.h"
#include "core/record/script.h"
#include "tests/bench/figures.h"

#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
  TWO_HOURS_S = 7200,
  SETTLE_US = 60 * 1000 * 1000,
  SNAPSHOT_US = 220 * 1000, // of work: then a hand rests for a moment, and there is one
  ENDS = 7,
  UNDOS = 5000,
  SEEKS = 10,
  BETWEEN_US = 7300 * 1000, // time to paint before an end
  SHORT_S = 600,
  BRUSHES = 6,
  RESTARTS = 5,
  MINUTES_US = 240 * 1000 * 1000,
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
  uint64_t events, strokes, time_us, spent_us;
  char name[128]; // of the session
} bench;

static void need(bool good, const char *what) {
  if (good) return;
  fprintf(stderr, "time_two_hours: %s\n", what);
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

// ---- Driving -----------------------------------------------------------------------------

static player_page *page_of(const bench *b) {
  const player_proc *player = performance_player(b->performance);
  return player ? (player_page *)player_proc_page(player) : NULL;
}

// As the stage does with each picture.
static void show(const bench *b) {
  player_page *page = page_of(b);
  if (!page || atomic_load(&page->commit) == atomic_load(&page->shown)) return;
  atomic_store(&page->shown, atomic_load(&page->commit));
  ring_ring((ring *)&b->sitting.ring.input);
}

static void turn(bench *b, uint64_t us) {
  show(b);
  script_driver_turn(&b->driver, us);
}

// Live again, with a picture that shows all that was done.
static uint64_t wait_for_live_frame(bench *b, uint64_t from_us) {
  for (;;) {
    const performance_state at = performance_where(b->performance);
    need(at == PERFORMANCE_LIVE || at == PERFORMANCE_COMING_BACK ||
        at == PERFORMANCE_LOADING,
      performance_why(b->performance));
    const player_page *page = page_of(b);
    if (at == PERFORMANCE_LIVE && page && atomic_load(&page->commit) > 0)
      return clock_now_us() - from_us;
    turn(b, 1000);
  }
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
  b->strokes += e.type == GESTO_POINTER_UP;
  b->time_us = e.time;
}

// ---- Painting ----------------------------------------------------------------------------

static void close_painting(painting *p) {
  script_names_destroy(p->names);
  script_close_file(p->from);
  p->names = NULL;
  p->from = NULL;
  p->round++;
}

static gesto_event control(const bench *b, uint32_t id, double value) {
  return (gesto_event){.time = b->time_us,
    .type = GESTO_CONTROL_SET,
    .as.control = {.id = id, .value = value}};
}

// Every third round is painted as it was, with wide washes; the others with each brush in turn,
// as it is made.
static bool as_it_was(const painting *p) { return p->round % 3 == 0; }

static void open_painting(bench *b) {
  painting *p = &b->painting;
  script_head head;
  if (p->from) return;
  p->began_us = b->time_us;
  need(script_open(&p->from, p->path, &head) == OK, p->path);
  need(
    script_names_create(&p->names, performance_declared(b->performance)) == OK, "names");
  if (as_it_was(p)) return;
  put(b, control(b, 1, p->round % BRUSHES));
  put(b, control(b, 2, 100));
}

static bool is_taken(const painting *p, const gesto_event *e) {
  const bool tool = e->type == GESTO_CONTROL_SET && e->as.control.id <= 2;
  return as_it_was(p) || !tool;
}

// One event of the painting; each round of it is a little elsewhere.
static void paint(bench *b) {
  painting *p = &b->painting;
  script_line line;
  open_painting(b);
  if (script_next(p->from, p->names, &line) != OK) {
    close_painting(p);
  } else if (line.kind == SCRIPT_EVENT && is_taken(p, &line.event)) {
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

static bool all_is_in_a_snapshot(const bench *b) {
  const recorder *r = b->sitting.recorder;
  return recorder_taken(r) == ring_written(&b->sitting.ring.input) &&
    newest_snapshot(b) >= recorder_last_seq(r, 1);
}

// A hand that rests for a moment, as hands do: a snapshot is made, unless the newest already was
// of all.
static void rest(bench *b) {
  const uint64_t before = newest_snapshot(b), until = clock_now_us() + SETTLE_US;
  while (newest_snapshot(b) == before && !all_is_in_a_snapshot(b)) {
    need(clock_now_us() < until, "no snapshot came");
    turn(b, 2000);
  }
}

static void rest_if_due(bench *b) {
  const uint64_t spent = atomic_load(&page_of(b)->spent_us);
  if (spent < b->spent_us + SNAPSHOT_US) return;
  rest(b);
  b->spent_us = spent;
}

static void draw_until(bench *b, uint64_t time_us) {
  uint64_t strokes = b->strokes;
  while (b->time_us < time_us || b->painting.from) {
    paint(b);
    if (b->strokes > strokes) rest_if_due(b);
    strokes = b->strokes;
  }
  rest(b);
}

// ---- Beginning and ending ----------------------------------------------------------------

static void open_house(bench *b, const char *at) {
  char why[512];
  need(house_open(&b->house, at, "", NULL) == OK, "no archive");
  b->draw = house_exercise(&b->house, "org.gesto.draw", why, sizeof why);
  need(b->draw != NULL, why);
}

static void begin(bench *b, const char *at) {
  char why[512], client[24];
  const sitting_calls calls = {0};
  open_house(b, at);
  need(archive_client(b->house.archive, "Juno", client) == OK, "no client");
  need(
    sitting_begin(&b->sitting, b->house.archive, client, &calls, why, sizeof why) == OK,
    why);
  const performance_setup setup = setup_for(b);
  need(performance_begin(&b->performance, &setup) == OK, "draw was not begun");
  script_driver_init(&b->driver, &b->sitting, b->performance, 0);
  wait_for_live_frame(b, clock_now_us());
}

// What is known of it outside, and then nothing runs any more.
typedef struct told {
  char name[128];
  uint64_t events, strokes, time_us, rss_kib;
  uint32_t round;
} told;

static uint64_t memory_of(pid_t pid) {
  char path[64], line[256];
  uint64_t kib = 0;
  snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
  FILE *f = fopen(path, "r");
  while (f && fgets(line, sizeof line, f))
    if (sscanf(line, "RssAnon: %" SCNu64, &kib) == 1) break;
  if (f) fclose(f);
  return kib;
}

static void draw_and_die(const char *at, const char *script_path, uint64_t us, int to) {
  static bench b;
  told t = {.name = ""};
  begin(&b, at);
  b.painting.path = script_path;
  draw_until(&b, us);
  paint_for(&b, 1000 * 1000);
  snprintf(t.name, sizeof t.name, "%s", session_name(b.sitting.session));
  t.events = b.events;
  t.strokes = b.strokes;
  t.time_us = b.time_us;
  t.round = b.painting.round;
  t.rss_kib = memory_of(player_proc_pid(performance_player(b.performance)));
  need(write(to, &t, sizeof t) == sizeof t, "nobody listens");
  kill(getpid(), SIGKILL);
}

static told draw_two_hours(const char *at, const char *script_path, uint64_t us) {
  int ends[2];
  told t;
  need(pipe(ends) == 0, "no pipe");
  const pid_t child = fork();
  if (child == 0) draw_and_die(at, script_path, us, ends[1]);
  close(ends[1]);
  need(read(ends[0], &t, sizeof t) == sizeof t, "it did not come to its end");
  waitpid(child, NULL, 0);
  close(ends[0]);
  return t;
}

// From nothing but what is on disk and in the ring, to a frame that took in a new stroke.
static uint64_t draw_again(bench *b, const char *at, const told *t) {
  char why[512];
  const sitting_calls calls = {0};
  const uint64_t before = clock_now_us();
  open_house(b, at);
  need(
    sitting_resume(&b->sitting, b->house.archive, t->name, &calls, why, sizeof why) == OK,
    why);
  const performance_setup setup = setup_for(b);
  need(performance_resume(&b->performance, &setup, 1) == OK, "draw was not taken up");
  script_driver_init(&b->driver, &b->sitting, b->performance, 0);
  wait_for_live_frame(b, before);
  b->driver.now_us = performance_time_us(b->performance);
  b->time_us = b->driver.now_us + 1000;
  gesto_event e = {.time = b->time_us, .type = GESTO_POINTER_DOWN, .source = 1};
  e.as.pointer.x = e.as.pointer.y = 300;
  e.as.pointer.pressure = 0.5f;
  put(b, e);
  const uint64_t seq = ring_written(&b->sitting.ring.input);
  while (atomic_load(&page_of(b)->commit_seq) < seq) turn(b, 500);
  const uint64_t took = clock_now_us() - before;
  e.type = GESTO_POINTER_UP;
  put(b, e);
  return took;
}

// All of it ends as it began: killed.
static void restart_and_die(const char *at, const told *t, int to) {
  static bench b;
  const double ms = (double)draw_again(&b, at, t) / 1e3;
  need(write(to, &ms, sizeof ms) == sizeof ms, "nobody listens");
  kill(getpid(), SIGKILL);
}

static figure restarts(const char *at, const told *t) {
  double ms[RESTARTS];
  for (int i = 0; i < RESTARTS; i++) {
    int ends[2];
    need(pipe(ends) == 0, "no pipe");
    const pid_t child = fork();
    if (child == 0) restart_and_die(at, t, ends[1]);
    close(ends[1]);
    need(read(ends[0], &ms[i], sizeof ms[i]) == sizeof ms[i], "it did not come back");
    waitpid(child, NULL, 0);
    close(ends[0]);
  }
  return figure_of(ms, RESTARTS, 1);
}

// The same painting, killed after a few minutes.
static figure restarts_after_minutes(const char *script_path) {
  char folder[] = "/tmp/gesto-few-minutes-XXXXXX";
  need(mkdtemp(folder) != NULL, folder);
  const told t = draw_two_hours(folder, script_path, MINUTES_US);
  const figure ms = restarts(folder, &t);
  need(io_remove_tree(AT_FDCWD, folder) == OK, folder);
  return ms;
}

static uint64_t one_end(bench *b, uint64_t after_us) {
  paint_for(b, after_us);
  keep_spare(b);
  const uint64_t before = clock_now_us();
  kill(player_proc_pid(performance_player(b->performance)), SIGKILL);
  while (performance_where(b->performance) == PERFORMANCE_LIVE) turn(b, 1000);
  return wait_for_live_frame(b, before);
}

static double undo_much(bench *b, uint32_t count) {
  const uint64_t before = clock_now_us();
  for (uint32_t i = 0; i < count; i++) {
    gesto_event e = {
      .time = b->time_us + 1, .type = GESTO_ACTION, .as.control = {.id = 5}};
    put(b, e);
  }
  const uint64_t last = ring_written(&b->sitting.ring.input);
  while (performance_done_seq(b->performance) < last) turn(b, 1000);
  return (double)(clock_now_us() - before) / 1e3;
}

static void close_session(bench *b, char *path, size_t room) {
  closing_answers answers = {0};
  performance_leave(b->performance);
  while (performance_where(b->performance) != PERFORMANCE_LEFT) turn(b, 1000);
  performance_destroy(b->performance);
  need(closing_add(&answers, 1, "keep", true, "Sea") == OK, "no answer");
  need(closing_session(&b->sitting, &answers, false, path, room) == OK, path);
  closing_finish_answers(&answers);
  house_close(&b->house);
}

// ---- What came of it ---------------------------------------------------------------------

static result add_size(void *data, int dir, const char *name, bool is_dir) {
  struct stat info;
  uint64_t *bytes = data;
  (void)is_dir;
  if (fstatat(dir, name, &info, 0) == 0) *bytes += (uint64_t)info.st_size;
  return OK;
}

static double mib_an_hour(int folder, uint64_t time_us) {
  uint64_t bytes = 0;
  need(io_each(folder, "snapshots", add_size, &bytes) == OK, "no snapshots stayed");
  return (double)bytes / (1 << 20) / ((double)time_us / 3.6e9);
}

// In the creation's folder; without a moment all of it, which is compared with the record.
static double one_replay(const char *gesto, const char *moment) {
  const uint64_t before = clock_now_us();
  const pid_t child = fork();
  if (child == 0) {
    freopen("/dev/null", "w", stdout);
    execl(gesto, gesto, "replay", ".", moment ? "--at" : NULL, moment, "--to",
      "/tmp/gesto-moment.png", (char *)NULL);
    _exit(127);
  }
  int status = 0;
  waitpid(child, &status, 0);
  need(status == 0, "a replay is not what was made");
  return (double)(clock_now_us() - before) / 1e3;
}

static double one_seek(const char *gesto, double at) {
  char moment[32];
  snprintf(moment, sizeof moment, "%.3f", at);
  return one_replay(gesto, moment);
}

static void look_back(const char *gesto, const char *closed, uint64_t us) {
  double ms[SEEKS];
  uint64_t chance = 42;
  need(chdir(closed) == 0 && chdir("creations/01-draw") == 0, closed);
  for (int i = 0; i < SEEKS; i++) {
    chance = chance * 6364136223846793005u + 1442695040888963407u;
    ms[i] = one_seek(gesto, (double)(chance >> 33) / 2147483648.0 * (double)us / 1e6);
  }
  unlink("/tmp/gesto-moment.png");
  figures_at_most("two-hours-any-moment", figure_of(ms, SEEKS, 1), "ms", 1000);
  figures_row(&(figure_row){.name = "two-hours-size",
    .unit = "MiB/h",
    .ours = figure_alone(mib_an_hour(AT_FDCWD, us))});
}

int main(int argc, char **argv) {
  static bench b;
  char folder[] = "/tmp/gesto-two-hours-XXXXXX", path[PATH_MAX];
  need(argc >= 3, "give the program and the script of a painting");
  const uint64_t us = (argc > 3 ? strtoull(argv[3], NULL, 10) : TWO_HOURS_S) * 1000000;
  need(mkdtemp(folder) != NULL, folder);
  const told t = draw_two_hours(folder, argv[2], us);
  const bool brief = us < (uint64_t)SHORT_S * 1000000;
  b.painting = (painting){.path = argv[2], .round = t.round};
  const figure again = restarts(folder, &t);
  figures_at_most("two-hours-killed-to-drawing", again, "ms", 1000);
  if (!brief)
    figures_row(&(figure_row){.name = "two-hours-beside-minutes",
      .unit = "ms",
      .ours = again,
      .theirs = restarts_after_minutes(argv[2]),
      .peer = "after four minutes"});
  draw_again(&b, folder, &t);
  figures_at_most("two-hours-memory", figure_alone((double)t.rss_kib / 1024), "MiB", 600);
  double ms[ENDS];
  const uint32_t ends = brief ? 1 : ENDS;
  for (uint32_t i = 0; i < ends; i++)
    ms[i] = (double)one_end(&b, brief ? BETWEEN_US / 7 : BETWEEN_US) / 1e3;
  figures_at_most("two-hours-crash-to-frame", figure_of(ms, ends, 1), "ms", 400);
  const uint32_t undos = t.strokes < UNDOS ? (uint32_t)t.strokes : UNDOS;
  figures_at_most(
    "two-hours-undo", figure_alone(undo_much(&b, undos) / undos), "ms each", 16);
  close_painting(&b.painting);
  close_session(&b, path, sizeof path);
  look_back(argv[1], path, t.time_us);
  if (brief) one_replay(argv[1], NULL);
  need(io_remove_tree(AT_FDCWD, folder) == OK, folder);
  return 0;
}
