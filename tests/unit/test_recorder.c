// SPDX-License-Identifier: GPL-3.0-or-later
// needs: keeper
// threads
// The recorder: every slot of the ring reaches the journal of its creation once, whatever
// call fails, and whoever takes up where another recorder ended loses none.
#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/keeper/feed.h"
#include "core/keeper/recorder.h"
#include "core/keeper/ring_file.h"
#include "core/keeper/story.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const uint8_t session[16] = "sixteen letters";
static const uint8_t room[8] = "a room";
static const char begin_json[] =
  "{\"exercise\":\"org.gesto.draw\",\"version\":\"1\",\"seed\":1,\"stage\":[100,100,1],"
  "\"look\":{\"flags\":0,\"text_scale\":1},\"settings\":{},\"mode\":\"live\","
  "\"creation\":1,"
  "\"first_seq\":1}";

typedef struct scene {
  char folder[32];
  int parent, dirs[2];
  ring input;
  int ring_fd;
  recorder *recorder;
  uint32_t trouble;
  uint32_t told;
} scene;

static void hear_trouble(void *data, uint32_t saving, const char *sentence) {
  scene *s = data;
  s->trouble = saving;
  s->told++;
  assert_true((saving == RING_SAVED) == (sentence[0] == 0));
}

static void start_recorder(scene *s) {
  const recorder_setup setup = {.input = &s->input,
    .session = session,
    .writer = room,
    .data = s,
    .trouble = hear_trouble};
  assert_int_equal(recorder_create(&s->recorder, &setup), OK);
}

static void set_scene(scene *s, uint32_t slots) {
  *s = (scene){.folder = "/tmp/gesto-recorder-XXXXXX"};
  assert_non_null(mkdtemp(s->folder));
  assert_int_equal(io_open_dir(AT_FDCWD, s->folder, &s->parent), OK);
  static const char *const names[2] = {"one", "two"};
  for (int i = 0; i < 2; i++) {
    assert_int_equal(io_make_dir(s->parent, names[i], 0700), OK);
    assert_int_equal(io_open_dir(s->parent, names[i], &s->dirs[i]), OK);
  }
  size_t bytes = sizeof(ring_head) + slots * sizeof(ring_slot);
  assert_int_equal(memory_create("ring", bytes, &s->ring_fd), OK);
  assert_int_equal(ring_init(&s->input, s->ring_fd, bytes, session), OK);
  start_recorder(s);
}

static void strike_scene(scene *s) {
  recorder_destroy(s->recorder);
  ring_finish(&s->input);
  io_close(s->ring_fd);
  io_close(s->dirs[0]);
  io_close(s->dirs[1]);
  io_close(s->parent);
  assert_int_equal(io_remove_tree(AT_FDCWD, s->folder), OK);
}

static void begin(scene *s, uint32_t creation) {
  assert_int_equal(
    recorder_begin(s->recorder, creation, s->dirs[creation - 1], begin_json), OK);
}

// A gesture sample at 1000 Hz.
static result put_one(scene *s, uint32_t creation, uint64_t n) {
  ring_slot slot = {.kind = SLOT_EVENT, .creation = creation};
  slot.as.event.time = n * 1000;
  slot.as.event.type = n % 50 == 1 ? GESTO_POINTER_DOWN
    : n % 50 == 0                  ? GESTO_POINTER_UP
                                   : GESTO_POINTER_MOVE;
  slot.as.event.source = 1;
  slot.as.event.as.pointer.x = (float)(n % 1000) / 16;
  slot.as.event.as.pointer.pressure = 0.5f;
  return ring_put(&s->input, &slot);
}

static void put_many(scene *s, uint32_t creation, uint64_t from, uint64_t to) {
  for (uint64_t n = from; n <= to; n++) assert_int_equal(put_one(s, creation, n), OK);
}

typedef struct counted {
  uint64_t count, last_seq, last_time;
} counted;

