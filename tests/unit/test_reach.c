// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base ui
// One switch and two, by time and by steps, in groups and out of them, without a window.
#include "tests/unit/board_hand.h"

static void tap(board *b, int which, uint32_t ms) {
  assert_true(view_switch(&b->v, b->v.access.switches[which], true, b->now));
  wait_ms(b, ms);
  assert_true(view_switch(&b->v, b->v.access.switches[which], false, b->now));
}

static access_settings scanning(access_scanning how, access_pace pace) {
  access_settings a = access_defaults();
  a.scanning = how;
  a.pace = pace;
  a.item_ms = 1000;
  a.groups_first = true;
  return a;
}

static const char *at(const board *b) { return b->v.scan.at ? b->v.scan.at->id : ""; }

static void nothing_to_do_without_scanning(void **state) {
  (void)state;
  board b;
  open_board(&b, access_defaults());
  show_board(&b);
  assert_true(view_tick(&b.v, b.now) == SCAN_NEVER);
  assert_false(view_switch(&b.v, b.v.access.switches[0], true, b.now));
  close_board(&b);
}

static void one_switch_goes_by_groups_and_items(void **state) {
  (void)state;
  board b;
  open_board(&b, scanning(SCANNING_ONE_SWITCH, PACE_AUTO));
  show_board(&b);
  b.v.say = hear;
  wait_ms(&b, 100);
  assert_string_equal(at(&b), "pause"); // Pause and Stop are the first group
  wait_ms(&b, 1000);
  assert_string_equal(at(&b), "a1");
  assert_non_null(strstr(b.said, "Tools;"));
  tap(&b, 0, 50); // into the group
  wait_ms(&b, 1500);
  assert_string_equal(at(&b), "a2");
  tap(&b, 0, 50);
  assert_string_equal(b.chosen, "a2 ");
  wait_ms(&b, 100);
  assert_string_equal(at(&b), "pause"); // from the beginning
  wait_ms(&b, 5000);
  assert_string_equal(at(&b), "pause"); // a, b, x, y and round
  close_board(&b);
}

static void a_group_is_left_at_its_end_or_by_itself(void **state) {
  (void)state;
  board b;
  open_board(&b, scanning(SCANNING_ONE_SWITCH, PACE_AUTO));
  show_board(&b);
  wait_ms(&b, 1100);
  tap(&b, 0, 50);
  wait_ms(&b, 3500); // a1, a2, a3, then the ring around all of them
  assert_true(b.v.scan.leaving);
  tap(&b, 0, 50);
  assert_false(b.v.scan.within);
  assert_string_equal(at(&b), "a1");
  assert_string_equal(b.chosen, "");
  tap(&b, 0, 50);
  wait_ms(&b, 8500); // two rounds without a choice
  assert_false(b.v.scan.within);
  assert_string_equal(at(&b), "b1");
  close_board(&b);
}

static void a_long_press_cancels(void **state) {
  (void)state;
  board b;
  access_settings a = scanning(SCANNING_ONE_SWITCH, PACE_AUTO);
  a.cancel_by_long = true;
  open_board(&b, a);
  show_board(&b);
  wait_ms(&b, 1100);
  tap(&b, 0, 50);
  assert_true(b.v.scan.within);
  tap(&b, 0, 1500);
  assert_false(b.v.scan.within);
  assert_string_equal(b.chosen, "");
  close_board(&b);
}

static void steps_of_one_switch(void **state) {
  (void)state;
  board b;
  access_settings a = scanning(SCANNING_ONE_SWITCH, PACE_STEP);
  a.rest_on_last = true;
  open_board(&b, a);
  show_board(&b);
  assert_true(view_tick(&b.v, b.now) == SCAN_NEVER); // nothing moves by itself
  tap(&b, 0, 100);
  tap(&b, 0, 100);
  assert_string_equal(at(&b), "b1");
  tap(&b, 0, 700);
  tap(&b, 0, 100);
  tap(&b, 0, 700);
  tap(&b, 0, 700); // the ring has stayed there
  assert_string_equal(b.chosen, "b2 b2 ");
  close_board(&b);
}

