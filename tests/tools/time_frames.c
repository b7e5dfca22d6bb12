// SPDX-License-Identifier: GPL-3.0-or-later
// needs: keeper player
// From an event in the ring to the picture that shows it: through a player of its own, and
// with the same machine, exercise and frame in this process, in turns. What the one costs more
// than the other is the price of the wall between them.
#include "core/base/beside.h"
#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/keeper/player_proc.h"
#include "core/keeper/program.h"
#include "core/keeper/ring_file.h"
#include "core/keeper/spares.h"
#include "core/player/frame.h"
#include "core/player/order.h"
#include "tests/bench/figures.h"

#include <limits.h>
#include <string.h>
#include <unistd.h>

enum { ROUNDS = 8, EVENTS = 150, WIDTH = 1280, HEIGHT = 720, SPARE_MS = 5000 };
enum { PAUSE_US = 3000 };
static const uint8_t session[16] = "sixteen letters";

typedef struct bench {
  ring_file ring;
  spares spares;
  exercise_list exercises;
  const exercise_entry *draw;
  player_proc *player;
  uint64_t time_us;
  // The same in this process.
  exercise loaded;
  machine *machine;
  frame frame;
  player_page page;
  char assets[PATH_MAX];
} bench;

typedef struct round_figures {
  double p50, p99;
} round_figures;

static void need(bool good, const char *what) {
  if (good) return;
  fprintf(stderr, "time_frames: %s\n", what);
  exit(1);
}

// ---- With a wall between -----------------------------------------------------------------

static void keep_spare(bench *b) {
  const uint64_t until = clock_now_us() + SPARE_MS * 1000;
  while (clock_now_us() < until) {
    spares_turn(&b->spares);
    if (b->spares.plain && player_proc_state(b->spares.plain) == PLAYER_SPARE) return;
    clock_sleep_us(1000);
  }
  need(false, "no spare player came");
}

static void begin_player(bench *b) {
  keep_spare(b);
  need(spares_take(&b->spares, false, &b->player) == OK, "no player");
  const player_order how = {.exercise = b->draw,
    .creation = 1,
    .seed = 1,
    .width = WIDTH,
    .height = HEIGHT,
    .scale = 1,
    .text_scale = 1,
    .mode = MODE_LIVE,
    .ring_fd = b->ring.read_fd,
    .bell = &b->ring.input,
    .first_seq = ring_written(&b->ring.input) + 1,
    .feed_fd = -1,
    .with_frame = true};
  const player_calls calls = {0};
  need(player_proc_order(b->player, &how, &calls) == OK, "no order");
  need(player_proc_wait(b->player, 1u << PLAYER_LIVE, 5000) == OK, "draw did not load");
}

static player_page *page_of(const bench *b) {
  return (player_page *)player_proc_page(b->player);
}

static void show(const bench *b) {
  player_page *page = page_of(b);
  atomic_store(&page->shown, atomic_load(&page->commit));
  ring_ring((ring *)&b->ring.input);
}

// Until a picture with this slot in it is there. Handles nothing meanwhile: as the stage does.
static bool wait_for_picture(const bench *b, uint64_t seq) {
  player_page *page = page_of(b);
  const uint64_t until = clock_now_us() + 1000000;
  while (clock_now_us() < until) {
    const uint32_t bell = atomic_load(&page->commit_bell);
    if (atomic_load(&page->commit) != atomic_load(&page->shown)) {
      if (atomic_load(&page->commit_seq) >= seq) return true;
      show(b);
      continue;
    }
    futex_wait(&page->commit_bell, bell, 20000);
  }
  return false;
}

static double through_player(bench *b, ring_slot *slot) {
  const uint64_t before = clock_now_us();
  need(ring_put(&b->ring.input, slot) == OK, "the ring is full");
  ring_ring(&b->ring.input);
  need(wait_for_picture(b, slot->seq), "no picture came");
  const double ms = (double)(clock_now_us() - before) / 1e3;
  atomic_store(&b->ring.input.head->released, slot->seq);
  show(b);
  player_proc_handle(b->player);
  return ms;
}

// ---- Without one -------------------------------------------------------------------------

static void open_frame(bench *b) {
  const frame_head head = {WIDTH, HEIGHT};
  int fd = -1;
  need(memory_create("frame", FRAME_BYTES(WIDTH, HEIGHT), &fd) == OK &&
      io_write_all_at(fd, &head, sizeof head, 0) == OK && frame_open(&b->frame, fd) == OK,
    "no memory for a frame");
  io_close(fd);
}

