// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base ui light stage
// Dwelling, shaking hands, clicks instead of drags; the feeling field, fields of several lines;
// the window turned for a left hand and from the right; large targets.
#include "core/stage/feeling.h"
#include "tests/unit/board_hand.h"

static void dwelling_presses_once(void **state) {
  (void)state;
  board b;
  access_settings a = access_defaults();
  a.dwell_ms = 1000;
  open_board(&b, a);
  show_board(&b);
  view_place(&b.v);
  over_middle(&b, "a1", PHASE_HOVER);
  wait_ms(&b, 900);
  assert_string_equal(b.chosen, "");
  assert_true(b.v.hand.part > 0.8);
  over_middle(&b, "a2", PHASE_HOVER); // leaving begins anew
  wait_ms(&b, 900);
  assert_string_equal(b.chosen, "");
  wait_ms(&b, 200);
  assert_string_equal(b.chosen, "a2 ");
  wait_ms(&b, 5000);
  assert_string_equal(b.chosen, "a2 "); // it must be left first
  assert_true(view_tick(&b.v, b.now) == SCAN_NEVER);
  over_middle(&b, "a1", PHASE_HOVER);
  over_middle(&b, "a2", PHASE_HOVER);
  wait_ms(&b, 1100);
  assert_string_equal(b.chosen, "a2 a2 ");
  close_board(&b);
}

static void show_buttons(board *b, const char *one, const char *other) {
  widget *page = column_create(NULL, "page", 12);
  add(b, page, one);
  add(b, page, other);
  view_show(&b->v, page, NULL);
  view_place(&b->v);
}

// The pointer does not move, and the same stands below it again.
static void dwelling_goes_on_where_a_page_is_built_anew(void **state) {
  (void)state;
  board b;
  access_settings a = access_defaults();
  a.dwell_ms = 1000;
  open_board(&b, a);
  show_buttons(&b, "one", "other");
  over_middle(&b, "one", PHASE_HOVER);
  wait_ms(&b, 500);
  show_buttons(&b, "one", "other");
  wait_ms(&b, 600);
  assert_string_equal(b.chosen, "one ");
  show_buttons(&b, "one", "other"); // which the press led to
  const rect r = widget_find(b.v.root, "one")->rect;
  send(&b, PHASE_HOVER, r.x + r.w / 2 + 1, r.y + r.h / 2);
  wait_ms(&b, 5000);
  assert_string_equal(b.chosen, "one "); // it must still be left first
  over_middle(&b, "other", PHASE_HOVER);
  wait_ms(&b, 500);
  show_buttons(&b, "other", "one"); // something else is there now
  wait_ms(&b, 5000);
  assert_string_equal(b.chosen, "one ");
  close_board(&b);
}

// What has many places is pressed where the pointer rests, not where it came in.
static void dwelling_presses_where_the_pointer_is(void **state) {
  (void)state;
  board b;
  access_settings a = access_defaults();
  a.dwell_ms = 1000;
  open_board(&b, a);
  widget *page = column_create(NULL, "page", 12);
  widget *slider = slider_create(page, "much", "How much", 0, 100, 1);
  view_show(&b.v, page, NULL);
  view_place(&b.v);
  const rect r = slider->rect;
  send(&b, PHASE_HOVER, r.x + 1, r.y + r.h / 2);
  send(&b, PHASE_HOVER, r.x + r.w / 2, r.y + r.h / 2);
  wait_ms(&b, 1100);
  assert_true(fabs(slider->value - 50) < 1.5);
  close_board(&b);
}

static void clicks_instead_of_a_drag(void **state) {
  (void)state;
  board b;
  access_settings a = access_defaults();
  a.click_move_click = true;
  open_board(&b, a);
  widget *page = column_create(NULL, "page", 12);
  widget *slider = slider_create(page, "much", "How much", 0, 100, 1);
  add(&b, page, "button");
  view_show(&b.v, page, NULL);
  view_place(&b.v);
  const rect r = slider->rect;
  const double y = r.y + r.h / 2;
  click(&b, r.x + 18, y);
  assert_true(slider->value < 1);
  send(&b, PHASE_HOVER, r.x + r.w - 18, y + 200); // it follows without being pressed
  assert_true(slider->value > 99);
  click(&b, r.x + r.w / 2, y);
  assert_true(fabs(slider->value - 50) < 1.5);
  send(&b, PHASE_HOVER, r.x + 18, y);
  assert_true(fabs(slider->value - 50) < 1.5); // the second click has let go
  click(&b, r.x + 18, y);
  over_middle(&b, "button", PHASE_HOVER);
  const rect at_button = widget_find(b.v.root, "button")->rect;
  click(&b, at_button.x + 30, at_button.y + 30); // lets go, and is a press of its own
  assert_string_equal(b.chosen, "button ");
  send(&b, PHASE_HOVER, r.x + 18, y);
  assert_true(slider->value > 1);
  close_board(&b);
}

