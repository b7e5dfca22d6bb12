// SPDX-License-Identifier: GPL-3.0-or-later
// The real gesto-player in its own process: delivery, pictures, sound, works, states, replay.
#include "player_hand.h"

static const char *steady;

static int set_up(void **state) {
  (void)state;
  static char path[600];
  house_make();
  snprintf(path, sizeof path, "%s", house_exercise("exercises/steady"));
  steady = path;
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  house_remove();
  return 0;
}

static hand *new_hand(void) {
  hand *h = malloc(sizeof *h);
  assert_non_null(h);
  return h;
}

static void drop_hand(hand *h) {
  hand_finish(h);
  free(h);
}

static const hand_work *facts_of(const hand *h) {
  for (uint32_t i = 0; i < h->work_count; i++) {
    if (strstr(h->works[i].about, "\"facts\"")) return &h->works[i];
  }
  fail_msg("no facts");
  return NULL;
}

static long fact(const hand *h, const char *name) {
  char key[64];
  snprintf(key, sizeof key, "\"%s\":", name);
  const char *at = strstr((const char *)facts_of(h)->bytes, key);
  assert_non_null(at);
  return strtol(at + strlen(key), NULL, 10);
}

static void assert_same_works(const hand *a, const hand *b) {
  assert_int_equal(a->work_count, b->work_count);
  for (uint32_t i = 0; i < a->work_count; i++) {
    assert_string_equal(a->works[i].about, b->works[i].about);
    assert_memory_equal(a->works[i].bytes, b->works[i].bytes, a->works[i].size);
  }
}

// A feed as a keeper makes it: what was reported stands before the slot that it came before.
static int make_feed(
  const hand *h, uint64_t after, uint64_t round_trip_after, uint64_t *count) {
  const uint8_t none[16] = {0};
  ring feed;
  int fd = -1;
  uint32_t next = 0;
  size_t size =
    sizeof(ring_head) + sizeof(ring_slot) * (h->slot_count + h->report_count + 8);
  assert_int_equal(memory_create("feed", size, &fd), OK);
  assert_int_equal(ring_init(&feed, fd, size, none), OK);
  const uint32_t kinds[] = {[REPORT_TOOK] = SLOT_TOOK,
    [REPORT_HEARD] = SLOT_HEARD,
    [REPORT_BLOCKS] = SLOT_BLOCKS};
  for (uint32_t i = 0; i <= h->slot_count; i++) {
    uint64_t seq = i < h->slot_count ? h->slots[i].seq : UINT64_MAX;
    for (; next < h->report_count && h->reports[next].before_seq <= seq; next++) {
      const page_report *r = &h->reports[next];
      if (r->before_seq <= after || r->kind == REPORT_LATE) continue;
      ring_slot slot = {.kind = kinds[r->kind],
        .creation = 1,
        .as.sound = {.block = r->block, .count = r->count}};
      assert_int_equal(ring_put_feed(&feed, &slot), OK);
    }
    if (i == h->slot_count || seq <= after) continue;
    assert_int_equal(ring_put_feed(&feed, &h->slots[i]), OK);
    if (seq != round_trip_after) continue;
    ring_slot back = {.kind = SLOT_ROUND_TRIP, .creation = 1};
    assert_int_equal(ring_put_feed(&feed, &back), OK);
  }
  *count = ring_written(&feed);
  ring_finish(&feed);
  return fd;
}

static hand *replayed(const hand *h, uint64_t round_trip_after) {
  hand *r = new_hand();
  hand_order o = {.path = steady,
    .mode = "replay",
    .seed = 5,
    .first_seq = h->slot_count + UINT64_C(1)};
  o.feed_fd = make_feed(h, 0, round_trip_after, &o.feed_count);
  hand_begin(r, &o);
  assert_int_equal(hand_wait(r, FROM_PLAYER_CAUGHT_UP), OK);
  hand_works(r);
  hand_quit(r);
  assert_int_equal(r->report_count, 0);
  io_close(o.feed_fd);
  return r;
}