static result count_slot(void *data, const ring_slot *slot) {
  counted *c = data;
  assert_true(slot->seq > c->last_seq);
  assert_int_equal(slot->as.event.time, (c->count + 1) * 1000);
  c->count++;
  c->last_seq = slot->seq;
  c->last_time = slot->as.event.time;
  return OK;
}

// Each slot once, in order, with the time it was written with.
static void expect_story(scene *s, uint32_t creation, uint64_t slots) {
  story told;
  counted c = {0};
  assert_int_equal(story_open(&told, s->dirs[creation - 1]), OK);
  assert_int_equal(story_each(&told, count_slot, &c), OK);
  story_finish(&told);
  assert_int_equal(c.count, slots);
}

static void slots_reach_the_journal_of_their_creation(void **unused) {
  (void)unused;
  scene s;
  set_scene(&s, 4096);
  begin(&s, 1);
  begin(&s, 2);
  put_many(&s, 1, 1, 700);
  put_many(&s, 2, 1, 300);
  recorder_turn(s.recorder);
  assert_int_equal(recorder_taken(s.recorder), 1000);
  assert_int_equal(recorder_flush(s.recorder), OK);
  assert_int_equal(atomic_load(&s.input.head->durable), 1000);
  assert_int_equal(atomic_load(&s.input.head->released), 1000);
  assert_int_equal(recorder_last_seq(s.recorder, 1), 700);
  assert_int_equal(recorder_last_seq(s.recorder, 2), 1000);
  expect_story(&s, 1, 700);
  expect_story(&s, 2, 300);
  assert_int_equal(s.told, 0);
  strike_scene(&s);
}

static void what_a_player_still_needs_is_not_released(void **unused) {
  (void)unused;
  scene s;
  set_scene(&s, 64);
  begin(&s, 1);
  recorder_hold(s.recorder, 10);
  put_many(&s, 1, 1, 64);
  assert_int_equal(put_one(&s, 1, 65), NO_SPACE);
  assert_int_equal(recorder_flush(s.recorder), OK);
  assert_int_equal(atomic_load(&s.input.head->durable), 64);
  assert_int_equal(atomic_load(&s.input.head->released), 10);
  put_many(&s, 1, 65, 74);
  assert_int_equal(put_one(&s, 1, 75), NO_SPACE);
  recorder_hold(s.recorder, UINT64_MAX);
  assert_int_equal(recorder_flush(s.recorder), OK);
  assert_int_equal(atomic_load(&s.input.head->released), 74);
  expect_story(&s, 1, 74);
  strike_scene(&s);
}

static void slots_of_nobody_hold_nothing_up(void **unused) {
  (void)unused;
  scene s;
  set_scene(&s, 256);
  begin(&s, 1);
  put_many(&s, 9, 1, 100);
  put_many(&s, 1, 1, 100);
  assert_int_equal(recorder_flush(s.recorder), OK);
  assert_int_equal(atomic_load(&s.input.head->released), 200);
  expect_story(&s, 1, 100);
  strike_scene(&s);
}

static void contacts_that_are_down_are_known(void **unused) {
  (void)unused;
  scene s;
  set_scene(&s, 256);
  begin(&s, 1);
  put_many(&s, 1, 1, 49);
  recorder_turn(s.recorder);
  const contacts *now = recorder_contacts(s.recorder, 1);
  assert_int_equal(now->count, 1);
  gesto_event end = contacts_ending(now, 0);
  assert_int_equal(end.type, GESTO_POINTER_UP);
  assert_int_equal(end.time, 49000);
  put_many(&s, 1, 50, 50);
  recorder_turn(s.recorder);
  assert_int_equal(now->count, 0);
  strike_scene(&s);
}

