// SPDX-License-Identifier: GPL-3.0-or-later
// A spare player from the order to the first picture, and how fast it takes a feed in. A line
// each: name value unit ratio-to-goal.
#include "tests/bench/figures.h"
#include "tests/unit/player_hand.h"

enum { ROUNDS = 20, FEED = 100000 };

static double order_to_frame_ms(hand *h, const char *path) {
  const hand_order o = {
    .path = path, .mode = "live", .seed = 1, .first_seq = 1, .frame = true};
  hand_start(h);
  assert_int_equal(hand_wait(h, FROM_PLAYER_READY), OK);
  uint64_t from = clock_now_us();
  hand_order_exercise(h, &o);
  while (atomic_load(&h->page->commit) == 0) futex_wait(&h->page->commit_bell, 0, 1000);
  double ms = (double)(clock_now_us() - from) / 1000;
  hand_quit(h);
  hand_finish(h);
  return ms;
}

static int make_feed(void) {
  const uint8_t none[16] = {0};
  ring feed;
  int fd = -1;
  size_t size = sizeof(ring_head) + sizeof(ring_slot) * (FEED + 1);
  assert_int_equal(memory_create("feed", size, &fd), OK);
  assert_int_equal(ring_init(&feed, fd, size, none), OK);
  for (uint64_t i = 1; i <= FEED; i++) {
    ring_slot slot = {.seq = i, .kind = SLOT_EVENT, .creation = 1};
    slot.as.event.time = i * 1000;
    slot.as.event.type = GESTO_POINTER_MOVE;
    slot.as.event.as.pointer.x = (float)(i % 300);
    assert_int_equal(ring_put_feed(&feed, &slot), OK);
  }
  ring_finish(&feed);
  return fd;
}

static double feed_events_per_second(hand *h, const char *path) {
  hand_order o = {.path = path,
    .mode = "replay",
    .seed = 1,
    .first_seq = FEED + 1,
    .feed_fd = make_feed(),
    .feed_count = FEED};
  hand_start(h);
  assert_int_equal(hand_wait(h, FROM_PLAYER_READY), OK);
  uint64_t from = clock_now_us();
  hand_order_exercise(h, &o);
  assert_int_equal(hand_wait(h, FROM_PLAYER_CAUGHT_UP), OK);
  double seconds = (double)(clock_now_us() - from) / 1e6;
  hand_quit(h);
  hand_finish(h);
  io_close(o.feed_fd);
  return FEED / seconds;
}

int main(void) {
  static hand h;
  double ms[ROUNDS];
  house_make();
  char path[600];
  snprintf(path, sizeof path, "%s", house_exercise("exercises/steady"));
  for (int i = 0; i < ROUNDS; i++) ms[i] = order_to_frame_ms(&h, path);
  figures_at_most("order-to-frame", figure_of(ms, ROUNDS, 1), "ms", 5);
  figures_at_most(
    "order-to-frame-worst", figure_alone(figures_at(ms, ROUNDS, 1000)), "ms", 20);
  const double rate = feed_events_per_second(&h, path);
  figures_at_least("feed-taken-in", figure_alone(rate), "events/s", 100000);
  house_remove();
  return 0;
}