static void press_a_while(hand *h, uint64_t from_us, int times) {
  for (int i = 0; i < times; i++) {
    hand_press(
      h, (float)(40 + i % 200), (float)(30 + i % 100), from_us + (uint64_t)i * 20000);
  }
}

static void events_ticks_and_controls_arrive_as_promised(void **state) {
  (void)state;
  hand *h = new_hand();
  const hand_order o = {.path = steady, .mode = "timed", .seed = 5, .first_seq = 1};
  hand_begin(h, &o);
  assert_non_null(strstr(h->last_text, "\"id\":\"org.gesto.test.steady\""));
  hand_press(h, 50, 60, 1000000);
  uint64_t last = hand_put(h, NULL, 2000000);
  assert_true(hand_delivered(h, last));
  assert_int_equal(atomic_load(&h->page->wants_ticks), 0);
  hand_works(h);
  // STAGE, LOOK, two controls, the press; what the sound half said comes with the next slot.
  assert_int_equal(fact(h, "events"), 5 + 1);
  assert_int_equal(fact(h, "heard"), 1);
  // One tick after the beginning, 20 after the press, one after what was heard: each ends
  // with false.
  assert_int_equal(fact(h, "ticks"), 1 + 20);
  assert_int_equal(fact(h, "pace"), 5); // as the setting says
  hand_quit(h);
  drop_hand(h);
}

static void a_wish_for_a_control_comes_back_in_bounds(void **state) {
  (void)state;
  hand *h = new_hand();
  const hand_order o = {.path = steady, .mode = "live", .seed = 5, .first_seq = 1};
  hand_begin(h, &o);
  assert_int_equal(hand_wait(h, FROM_PLAYER_CAUGHT_UP), OK);
  for (int i = 0; i < 3; i++) assert_int_equal(hand_wait(h, FROM_PLAYER_CONTROL), OK);
  const gesto_event twice = {.type = GESTO_ACTION, .as.control = {.id = 2}};
  hand_put(h, &twice, 1000);
  assert_int_equal(hand_wait(h, FROM_PLAYER_CONTROL), OK);
  assert_int_equal(h->in.a, 1);
  assert_true(h->in.value == 10);
  hand_put(h, &twice, 2000);
  assert_int_equal(hand_wait(h, FROM_PLAYER_CONTROL), OK);
  assert_true(h->in.value == 16);
  hand_quit(h);
  drop_hand(h);
}

static void a_pause_stands_still(void **state) {
  (void)state;
  hand *h = new_hand();
  const hand_order o = {.path = steady, .mode = "timed", .seed = 5, .first_seq = 1};
  hand_begin(h, &o);
  hand_press(h, 50, 60, 100000);
  const gesto_event pause = {.type = GESTO_PAUSE}, resume = {.type = GESTO_RESUME};
  hand_put(h, &pause, 150000);
  uint64_t last = hand_put(h, NULL, 150000);
  assert_true(hand_delivered(h, last));
  uint64_t blocks = atomic_load(&h->page->sound_block);
  assert_int_equal(atomic_load(&h->page->wants_ticks), 0);
  hand_put(h, &resume, 150000);
  last = hand_put(h, NULL, 200000);
  assert_true(hand_delivered(h, last));
  assert_int_equal(atomic_load(&h->page->wants_ticks), 1);
  assert_true(atomic_load(&h->page->sound_block) > blocks);
  hand_quit(h);
  drop_hand(h);
}

static void a_timed_performance_replays_to_the_same_works(void **state) {
  (void)state;
  hand *h = new_hand();
  const hand_order o = {.path = steady, .mode = "timed", .seed = 5, .first_seq = 1};
  hand_begin(h, &o);
  press_a_while(h, 100000, 200);
  assert_true(hand_delivered(h, hand_put(h, NULL, 6000000)));
  hand_works(h);
  hand_quit(h);
  assert_true(h->report_count > 0);
  assert_int_equal(fact(h, "heard"), 200);
  hand *r = replayed(h, 0);
  assert_same_works(h, r);
  drop_hand(h);
  drop_hand(r);
}