// The Nth file call of a recording fails, for each N: a new file takes over, none is lost.
static void play_with_failure(uint64_t nth, int error) {
  scene s;
  set_scene(&s, 4096);
  begin(&s, 1);
  put_many(&s, 1, 1, 100);
  io_fail_at(nth, error);
  result first = recorder_flush(s.recorder);
  assert_true(first == OK || first == FAILED || first == NO_SPACE);
  put_many(&s, 1, 101, 200);
  recorder_turn(s.recorder);
  bool met = io_calls() >= nth;
  io_fail_at(0, 0);
  assert_int_equal(recorder_flush(s.recorder), OK);
  assert_int_equal(atomic_load(&s.input.head->released), 200);
  assert_int_equal(atomic_load(&s.input.head->saving), RING_SAVED);
  if (met) {
    assert_int_equal(s.trouble, RING_SAVED);
    assert_int_equal(s.told, 2);
    assert_int_equal(faccessat(s.dirs[0], "process-2.journal", F_OK, 0), 0);
  }
  expect_story(&s, 1, 200);
  strike_scene(&s);
}

static void no_failing_call_loses_a_slot(void **unused) {
  (void)unused;
  for (uint64_t nth = 1; nth <= 12; nth++) {
    play_with_failure(nth, EIO);
    play_with_failure(nth, ENOSPC);
  }
}

static void a_full_disk_is_said_and_got_over(void **unused) {
  (void)unused;
  scene s;
  set_scene(&s, 4096);
  begin(&s, 1);
  put_many(&s, 1, 1, 10);
  io_fail_at(1, ENOSPC);
  recorder_turn(s.recorder);
  io_fail_at(0, 0);
  assert_int_equal(atomic_load(&s.input.head->saving), RING_DISK_FULL);
  assert_int_equal(s.trouble, RING_DISK_FULL);
  assert_int_equal(atomic_load(&s.input.head->released), 0);
  assert_int_equal(recorder_flush(s.recorder), OK);
  assert_int_equal(atomic_load(&s.input.head->saving), RING_SAVED);
  expect_story(&s, 1, 10);
  strike_scene(&s);
}

static void another_recorder_goes_on_where_one_ended(void **unused) {
  (void)unused;
  scene s;
  set_scene(&s, 4096);
  begin(&s, 1);
  put_many(&s, 1, 1, 500);
  recorder_turn(s.recorder); // in the journal, hardly on disk
  put_many(&s, 1, 501, 777);
  recorder_destroy(s.recorder); // and these in the ring alone
  start_recorder(&s);
  assert_int_equal(recorder_resume(s.recorder, 1, s.dirs[0]), OK);
  assert_int_equal(recorder_last_seq(s.recorder, 1), 500);
  assert_string_equal(recorder_begin_json(s.recorder, 1), begin_json);
  put_many(&s, 1, 778, 800);
  assert_int_equal(recorder_flush(s.recorder), OK);
  assert_int_equal(recorder_last_seq(s.recorder, 1), 800);
  expect_story(&s, 1, 800);
  strike_scene(&s);
}

// After a power cut, or once what was in it is safe, the ring is gone: a new one begins where
// the journals end, so that what comes next is not taken for what was seen.
static void a_new_ring_goes_on_where_the_journals_end(void **unused) {
  (void)unused;
  scene s;
  set_scene(&s, 256);
  begin(&s, 1);
  begin(&s, 2);
  put_many(&s, 1, 1, 120);
  put_many(&s, 2, 1, 80);
  assert_int_equal(recorder_flush(s.recorder), OK);
  recorder_destroy(s.recorder);
  const uint32_t count = s.input.slot_count;
  const size_t bytes = sizeof(ring_head) + count * sizeof(ring_slot);
  ring_finish(&s.input);
  assert_int_equal(ring_init(&s.input, s.ring_fd, bytes, session), OK);
  start_recorder(&s);
  assert_int_equal(recorder_resume(s.recorder, 1, s.dirs[0]), OK);
  assert_int_equal(recorder_resume(s.recorder, 2, s.dirs[1]), OK);
  recorder_start_ring(s.recorder);
  assert_int_equal(recorder_taken(s.recorder), 200);
  assert_int_equal(recorder_durable(s.recorder), 200);
  for (uint64_t n = 121; n <= 120 + 3 * count; n++) { // round it, too
    while (put_one(&s, 1, n) != OK) assert_int_equal(recorder_flush(s.recorder), OK);
  }
  assert_int_equal(recorder_flush(s.recorder), OK);
  assert_int_equal(recorder_last_seq(s.recorder, 1), 200 + 3 * count);
  expect_story(&s, 1, 120 + 3 * count);
  expect_story(&s, 2, 80);
  strike_scene(&s);
}

