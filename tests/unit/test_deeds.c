// SPDX-License-Identifier: GPL-3.0-or-later
// needs: keeper
// Exercise time and time-lapse time, there and back; what Undo takes back, and what players
// told of it.
#include "core/keeper/deeds.h"
#include "core/keeper/steps.h"
#include "core/keeper/timelapse.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { SECOND = 1000000 };

// ---- Times -----------------------------------------------------------------------------

static void without_silences_both_are_the_same(void **state) {
  timelapse t = {0};
  (void)state;
  for (uint64_t us = 0; us < 5 * SECOND; us += 77777) {
    assert_int_equal(timelapse_of(&t, us), us);
    assert_int_equal(timelapse_shows(&t, us), us);
  }
  assert_int_equal(timelapse_of(&t, UINT64_MAX / 2), UINT64_MAX / 2);
  timelapse_finish(&t);
}

static void short_silences_stay(void **state) {
  timelapse t = {0};
  (void)state;
  assert_int_equal(timelapse_add(&t, 5, 5), OK);
  assert_int_equal(timelapse_add(&t, 9, 3), OK);
  assert_int_equal(timelapse_add(&t, SECOND, 2 * SECOND), OK); // just as long as may be
  assert_int_equal(t.count, 0);
  assert_int_equal(timelapse_add(&t, SECOND, 2 * SECOND + 1), OK);
  assert_int_equal(t.count, 1);
  timelapse_finish(&t);
}

static void silences_shrink_to_a_moment(void **state) {
  timelapse t = {0};
  (void)state;
  assert_int_equal(timelapse_add(&t, 2 * SECOND, 12 * SECOND), OK);
  assert_int_equal(timelapse_add(&t, 15 * SECOND, 3615 * (uint64_t)SECOND), OK);
  const uint64_t m = TIMELAPSE_MOMENT_US;
  const uint64_t pairs[][2] = {{0, 0}, {2 * SECOND, 2 * SECOND},
    {7 * SECOND, 2 * SECOND + m / 2}, {12 * SECOND, 2 * SECOND + m},
    {13 * SECOND, 3 * SECOND + m}, {15 * SECOND, 5 * SECOND + m},
    {3615 * (uint64_t)SECOND, 5 * SECOND + 2 * m},
    {3616 * (uint64_t)SECOND, 6 * SECOND + 2 * m}};
  for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
    assert_int_equal(timelapse_of(&t, pairs[i][0]), pairs[i][1]);
    assert_int_equal(timelapse_shows(&t, pairs[i][1]), pairs[i][0]);
  }
  timelapse_finish(&t);
}

// Both only grow, and there and back is where one was, to within a step of the silence's pace.
static void there_and_back(void **state) {
  timelapse t = {0};
  uint64_t at_us = 0, before = 0;
  (void)state;
  for (uint64_t i = 1; i <= 200; i++) {
    const uint64_t to_us = at_us + i * 997 * 31 % (9 * SECOND) + SECOND / 2;
    assert_int_equal(timelapse_add(&t, at_us, to_us), OK);
    at_us = to_us + i * 7919 % SECOND;
  }
  assert_true(t.count > 100);
  for (uint64_t us = 0; us < at_us + SECOND; us += 33331) {
    const uint64_t lapse = timelapse_of(&t, us), back = timelapse_shows(&t, lapse);
    assert_true(lapse >= before && lapse <= us);
    assert_true(back <= us + 1 && us - back <= 32);
    before = lapse;
  }
  timelapse_finish(&t);
}

// ---- Undo ------------------------------------------------------------------------------

static void undo_deed(deeds *d, uint64_t at_us) {
  assert_int_equal(deeds_undo(d, at_us), OK);
}

static void redo_deed(deeds *d) { assert_int_equal(deeds_redo(d), OK); }