// Two blocks more than there were: the second began after whatever came before this.
static void ask_and_hear(hand *h) {
  const uint64_t until = clock_now_us() + (uint64_t)HAND_WAIT_MS * 1000;
  const uint64_t before = atomic_load(&h->page->sound_block);
  atomic_fetch_add(&h->wave->asked, 2);
  futex_wake(&h->wave->asked);
  while (atomic_load(&h->page->sound_block) < before + 2 && clock_now_us() < until)
    clock_sleep_us(200);
  assert_true(atomic_load(&h->page->sound_block) >= before + 2);
}

// Plays as a sound card would, only faster, while the hand presses. Now and then it waits: a
// block emits 64 events at most, and more than those never stand before one.
static void play_live(hand *h, int presses) {
  for (int i = 1; i <= presses; i++) {
    hand_press(h, (float)(40 + i % 200), 50, (uint64_t)i * 5000);
    atomic_fetch_add(&h->wave->asked, 4);
    futex_wake(&h->wave->asked);
    clock_sleep_us(700);
    hand_take_reports(h);
    if (i % 30 > 0) continue;
    assert_true(hand_delivered(h, hand_put(h, NULL, (uint64_t)i * 5000)));
    ask_and_hear(h);
  }
  assert_true(hand_delivered(h, hand_put(h, NULL, (uint64_t)(presses + 1) * 5000)));
}

static void live_sound_replays_to_the_same_samples(void **state) {
  (void)state;
  hand *h = new_hand();
  const hand_order o = {
    .path = steady, .mode = "live", .seed = 5, .first_seq = 1, .wave = true};
  hand_begin(h, &o);
  assert_int_equal(hand_wait(h, FROM_PLAYER_CAUGHT_UP), OK);
  play_live(h, 300);
  hand_works(h);
  hand_quit(h);
  assert_true(atomic_load(&h->wave->done) > 0);
  assert_int_equal(h->work_count, 4);
  assert_int_equal(fact(h, "heard"), 300);
  hand *r = replayed(h, 0);
  assert_same_works(h, r);
  drop_hand(h);
  drop_hand(r);
}

static void pictures_show_what_changed_and_wait_to_be_taken(void **state) {
  (void)state;
  hand *h = new_hand();
  const hand_order o = {
    .path = steady, .mode = "live", .seed = 5, .first_seq = 1, .frame = true};
  hand_begin(h, &o);
  uint64_t until = clock_now_us() + 5000000;
  while (atomic_load(&h->page->commit) < 1 && clock_now_us() < until) clock_sleep_us(500);
  assert_int_equal(atomic_load(&h->page->commit), 1);
  assert_int_equal(h->page->rects[0].w, STAGE_W);
  uint64_t seq = 0;
  hand_press(h, 100, 100, 1000);
  seq = hand_put(h, NULL, 2000);
  assert_true(hand_delivered(h, seq));
  clock_sleep_us(20000);
  assert_int_equal(atomic_load(&h->page->commit), 1); // the first was not taken yet
  atomic_store(&h->page->shown, 1);
  ring_ring(&h->ring);
  while (atomic_load(&h->page->commit) < 2 && clock_now_us() < until) clock_sleep_us(500);
  assert_int_equal(atomic_load(&h->page->commit), 2);
  assert_int_equal(atomic_load(&h->page->rect_count), 1);
  assert_int_equal(h->page->rects[0].x, 80);
  assert_int_equal(h->page->rects[0].w, 40);
  assert_true(atomic_load(&h->page->commit_seq) >= 1);
  const uint32_t *pixels =
    (const uint32_t *)(void *)((char *)h->frame_map.bytes + FRAME_HEAD);
  assert_int_equal(pixels[100 * STAGE_W + 100] & 0xffffff, 0xff0000);
  assert_int_equal(pixels[10 * STAGE_W + 10] & 0xffffff, 0xfffdf8);
  hand_quit(h);
  drop_hand(h);
}