static void tear(scene *s, off_t bytes) {
  int fd = openat(s->dirs[0], "process.journal", O_RDWR);
  assert_true(fd >= 0);
  off_t size = lseek(fd, 0, SEEK_END);
  assert_int_equal(ftruncate(fd, size - bytes), 0);
  close(fd);
}

static void a_torn_tail_is_filled_from_the_ring(void **unused) {
  (void)unused;
  // The last 40 bytes are a TIME frame; before it lie the batches.
  for (off_t bytes = 41; bytes < 400; bytes += 37) {
    scene s;
    set_scene(&s, 4096);
    begin(&s, 1);
    put_many(&s, 1, 1, 500);
    recorder_turn(s.recorder);
    recorder_destroy(s.recorder);
    tear(&s, bytes);
    start_recorder(&s);
    assert_int_equal(recorder_resume(s.recorder, 1, s.dirs[0]), OK);
    assert_true(recorder_last_seq(s.recorder, 1) < 500);
    assert_int_equal(recorder_flush(s.recorder), OK);
    expect_story(&s, 1, 500);
    strike_scene(&s);
  }
}

static void the_bell_wakes_a_sleeper(void **unused) {
  (void)unused;
  scene s;
  set_scene(&s, 256);
  begin(&s, 1);
  assert_int_equal(recorder_flush(s.recorder), OK);
  clock_sleep_us(250 * 1000);
  recorder_turn(s.recorder);
  wake_set w;
  wake_init(&w);
  recorder_wake(s.recorder, &w);
  assert_true(w.until_us == UINT64_MAX); // nothing to do: it would sleep for ever
  assert_int_equal(put_one(&s, 1, 1), OK);
  ring_ring(&s.input);
  wake_by(&w, clock_now_us() + 10 * 1000 * 1000);
  uint64_t before = clock_now_us();
  wake_wait(&w);
  assert_true(clock_now_us() - before < 9 * 1000 * 1000);
  recorder_turn(s.recorder);
  assert_int_equal(recorder_taken(s.recorder), 1);
  strike_scene(&s);
}

static void a_lying_ring_does_not_send_it_round(void **unused) {
  (void)unused;
  scene s;
  set_scene(&s, 64);
  begin(&s, 1);
  put_many(&s, 1, 1, 20);
  atomic_store(&s.input.head->written, UINT64_MAX / 2);
  recorder_turn(s.recorder);
  assert_true(recorder_taken(s.recorder) <= 64);
  strike_scene(&s);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(slots_reach_the_journal_of_their_creation),
    cmocka_unit_test(what_a_player_still_needs_is_not_released),
    cmocka_unit_test(slots_of_nobody_hold_nothing_up),
    cmocka_unit_test(contacts_that_are_down_are_known),
    cmocka_unit_test(no_failing_call_loses_a_slot),
    cmocka_unit_test(a_full_disk_is_said_and_got_over),
    cmocka_unit_test(another_recorder_goes_on_where_one_ended),
    cmocka_unit_test(a_new_ring_goes_on_where_the_journals_end),
    cmocka_unit_test(a_torn_tail_is_filled_from_the_ring),
    cmocka_unit_test(the_bell_wakes_a_sleeper),
    cmocka_unit_test(a_lying_ring_does_not_send_it_round),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
