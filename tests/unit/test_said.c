// SPDX-License-Identifier: GPL-3.0-or-later
// needs: keeper
// Words of an exercise on their way to caption and voice: not more than four a second, and the
// last of them always.
#include "core/base/clock.h"
#include "core/keeper/speech.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

enum { LATE_IN_SECOND_US = 995000 };

typedef struct room {
  speech s; // without a voice: captions alone
  sound_page page;
  char plain[SAY_BYTES + 1];
  uint64_t show_ms;
  uint32_t creation;
} room;

static int set_up(void **state) {
  static room r;
  r = (room){.s = {.page = &r.page, .pace = 1}};
  *state = &r;
  return 0;
}

static int tear_down(void **state) {
  speech_finish(&((room *)*state)->s);
  return 0;
}

static bool said(room *r, uint64_t time_us, const char *words) {
  const speech_said one = {.creation = 3, .time_us = time_us, .words = words};
  return speech_say(&r->s, &one, r->plain, &r->show_ms);
}

static bool said_late(room *r) {
  return speech_say_late(&r->s, &r->creation, r->plain, &r->show_ms);
}

static void fill_a_second(room *r) {
  for (int i = 0; i < 4; i++) assert_true(said(r, LATE_IN_SECOND_US, "Paper 1 of 9"));
}

static void wait_for_late(room *r) {
  const uint64_t until = clock_now_us() + 60 * 1000 * 1000;
  while (!said_late(r) && clock_now_us() < until) clock_sleep_us(1000);
}

static void the_newest_of_too_many_comes_after_its_second(void **state) {
  room *r = *state;
  fill_a_second(r);
  assert_false(said(r, LATE_IN_SECOND_US, "Paper 5 of 9"));
  assert_false(said(r, LATE_IN_SECOND_US, "Buried. It stays private."));
  wait_for_late(r);
  assert_string_equal(r->plain, "Buried. It stays private.");
  assert_int_equal(r->creation, 3);
  assert_true(r->show_ms > 0);
  assert_false(said_late(r));
}

static void what_is_said_meanwhile_stands_for_it(void **state) {
  room *r = *state;
  fill_a_second(r);
  assert_false(said(r, LATE_IN_SECOND_US, "Paper 5 of 9"));
  assert_true(said(r, 3000000, "Paper 6 of 9"));
  clock_sleep_us(10000);
  assert_false(said_late(r));
}

static void below_stop_it_waits(void **state) {
  room *r = *state;
  fill_a_second(r);
  assert_false(said(r, LATE_IN_SECOND_US, "Torn."));
  atomic_store(&r->page.hush, 1);
  clock_sleep_us(10000);
  assert_false(said_late(r));
  atomic_store(&r->page.hush, 0);
  wait_for_late(r);
  assert_string_equal(r->plain, "Torn.");
}

static void of_an_exercise_that_was_left_nothing_comes(void **state) {
  room *r = *state;
  fill_a_second(r);
  assert_false(said(r, LATE_IN_SECOND_US, "Torn."));
  speech_drop(&r->s, 3);
  clock_sleep_us(10000);
  assert_false(said_late(r));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {TEST(the_newest_of_too_many_comes_after_its_second),
    TEST(what_is_said_meanwhile_stands_for_it), TEST(below_stop_it_waits),
    TEST(of_an_exercise_that_was_left_nothing_comes)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