static void *saved_state(hand *h, bool with_history, size_t *size, uint64_t *seq) {
  int fd = -1;
  assert_int_equal(memory_create("state", 16 << 20, &fd), OK);
  link_message *m = hand_blank(h, TO_PLAYER_SAVE, 9);
  m->b = with_history;
  m->big = 16 << 20;
  m->fds[m->fd_count++] = fd;
  hand_say(h);
  // Sound is marked at a slot.
  for (int i = 0; i < 3; i++) {
    clock_sleep_us(20000);
    hand_put(h, NULL, h->slots[h->slot_count - 1].as.event.time + 1000);
  }
  assert_int_equal(hand_wait(h, FROM_PLAYER_SAVED), OK);
  assert_int_equal(h->in.b, 0);
  assert_int_equal(memory_seal(fd), OK);
  *size = h->in.big;
  *seq = (uint64_t)h->in.value;
  void *bytes = malloc(*size);
  size_t got = 0;
  assert_int_equal(io_read_full_at(fd, bytes, *size, 0, &got), OK);
  io_close(fd);
  return bytes;
}

// Saved at a slot, brought back from there in another process, played on: the same as a replay
// of everything that goes through the same way back.
static void a_way_back_from_a_state_replays_equal(void **state) {
  (void)state;
  hand *h = new_hand();
  hand_order o = {
    .path = steady, .mode = "live", .seed = 5, .first_seq = 1, .wave = true};
  hand_begin(h, &o);
  assert_int_equal(hand_wait(h, FROM_PLAYER_CAUGHT_UP), OK);
  play_live(h, 60);
  size_t size = 0;
  uint64_t at = 0;
  void *bytes = saved_state(h, true, &size, &at);
  assert_true(at > 60);
  kill(h->pid, SIGKILL);
  hand_end(h);
  hand_take_reports(h);

  hand *b = new_hand();
  o = (hand_order){.path = steady,
    .mode = "timed",
    .seed = 5,
    .state = bytes,
    .state_size = size,
    .version = "1.0",
    .tapes_fd = h->tapes_fd,
    .first_seq = h->slot_count + UINT64_C(1)};
  o.feed_fd = make_feed(h, at, 0, &o.feed_count);
  hand_begin(b, &o);
  assert_int_equal(hand_wait(b, FROM_PLAYER_CAUGHT_UP), OK);
  // The ring of the second is a new one: bring its numbers to where the first one's were.
  uint32_t before = h->slot_count;
  for (uint32_t i = 0; i < before; i++) hand_put(b, NULL, 0);
  b->slot_count = 0;
  uint64_t now = h->slots[before - 1].as.event.time;
  press_a_while(b, now + 20000, 40);
  assert_true(hand_delivered(b, hand_put(b, NULL, now + 2000000)));
  hand_works(b);
  hand_quit(b);
  for (uint32_t i = 0; i < b->slot_count; i++) h->slots[h->slot_count++] = b->slots[i];
  for (uint32_t i = 0; i < b->report_count; i++)
    h->reports[h->report_count++] = b->reports[i];

  hand *r = replayed(h, at);
  assert_same_works(b, r);
  io_close(o.feed_fd);
  free(bytes);
  drop_hand(h);
  drop_hand(b);
  drop_hand(r);
}

// In another process, from nothing but the state, with slots that count from 0 again.
static hand *copied(const void *bytes, size_t size, const hand *feed) {
  hand *c = new_hand();
  hand_order o = {.path = steady,
    .mode = feed ? "replay" : "timed",
    .seed = 6,
    .first_seq = 1,
    .state = bytes,
    .state_size = size,
    .version = "1.0",
    .anew = true};
  if (feed) o.feed_fd = make_feed(feed, 0, 0, &o.feed_count);
  hand_begin(c, &o);
  assert_int_equal(hand_wait(c, FROM_PLAYER_CAUGHT_UP), OK);
  if (feed) io_close(o.feed_fd);
  return c;
}

