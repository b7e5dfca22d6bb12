// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base studio media player
// The sound of tapes inside a state without history: what was named comes back, and nothing
// else; bytes that are not as they should be are refused.
#include "core/player/saved_sound.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { FRAMES = 64 * 600 }; // more than one chunk

static float sample_at(uint64_t i) { return (float)((int)(i * 37 % 2001) - 1000) / 1024; }

static void make(tapes *t) {
  *t = (tapes){0};
  assert_int_equal(tape_room_create(&t->room), OK);
}

static void drop(tapes *t) {
  tapes_finish(t);
  tape_room_destroy(t->room);
}

static uint32_t record(tapes *t, uint64_t frames) {
  const uint32_t number = tapes_open(t, 64 * 1000);
  float left[64];
  float right[64];
  const float *const in[2] = {left, right};
  for (uint64_t at = 0; at < frames; at += 64) {
    for (uint64_t i = 0; i < 64; i++) {
      left[i] = sample_at(at + i);
      right[i] = -left[i];
    }
    assert_true(tapes_write_rt(t, number, at, at / 64, in));
  }
  tapes_settle(t);
  return number;
}

static void assert_holds(tapes *t, uint32_t number, uint64_t frames) {
  float left[64];
  float right[64];
  float *const out[2] = {left, right};
  for (uint64_t at = 0; at < frames; at += 64) {
    assert_true(tapes_read_rt(t, number, at, out));
    for (uint64_t i = 0; i < 64; i++) {
      assert_true(left[i] == sample_at(at + i));
      assert_true(right[i] == -left[i]);
    }
  }
}

static void what_was_named_comes_back(void **state) {
  tapes t;
  tapes other;
  blob bytes = {0};
  saved_sounds s = {0};
  (void)state;
  make(&t);
  const uint32_t unwanted = record(&t, 64);
  const uint32_t wanted = record(&t, FRAMES);
  const uint32_t empty = tapes_open(&t, 640);
  assert_int_equal(saved_sounds_add(&s, &t, wanted), GESTO_OK);
  assert_int_equal(saved_sounds_add(&s, &t, wanted), GESTO_OK); // once
  assert_int_equal(saved_sounds_add(&s, &t, empty), GESTO_OK);
  assert_int_equal(saved_sounds_add(&s, &t, 99), GESTO_BAD_DATA);
  assert_int_equal(s.count, 2);
  tapes_drop(&t, wanted, 1); // it is held
  assert_int_equal(saved_sounds_write(&s, &bytes), GESTO_OK);
  saved_sounds_let_go(&s);
  drop(&t);
  make(&other);
  cursor from = {.at = bytes.at, .left = bytes.size};
  assert_int_equal(saved_sounds_read(&other, &from), OK);
  assert_int_equal(from.left, 0);
  assert_holds(&other, wanted, FRAMES);
  float left[64];
  float right[64];
  float *const out[2] = {left, right};
  assert_false(tapes_read_rt(&other, unwanted, 0, out));
  const float *const in[2] = {left, right};
  assert_false(tapes_write_rt(&other, wanted, 0, 0, in)); // it is closed
  uint64_t frames = 0;
  tape_sound *held = tapes_hold(&other, empty, &frames);
  assert_non_null(held);
  assert_int_equal(frames, 0);
  tape_sound_let_go(held);
  assert_true(tapes_open(&other, 64) > empty); // no number is used twice
  blob_finish(&bytes);
  drop(&other);
}

static void more_than_there_is_room_for_is_said(void **state) {
  tapes t;
  saved_sounds s = {0};
  (void)state;
  make(&t);
  for (int i = 0; i < SAVED_SOUNDS; i++)
    assert_int_equal(saved_sounds_add(&s, &t, tapes_open(&t, 64)), GESTO_OK);
  assert_int_equal(saved_sounds_add(&s, &t, tapes_open(&t, 64)), GESTO_NO_SPACE);
  saved_sounds_let_go(&s);
  drop(&t);
}

static result read_all(const uint8_t *bytes, size_t size) {
  tapes t;
  make(&t);
  cursor from = {.at = bytes, .left = size};
  const result r = saved_sounds_read(&t, &from);
  drop(&t);
  return r;
}

static void what_is_damaged_is_refused(void **state) {
  tapes t;
  blob bytes = {0};
  saved_sounds s = {0};
  (void)state;
  make(&t);
  assert_int_equal(saved_sounds_add(&s, &t, record(&t, 640)), GESTO_OK);
  assert_int_equal(saved_sounds_write(&s, &bytes), GESTO_OK);
  saved_sounds_let_go(&s);
  drop(&t);
  assert_int_equal(read_all(bytes.at, bytes.size), OK);
  for (size_t size = 0; size < bytes.size; size += 7)
    assert_int_not_equal(read_all(bytes.at, size), OK);
  for (size_t i = 0; i < 24; i++) { // count, number, room, frames
    bytes.at[i] ^= 0x80;
    (void)!read_all(bytes.at, bytes.size); // whatever it says, nothing is overrun
    bytes.at[i] ^= 0x80;
  }
  blob_finish(&bytes);
  tapes without = {0};
  const uint8_t one[4] = {1};
  cursor from = {.at = one, .left = sizeof one};
  assert_int_equal(saved_sounds_read(&without, &from), BAD_DATA);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(what_was_named_comes_back),
    cmocka_unit_test(more_than_there_is_room_for_is_said),
    cmocka_unit_test(what_is_damaged_is_refused)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