static void the_shortest_press_and_the_second_one(void **state) {
  (void)state;
  board b;
  access_settings a = access_defaults();
  a.shortest_ms = 200;
  open_board(&b, a);
  show_board(&b);
  view_place(&b.v);
  over_middle(&b, "a1", PHASE_DOWN);
  wait_ms(&b, 150);
  over_middle(&b, "a1", PHASE_UP);
  assert_string_equal(b.chosen, "");
  over_middle(&b, "a1", PHASE_DOWN);
  wait_ms(&b, 250);
  over_middle(&b, "a1", PHASE_UP);
  assert_string_equal(b.chosen, "a1 ");
  wait_ms(&b, 100);
  over_middle(&b, "a1", PHASE_DOWN);
  wait_ms(&b, 250);
  over_middle(&b, "a1", PHASE_UP);
  assert_string_equal(b.chosen, "a1 "); // too soon, at the same place
  wait_ms(&b, 100);
  over_middle(&b, "b3", PHASE_DOWN);
  wait_ms(&b, 250);
  over_middle(&b, "b3", PHASE_UP);
  assert_string_equal(b.chosen, "a1 b3 ");
  close_board(&b);
}

static double shaking_way(access_steady how, double *end) {
  board b;
  access_settings a = access_defaults();
  a.steady = how;
  open_board(&b, a);
  widget *page = column_create(NULL, "page", 12);
  widget *slider = slider_create(page, "much", "How much", 0, 1000, 0);
  view_show(&b.v, page, NULL);
  view_place(&b.v);
  const rect r = slider->rect;
  send(&b, PHASE_DOWN, r.x + 200, r.y + 20);
  double way = 0;
  for (int i = 0; i < 40; i++) {
    const double before = slider->value;
    b.now += 8 * MS;
    send(&b, PHASE_MOVE, r.x + 200 + i * 10 + (i % 2 ? 30 : -30), r.y + 20);
    way += fabs(slider->value - before);
  }
  wait_ms(&b, 3000); // the hand rests
  *end = slider->value;
  close_board(&b);
  return way;
}

static void a_steady_hand_is_smooth_and_arrives(void **state) {
  (void)state;
  double ends[4] = {0};
  const double off = shaking_way(STEADY_OFF, &ends[0]);
  const double light = shaking_way(STEADY_LIGHT, &ends[1]);
  const double strong = shaking_way(STEADY_STRONG, &ends[2]);
  assert_true(light < off / 2 && strong < light);
  for (int i = 1; i < 3; i++) assert_true(fabs(ends[i] - ends[0]) < 0.5);
  assert_true(shaking_way(STEADY_STRONG, &ends[3]) == strong && ends[3] == ends[2]);
}

static void a_long_press_shows_the_name(void **state) {
  (void)state;
  board b;
  open_board(&b, access_defaults());
  show_board(&b);
  b.v.say = hear;
  view_place(&b.v);
  over_middle(&b, "a1", PHASE_DOWN);
  b.said[0] = 0;
  wait_ms(&b, 500);
  assert_null(b.v.hand.named);
  wait_ms(&b, 200);
  assert_non_null(b.v.hand.named);
  assert_string_equal(b.said, "a1;");
  over_middle(&b, "a1", PHASE_UP);
  assert_null(b.v.hand.named);
  assert_string_equal(b.chosen, "a1 "); // who presses slowly presses all the same
  close_board(&b);
}

// After the window lost the focus the same button works again.
static void a_lost_release_holds_nothing_up(void **state) {
  (void)state;
  board b;
  open_board(&b, access_defaults());
  show_board(&b);
  view_place(&b.v);
  over_middle(&b, "a1", PHASE_DOWN);
  view_let_go(&b.v);
  over_middle(&b, "a2", PHASE_DOWN);
  over_middle(&b, "a2", PHASE_UP);
  assert_string_equal(b.chosen, "a2 ");
  close_board(&b);
}

