// SPDX-License-Identifier: GPL-3.0-or-later
// needs: keeper
// From an event in the ring to the picture that shows it, through a player of its own; and
// from a player's end to the next one's first picture, with nothing to be played again.
#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/keeper/player_proc.h"
#include "core/keeper/ring_file.h"
#include "core/keeper/spares.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { EVENTS = 600, ENDS = 60, WIDTH = 1280, HEIGHT = 720, SPARE_MS = 5000 };
static const uint8_t session[16] = "sixteen letters";

typedef struct bench {
  ring_file ring;
  spares spares;
  exercise_list exercises;
  const exercise_entry *draw;
  player_proc *player;
  uint64_t time_us;
} bench;

static void need(bool good, const char *what) {
  if (good) return;
  fprintf(stderr, "time_frames: %s\n", what);
  exit(1);
}

static void order(bench *b) {
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
  uint64_t until = clock_now_us() + 1000000;
  while (clock_now_us() < until) {
    uint32_t bell = atomic_load(&page->commit_bell);
    if (atomic_load(&page->commit) != atomic_load(&page->shown)) {
      bool there = atomic_load(&page->commit_seq) >= seq;
      if (there) return true;
      show(b);
      continue;
    }
    futex_wait(&page->commit_bell, bell, 20000);
  }
  return false;
}

static uint64_t put(bench *b, uint64_t n) {
  ring_slot slot = {.kind = SLOT_EVENT, .creation = 1};
  b->time_us += 10000;
  slot.as.event.time = b->time_us;
  slot.as.event.type = n == 0 ? GESTO_POINTER_DOWN : GESTO_POINTER_MOVE;
  slot.as.event.source = 1;
  slot.as.event.as.pointer.x = (float)(100 + n % 100 * 10);
  slot.as.event.as.pointer.y = (float)(100 + (uint32_t)(n / 100) * 40);
  slot.as.event.as.pointer.pressure = 0.5f;
  need(ring_put(&b->ring.input, &slot) == OK, "the ring is full");
  atomic_store(&b->ring.input.head->released, slot.seq);
  ring_ring(&b->ring.input);
  return slot.seq;
}

static int by_size(const void *a, const void *b) {
  uint64_t x = *(const uint64_t *)a;
  uint64_t y = *(const uint64_t *)b;
  return (x > y) - (x < y);
}

static void print(
  const char *name, uint64_t *us, uint32_t count, uint32_t permille, double limit_ms) {
  qsort(us, count, sizeof us[0], by_size);
  const uint32_t at = (count - 1) * permille / 1000;
  double ms = (double)us[at] / 1e3;
  printf("%s %.3f ms %.3f goal-%g\n", name, ms, ms / limit_ms, limit_ms);
}

static void bench_events(bench *b) {
  static uint64_t us[EVENTS];
  for (uint32_t n = 0; n < EVENTS; n++) {
    uint64_t before = clock_now_us();
    need(wait_for_picture(b, put(b, n)), "no picture came");
    us[n] = clock_now_us() - before;
    show(b);
    clock_sleep_us(3000);
    player_proc_handle(b->player);
  }
  print("event-to-frame-p50", us, EVENTS, 500, 2);
  print("event-to-frame-p99", us, EVENTS, 990, 8);
}

static void keep_spare(bench *b) {
  uint64_t until = clock_now_us() + SPARE_MS * 1000;
  while (clock_now_us() < until) {
    spares_turn(&b->spares);
    if (b->spares.plain && player_proc_state(b->spares.plain) == PLAYER_SPARE) return;
    clock_sleep_us(1000);
  }
  need(false, "no spare player came");
}

static uint64_t one_end(bench *b) {
  keep_spare(b);
  uint64_t before = clock_now_us();
  kill(player_proc_pid(b->player), SIGKILL);
  wake_set w;
  do {
    wake_init(&w);
    wake_on(&w, player_proc_fd(b->player));
    wake_by(&w, clock_now_us() + 50000);
    wake_wait(&w);
    player_proc_handle(b->player);
  } while (player_proc_state(b->player) != PLAYER_CRASHED);
  player_proc_destroy(b->player);
  order(b);
  need(
    player_proc_wait(b->player, 1u << PLAYER_LIVE, 5000) == OK, "it did not come back");
  need(wait_for_picture(b, 0), "no picture came");
  uint64_t us = clock_now_us() - before;
  show(b);
  return us;
}

static void bench_ends(bench *b) {
  static uint64_t us[ENDS];
  for (uint32_t n = 0; n < ENDS; n++) us[n] = one_end(b);
  print("crash-to-frame-p50", us, ENDS, 500, 20);
  print("crash-to-frame-p99", us, ENDS, 990, 20);
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
  keep_spare(&b);
  order(&b);
  need(player_proc_wait(b.player, 1u << PLAYER_LIVE, 5000) == OK, "draw did not load");
  bench_events(&b);
  bench_ends(&b);
  player_proc_destroy(b.player);
  spares_finish(&b.spares);
  exercise_list_finish(&b.exercises);
  ring_file_remove(&b.ring);
  return 0;
}