static void two_switches_move_and_choose(void **state) {
  (void)state;
  board b;
  open_board(&b, scanning(SCANNING_TWO_SWITCHES, PACE_AUTO));
  show_board(&b);
  wait_ms(&b, 9000);
  assert_string_equal(at(&b), "pause");
  for (int i = 0; i < 3; i++) tap(&b, 0, 30);
  assert_string_equal(at(&b), "x1");
  tap(&b, 1, 30);
  tap(&b, 0, 30);
  tap(&b, 1, 30);
  assert_string_equal(b.chosen, "x2 ");
  close_board(&b);
}

static void short_presses_and_second_ones_do_not_count(void **state) {
  (void)state;
  board b;
  access_settings a = scanning(SCANNING_TWO_SWITCHES, PACE_AUTO);
  a.shortest_ms = 200;
  open_board(&b, a);
  show_board(&b);
  wait_ms(&b, 10);
  tap(&b, 0, 100);
  assert_string_equal(at(&b), "pause");
  wait_ms(&b, 500);
  tap(&b, 0, 300);
  assert_string_equal(at(&b), "a1");
  wait_ms(&b, 50);
  tap(&b, 0, 300); // a shake after the first
  assert_string_equal(at(&b), "a1");
  close_board(&b);
}

static void a_sheet_takes_over_and_stop_stays(void **state) {
  (void)state;
  board b;
  open_board(&b, scanning(SCANNING_TWO_SWITCHES, PACE_AUTO));
  show_board(&b);
  widget_set_state(widget_find(b.v.root, "stop"), STATE_ABOVE, true);
  wait_ms(&b, 10);
  widget *sheet = sheet_create("sheet", "Pause");
  add(&b, sheet, "carry-on");
  add(&b, sheet, "finish");
  view_show_sheet(&b.v, sheet, "carry-on");
  wait_ms(&b, 10);
  assert_string_equal(at(&b), "carry-on");
  tap(&b, 0, 30);
  tap(&b, 0, 30);
  assert_string_equal(at(&b), "stop");
  tap(&b, 0, 30);
  assert_string_equal(at(&b), "carry-on");
  view_show_sheet(&b.v, NULL, NULL);
  wait_ms(&b, 10);
  assert_string_equal(at(&b), "pause");
  close_board(&b);
}

static void settings_keep_within(void **state) {
  (void)state;
  access_settings a;
  memset(&a, 0xFF, sizeof a);
  a.easy_reading = a.left_handed = a.reduced_motion = false;
  a.groups_first = a.rest_on_last = a.cancel_by_long = a.click_move_click = false;
  a.spoken_labels = a.captions = false;
  access_keep_within(&a);
  assert_int_equal(a.scanning, SCANNING_OFF);
  assert_int_equal(a.item_ms, 6000);
  assert_int_equal(a.dwell_ms, 3000);
  assert_int_equal(a.target, 128);
  assert_int_equal(a.shortest_ms, 400);
  assert_int_equal(a.text_percent, 200);
  assert_int_equal(a.volume, 1000);
  assert_int_equal(a.theme, THEME_PAPER);
  access_settings d = access_defaults();
  access_settings before;
  memcpy(&before, &d, sizeof d);
  access_keep_within(&d);
  assert_memory_equal(&d, &before, sizeof d);
  assert_int_equal(access_next_target(80, 1), 96);
  assert_int_equal(access_next_target(128, 1), 128);
  assert_int_equal(access_next_dwell(0, 1), 600);
  assert_int_equal(access_next_dwell(600, -1), 0);
  assert_int_equal(access_next_item(600, -1), 600);
  assert_int_equal(access_next_item(6000, 1), 6000);
  assert_int_equal(access_next_text(115, 1), 130);
  assert_int_equal(access_next_shortest(80, -1), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(nothing_to_do_without_scanning),
    cmocka_unit_test(one_switch_goes_by_groups_and_items),
    cmocka_unit_test(a_group_is_left_at_its_end_or_by_itself),
    cmocka_unit_test(a_long_press_cancels),
    cmocka_unit_test(steps_of_one_switch),
    cmocka_unit_test(two_switches_move_and_choose),
    cmocka_unit_test(short_presses_and_second_ones_do_not_count),
    cmocka_unit_test(a_sheet_takes_over_and_stop_stays),
    cmocka_unit_test(settings_keep_within),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