// Who cannot drag or turn a wheel scrolls all the same.
static void arrows_scroll(void **state) {
  (void)state;
  board b;
  access_settings a = access_defaults();
  open_board(&b, a);
  widget *page = column_create(NULL, "page", 0);
  widget *list = column_create(scroll_create(page, "scroll", "List"), "list", 12);
  for (char id[] = "a"; id[0] <= 'z'; id[0]++) add(&b, list, id);
  widget *scroll = widget_find(page, "scroll");
  view_show(&b.v, page, NULL);
  view_place(&b.v);
  assert_true(scroll->high > 500);
  click(&b, 500, 650);
  assert_true(scroll->value < 1); // no arrow: a button or the ground
  a.dwell_ms = 600;
  view_set_access(&b.v, &a, false);
  view_place(&b.v);
  b.chosen[0] = 0;
  send(&b, PHASE_HOVER, 500, 665);
  wait_ms(&b, 700);
  const double once = scroll->value;
  assert_true(once > 400);
  wait_ms(&b, 60000); // who waits goes on, to the end
  assert_true(fabs(scroll->value - scroll->high) < 1);
  assert_true(view_tick(&b.v, b.now) == SCAN_NEVER);
  send(&b, PHASE_HOVER, 500, 30);
  wait_ms(&b, 700);
  assert_true(scroll->value < scroll->high - 400);
  assert_string_equal(b.chosen, "");
  close_board(&b);
}

// ---- The feeling field -------------------------------------------------------------------

static void the_dot_comes_moves_and_goes(void **state) {
  (void)state;
  board b;
  open_board(&b, access_defaults());
  widget *page = column_create(NULL, "page", 12);
  widget *w = feeling_create(page, "feeling", "How are you", FEELING_SIDE);
  view_show(&b.v, page, "feeling");
  view_place(&b.v);
  double x = 9;
  double y = 9;
  assert_false(feeling_get(w, &x, &y));
  const rect r = w->rect;
  assert_true(r.w == FEELING_SIDE && r.h == FEELING_SIDE);
  click(&b, r.x + r.w * 0.75, r.y + r.h * 0.25);
  assert_true(feeling_get(w, &x, &y));
  assert_true(fabs(x - 0.5) < 0.01 && fabs(y - 0.5) < 0.01);
  send(&b, PHASE_DOWN, r.x + r.w * 0.75, r.y + r.h * 0.25);
  send(&b, PHASE_MOVE, r.x - 50, r.y + r.h);
  send(&b, PHASE_UP, r.x - 50, r.y + r.h);
  assert_true(feeling_get(w, &x, &y));
  assert_true(fabs(x + 1) < 1e-9 && fabs(y + 1) < 1e-9);
  assert_true(view_press(&b.v, KEY_RIGHT, 0));
  assert_true(view_press(&b.v, KEY_UP, 0));
  assert_true(feeling_get(w, &x, &y));
  assert_true(fabs(x + 0.9) < 1e-9 && fabs(y + 0.9) < 1e-9);
  click(&b, r.x + r.w * 0.05 + 3, r.y + r.h * 0.95 - 3); // a second press on it
  assert_false(feeling_get(w, &x, &y));
  assert_true(view_press(&b.v, KEY_LEFT, 0)); // from nothing: from the middle
  assert_true(feeling_get(w, &x, &y));
  assert_true(fabs(x + 0.1) < 1e-9 && fabs(y) < 1e-9);
  close_board(&b);
}

// ---- Mirrored ----------------------------------------------------------------------------

static void a_left_hand_finds_stop_on_the_left(void **state) {
  (void)state;
  board b;
  access_settings a = access_defaults();
  open_board(&b, a);
  show_board(&b);
  view_place(&b.v);
  const rect right = widget_find(b.v.root, "x2")->rect;
  a.left_handed = true;
  view_set_access(&b.v, &a, false);
  view_place(&b.v);
  const rect left = widget_find(b.v.root, "x2")->rect;
  assert_true(fabs(left.x - (1000 - right.x - right.w)) < 0.01 && left.y == right.y);
  view_set_access(&b.v, &a, true); // mirrored twice
  view_place(&b.v);
  assert_true(fabs(widget_find(b.v.root, "x2")->rect.x - right.x) < 0.01);
  close_board(&b);
}