// A state without history, saved in Pause: another creation carries on with it.
static void a_copy_goes_on_and_replays_equal(void **state) {
  (void)state;
  hand *h = new_hand();
  const hand_order o = {.path = steady, .mode = "timed", .seed = 5, .first_seq = 1};
  hand_begin(h, &o);
  press_a_while(h, 100000, 50);
  const gesto_event pause = {.type = GESTO_PAUSE};
  assert_true(hand_delivered(h, hand_put(h, &pause, 3000000)));
  hand_works(h);
  size_t size = 0;
  uint64_t at = 0;
  void *bytes = saved_state(h, false, &size, &at);
  const long heard = fact(h, "heard");
  const long ticks = fact(h, "ticks");
  hand_quit(h);

  hand *c = copied(bytes, size, NULL);
  press_a_while(c, 20000, 40);
  assert_true(hand_delivered(c, hand_put(c, NULL, 2000000)));
  assert_int_equal(atomic_load(&c->page->wants_ticks), 0); // it rests, and is not paused
  hand_works(c);
  hand_quit(c);
  assert_int_equal(fact(c, "heard"), heard + 40);
  assert_true(fact(c, "ticks") > ticks);
  assert_true(c->works[2].size > h->works[2].size / 2); // the tape came along

  hand *r = copied(bytes, size, c);
  hand_works(r);
  hand_quit(r);
  assert_same_works(c, r);
  free(bytes);
  drop_hand(h);
  drop_hand(c);
  drop_hand(r);
}

static void a_torn_state_is_refused_in_a_sentence(void **state) {
  (void)state;
  hand *h = new_hand();
  const hand_order o = {.path = steady,
    .mode = "live",
    .seed = 5,
    .first_seq = 1,
    .state = "GESTOST1 and then nothing of use",
    .state_size = 32,
    .version = "1.0"};
  hand_start(h);
  assert_int_equal(hand_wait(h, FROM_PLAYER_READY), OK);
  hand_order_exercise(h, &o);
  assert_int_equal(hand_wait(h, FROM_PLAYER_REFUSED), OK);
  assert_non_null(strstr(h->last_text, "Steady"));
  int status = hand_end(h);
  assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 1);
  drop_hand(h);
}

static void slots_of_other_creations_are_passed_over(void **state) {
  (void)state;
  hand *h = new_hand();
  const hand_order o = {.path = steady, .mode = "timed", .seed = 5, .first_seq = 1};
  hand_begin(h, &o);
  ring_slot other = {.kind = SLOT_EVENT,
    .creation = 2,
    .as.event = {.type = GESTO_POINTER_DOWN, .time = 99000000}};
  assert_int_equal(ring_put(&h->ring, &other), OK);
  assert_true(hand_delivered(h, hand_put(h, NULL, 1000)));
  hand_works(h);
  assert_int_equal(fact(h, "events"), 4);
  hand_quit(h);
  drop_hand(h);
}

static void a_player_that_missed_slots_ends(void **state) {
  (void)state;
  hand *h = new_hand();
  const hand_order o = {.path = steady, .mode = "live", .seed = 5, .first_seq = 1};
  hand_begin(h, &o);
  assert_true(hand_delivered(h, hand_put(h, NULL, 1000)));
  kill(h->pid, SIGSTOP);
  int status = 0;
  waitpid(h->pid, &status, WUNTRACED);
  for (uint32_t i = 0; i < h->ring.slot_count * 2; i++) {
    ring_slot slot = {.kind = SLOT_ADVANCE, .creation = 1, .as.event.time = 2000};
    atomic_store(&h->ring.head->released, ring_written(&h->ring));
    assert_int_equal(ring_put(&h->ring, &slot), OK);
  }
  ring_ring(&h->ring);
  kill(h->pid, SIGCONT);
  status = hand_end(h);
  assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 1);
  assert_int_not_equal(h->in.kind, FROM_PLAYER_FAREWELL);
  drop_hand(h);
}

// ---- Places to reach without a pointer ----------------------------------------------------

static void set_mood(hand *h, double value, uint64_t time_us) {
  const gesto_event e = {
    .type = GESTO_CONTROL_SET, .as.control = {.value = value, .id = 3}};
  hand_put(h, &e, time_us);
}