static void deeds_go_and_come_back(void **state) {
  deeds d = {0};
  (void)state;
  for (size_t i = 0; i < 1000; i++) assert_int_equal(deeds_add(&d, i, i), OK);
  undo_deed(&d, 5000);
  undo_deed(&d, 5001);
  redo_deed(&d);
  assert_true(d.all[999].taken_back && !d.all[998].taken_back);
  assert_int_equal(d.all[999].undone_us, 5000);
  assert_int_equal(deeds_add(&d, 6000, DEEDS_NO_STROKE), OK);
  assert_int_equal(d.taken_back, 0); // the 999th cannot come back any more
  undo_deed(&d, 7000);
  undo_deed(&d, 7001);
  assert_true(d.all[1000].taken_back && d.all[998].taken_back && !d.all[997].taken_back);
  deeds_finish(&d);
}

// What is not known of is taken back and comes back in its place, and shifts nothing.
static void deeds_that_are_not_known(void **state) {
  deeds d = {0};
  (void)state;
  redo_deed(&d); // of before the record
  assert_int_equal(deeds_add(&d, 1, 0), OK);
  undo_deed(&d, 2);
  undo_deed(&d, 3);
  undo_deed(&d, 4); // of before, too
  redo_deed(&d);
  redo_deed(&d);
  assert_true(d.all[0].taken_back);
  redo_deed(&d);
  assert_false(d.all[0].taken_back);
  deeds_forget(&d);
  undo_deed(&d, 5);
  assert_false(d.all[0].taken_back); // it may have been another
  assert_int_equal(deeds_add(&d, 6, 1), OK);
  undo_deed(&d, 7);
  assert_true(d.all[1].taken_back);
  deeds_finish(&d);
}

static void a_deed_goes_on_from_another(void **state) {
  deeds d = {0};
  (void)state;
  assert_int_equal(deeds_add(&d, 1, DEEDS_NO_STROKE), OK);
  for (uint64_t i = 2; i < 9; i++) {
    undo_deed(&d, i);
    assert_int_equal(deeds_replace(&d, i), OK);
  }
  assert_int_equal(d.count, 1);
  assert_false(d.all[0].taken_back);
  assert_int_equal(deeds_replace(&d, 10), OK); // of nothing that was taken back
  assert_int_equal(d.count, 2);
  deeds_finish(&d);
}

// ---- Steps -----------------------------------------------------------------------------

static void tell(steps *s, uint64_t seq, uint32_t number) {
  const page_report report = {.before_seq = seq, .kind = REPORT_MADE, .count = number};
  assert_int_equal(steps_add(s, &report), OK);
}

static void steps_stand(const steps *s, const char *seqs) {
  char text[256] = "";
  for (size_t i = 0; i < s->count; i++)
    snprintf(text + strlen(text), sizeof text - strlen(text), "%s%llu ",
      s->all[i].kind == STEPS_MISSING ? "?" : "",
      (unsigned long long)s->all[i].before_seq);
  assert_string_equal(text, seqs);
}

static void steps_are_told_once(void **state) {
  steps s = {0};
  (void)state;
  for (uint32_t i = 1; i <= 4; i++) tell(&s, i * 10, i);
  tell(&s, 30, 3); // of a file that begins with what the one before may not hold
  tell(&s, 40, 4);
  steps_stand(&s, "10 20 30 40 ");
  tell(&s, 60, 6);
  steps_stand(&s, "10 20 30 40 ?60 60 ");
  steps_leave_out(&s, 40, 50);
  steps_stand(&s, "10 20 30 ?60 60 ");
  assert_int_equal(steps_go_back(&s, 25, true), OK); // another player, from a snapshot
  tell(&s, 30, 1);
  tell(&s, 30, 2);
  steps_stand(&s, "10 20 30 30 ");
  assert_int_equal(steps_go_back(&s, 27, false), OK);
  tell(&s, 31, 1);
  steps_stand(&s, "10 20 ?27 31 ");
  assert_int_equal(steps_go_back(&s, 0, true), OK);
  steps_stand(&s, "");
  steps_finish(&s);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(without_silences_both_are_the_same),
    cmocka_unit_test(short_silences_stay),
    cmocka_unit_test(silences_shrink_to_a_moment),
    cmocka_unit_test(there_and_back),
    cmocka_unit_test(deeds_go_and_come_back),
    cmocka_unit_test(deeds_that_are_not_known),
    cmocka_unit_test(a_deed_goes_on_from_another),
    cmocka_unit_test(steps_are_told_once),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