static void keys_and_areas_are_never_turned(void **state) {
  (void)state;
  board b;
  open_board(&b, access_defaults());
  widget *page = column_create(NULL, "page", 0);
  widget *row = row_create(page, "row", 10);
  add(&b, row, "first");
  widget *fixed = row_create(row, "fixed", 10);
  fixed->box.sides = SIDES_FIXED;
  add(&b, fixed, "q");
  add(&b, fixed, "w");
  widget *reading = segment_create(row, "reading", "Size");
  segment_add(reading, "small", NULL, "Small");
  segment_add(reading, "large", NULL, "Large");
  view_show(&b.v, page, NULL);
  for (int i = 0; i < 4; i++) {
    access_settings a = access_defaults();
    a.left_handed = i & 1;
    const bool from_right = i & 2;
    view_set_access(&b.v, &a, from_right);
    view_place(&b.v);
    const bool turned = a.left_handed != from_right;
    assert_true((widget_find(page, "first")->rect.x > 500) == turned);
    assert_true(widget_find(page, "q")->rect.x < widget_find(page, "w")->rect.x);
    assert_true((widget_find(page, "small")->rect.x <
                  widget_find(page, "large")->rect.x) == !from_right);
  }
  assert_ptr_equal(icon_facing(icon_find("back"), true), icon_find("forward"));
  assert_ptr_equal(icon_facing(icon_find("undo"), true), icon_find("redo"));
  assert_ptr_equal(icon_facing(icon_find("play"), true), icon_find("play"));
  close_board(&b);
}

static void large_targets_are_large(void **state) {
  (void)state;
  board b;
  static const uint32_t sizes[] = {80, 96, 128};
  for (int i = 0; i < 3; i++) {
    access_settings a = access_defaults();
    a.target = sizes[i];
    open_board(&b, a);
    widget *page = wrap_create(NULL, "page", 10);
    const widget *all[] = {chip_create(page, "chip", NULL, "Slow"),
      swatch_create(page, "swatch", "Brick", 0xA2432A), add(&b, page, "button"),
      toggle_create(page, "toggle", "Voice"), tool_create(page, "tool", NULL, "Brush"),
      field_create(page, "field", "Wish", "")};
    view_show(&b.v, page, NULL);
    view_place(&b.v);
    for (size_t k = 0; k < sizeof all / sizeof *all; k++)
      if (all[k]->rect.w < sizes[i] || all[k]->rect.h < sizes[i])
        fail_msg("%s is %g x %g", all[k]->id, all[k]->rect.w, all[k]->rect.h);
    close_board(&b);
  }
}

// ---- Fields of several lines -------------------------------------------------------------

static void a_field_grows_and_holds_500_letters(void **state) {
  (void)state;
  board b;
  open_board(&b, access_defaults());
  widget *page = column_create(NULL, "page", 12);
  widget *w = field_create(page, "wish", "Wish", "");
  field_set_lines(w, 2, 5);
  view_show(&b.v, page, "wish");
  view_place(&b.v);
  const double before = w->rect.h;
  for (int i = 0; i < 260; i++) view_type(&b.v, "\u00e4b");
  view_place(&b.v);
  assert_true(w->rect.h > before * 1.8);
  assert_int_equal(strlen(field_text(w)), 750); // 250 of two bytes, 250 of one
  const double tall = w->rect.h;
  assert_true(view_press(&b.v, KEY_UP, 0));
  assert_true(view_press(&b.v, KEY_DOWN, 0));
  assert_true(tall < 5 * text_line_height(b.v.text, TEXT_LEAD) + 40);
  const rect c = field_caret(w, &b.v);
  assert_true(c.y >= w->rect.y && c.y + c.h <= w->rect.y + w->rect.h);
  field_set_text(&b.v, w, "one");
  assert_true(view_press(&b.v, KEY_ENTER, 0));
  view_type(&b.v, "two");
  assert_string_equal(field_text(w), "one\ntwo");
  assert_true(view_press(&b.v, KEY_UP, 0));
  view_type(&b.v, "!");
  assert_string_equal(field_text(w), "one!\ntwo");
  assert_false(view_press(&b.v, KEY_UP, 0) && b.v.focus != w);
  close_board(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(dwelling_presses_once),
    cmocka_unit_test(dwelling_goes_on_where_a_page_is_built_anew),
    cmocka_unit_test(dwelling_presses_where_the_pointer_is),
    cmocka_unit_test(clicks_instead_of_a_drag),
    cmocka_unit_test(the_shortest_press_and_the_second_one),
    cmocka_unit_test(a_steady_hand_is_smooth_and_arrives),
    cmocka_unit_test(a_long_press_shows_the_name),
    cmocka_unit_test(a_lost_release_holds_nothing_up),
    cmocka_unit_test(arrows_scroll),
    cmocka_unit_test(the_dot_comes_moves_and_goes),
    cmocka_unit_test(a_left_hand_finds_stop_on_the_left),
    cmocka_unit_test(keys_and_areas_are_never_turned),
    cmocka_unit_test(large_targets_are_large),
    cmocka_unit_test(a_field_grows_and_holds_500_letters),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