static void spots_are_told_as_they_change(void **state) {
  (void)state;
  hand *h = new_hand();
  const hand_order o = {.path = steady, .mode = "live", .seed = 5, .first_seq = 1};
  hand_begin(h, &o);
  assert_int_equal(hand_wait(h, FROM_PLAYER_SPOTS), OK);
  assert_non_null(strstr(h->last_text, "\"id\":7"));
  assert_non_null(strstr(h->last_text, "\"name\":\"Mood 0\""));
  const char *nameless = strstr(h->last_text, "aaaa");
  assert_non_null(nameless);
  assert_int_equal(strspn(nameless, "a"), 234); // not half a letter, not beyond its end
  set_mood(h, 1, 1000);
  assert_int_equal(hand_wait(h, FROM_PLAYER_SPOTS), OK);
  assert_non_null(strstr(h->last_text, "\"name\":\"Mood 1\""));
  hand_press(h, 300, 20, 2000); // a place without a size is left out
  assert_int_equal(hand_wait(h, FROM_PLAYER_SPOTS), OK);
  assert_null(strstr(h->last_text, "\"id\":9"));
  hand_press(h, 20, 160, 3000); // more are claimed than there can be
  assert_int_equal(hand_wait(h, FROM_PLAYER_SPOTS), OK);
  assert_non_null(strstr(h->last_text, "\"x\":20.0,\"y\":160.0"));
  hand_quit(h);
  drop_hand(h);
}

static uint32_t spots_told_until_farewell(hand *h) {
  uint32_t told = 0;
  hand_blank(h, TO_PLAYER_QUIT, 0);
  hand_say(h);
  for (;;) {
    const result r = link_receive(h->link, &h->in, HAND_WAIT_MS);
    assert_int_equal(r, OK);
    told += h->in.kind == FROM_PLAYER_SPOTS;
    if (h->in.kind == FROM_PLAYER_FAREWELL) break;
  }
  waitpid(h->pid, NULL, 0);
  return told;
}

static void spots_that_are_as_they_were_are_not_told(void **state) {
  (void)state;
  hand *h = new_hand();
  const hand_order o = {.path = steady, .mode = "live", .seed = 5, .first_seq = 1};
  hand_begin(h, &o);
  assert_int_equal(hand_wait(h, FROM_PLAYER_SPOTS), OK);
  uint64_t last = 0;
  for (uint64_t i = 1; i <= 30; i++) {
    last = hand_put(h, NULL, i * 16667);
    assert_true(hand_delivered(h, last));
    clock_sleep_us(10000);
  }
  assert_int_equal(spots_told_until_farewell(h), 0);
  drop_hand(h);
}

static void a_script_is_told_of_no_spots(void **state) {
  (void)state;
  hand *h = new_hand();
  const hand_order o = {.path = steady, .mode = "timed", .seed = 5, .first_seq = 1};
  hand_begin(h, &o);
  set_mood(h, 1, 1000);
  assert_true(hand_delivered(h, 1));
  clock_sleep_us(150000);
  assert_int_equal(spots_told_until_farewell(h), 0);
  drop_hand(h);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(events_ticks_and_controls_arrive_as_promised),
    cmocka_unit_test(a_wish_for_a_control_comes_back_in_bounds),
    cmocka_unit_test(a_pause_stands_still),
    cmocka_unit_test(a_timed_performance_replays_to_the_same_works),
    cmocka_unit_test(live_sound_replays_to_the_same_samples),
    cmocka_unit_test(pictures_show_what_changed_and_wait_to_be_taken),
    cmocka_unit_test(a_way_back_from_a_state_replays_equal),
    cmocka_unit_test(a_copy_goes_on_and_replays_equal),
    cmocka_unit_test(a_torn_state_is_refused_in_a_sentence),
    cmocka_unit_test(slots_of_other_creations_are_passed_over),
    cmocka_unit_test(a_player_that_missed_slots_ends),
    cmocka_unit_test(spots_are_told_as_they_change),
    cmocka_unit_test(spots_that_are_as_they_were_are_not_told),
    cmocka_unit_test(a_script_is_told_of_no_spots),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