static void begin_here(bench *b) {
  static const settings none;
  char why[512] = "no path";
  need(beside_program("assets/", b->assets, sizeof b->assets) == OK, why);
  need(exercise_load(&b->loaded, b->draw->path, why, sizeof why) == OK, why);
  const machine_setup setup = {.of = &b->loaded,
    .creation = 1,
    .seed = 1,
    .width = WIDTH,
    .height = HEIGHT,
    .scale = 1,
    .text_scale = 1,
    .set = &none,
    .assets = b->assets,
    .mode = MACHINE_LIVE,
    .page = &b->page};
  need(machine_create(&b->machine, &setup, NULL, 0, "", why, sizeof why) == OK, why);
  open_frame(b);
  need(frame_draw(&b->frame, b->machine, &b->page), "no first picture");
}

static double in_one_process(bench *b, const ring_slot *slot) {
  atomic_store(&b->page.shown, atomic_load(&b->page.commit));
  const uint64_t before = clock_now_us();
  machine_deliver(b->machine, slot);
  need(frame_draw(&b->frame, b->machine, &b->page), "no picture came");
  return (double)(clock_now_us() - before) / 1e3;
}

// ---- Both --------------------------------------------------------------------------------

// Lines from left to right, one below the other, 10 units a step.
static ring_slot event_of(bench *b, uint32_t round, uint32_t n) {
  ring_slot slot = {.kind = SLOT_EVENT, .creation = 1};
  gesto_event *e = &slot.as.event;
  b->time_us += 10000;
  e->time = b->time_us;
  e->type = n == 0    ? GESTO_POINTER_DOWN
    : n + 1 == EVENTS ? GESTO_POINTER_UP
                      : GESTO_POINTER_MOVE;
  const uint32_t row = n / 100;
  e->source = 1;
  e->as.pointer.x = (float)(100 + n % 100 * 10);
  e->as.pointer.y = (float)(60 + round * 80 + row * 40);
  e->as.pointer.pressure = 0.5f;
  return slot;
}

static round_figures one_round(bench *b, uint32_t round, bool here) {
  double ms[EVENTS];
  for (uint32_t n = 0; n < EVENTS; n++) {
    ring_slot slot = event_of(b, round, n);
    clock_sleep_us(PAUSE_US);
    ms[n] = here ? in_one_process(b, &slot) : through_player(b, &slot);
  }
  const double p50 = figures_median(ms, EVENTS);
  return (round_figures){p50, figures_at(ms, EVENTS, 990)};
}

static void compare(bench *b) {
  double p50[ROUNDS], p99[ROUNDS], here[ROUNDS], more[ROUNDS];
  for (uint32_t i = 0; i < ROUNDS; i++) {
    const round_figures wall = one_round(b, i, false), none = one_round(b, i, true);
    p50[i] = wall.p50;
    p99[i] = wall.p99;
    here[i] = none.p50;
    more[i] = wall.p50 - none.p50;
  }
  figures_row(&(figure_row){.name = "event-to-frame-p50",
    .unit = "ms",
    .ours = figure_of(p50, ROUNDS, 1),
    .theirs = figure_of(here, ROUNDS, 1),
    .peer = "in one process"});
  figures_at_most("event-to-frame-p99", figure_of(p99, ROUNDS, 1), "ms", 8);
  figures_at_most("event-to-frame-for-the-wall", figure_of(more, ROUNDS, 1), "ms", 0.3);
}

int main(void) {
  static bench b;
  char name[64], why[512];
  snprintf(name, sizeof name, "bench-%d", getpid());
  need(exercise_list_read(&b.exercises, NULL, why, sizeof why) == OK, why);
  exercise_list_probe(&b.exercises);
  b.draw = exercise_list_find(&b.exercises, "org.gesto.draw");
  need(b.draw != NULL, "draw is not among the exercises");
  need(ring_file_create(&b.ring, name, session) == OK, "no ring");
  begin_player(&b);
  begin_here(&b);
  compare(&b);
  machine_destroy(b.machine);
  frame_finish(&b.frame);
  player_proc_destroy(b.player);
  spares_finish(&b.spares);
  exercise_list_finish(&b.exercises);
  ring_file_remove(&b.ring);
  return 0;
}
