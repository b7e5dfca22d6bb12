// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base ui light stage
// The panel of an exercise in the client's window: groups behind one row, what acts again
// while it is held, what is greyed, and one choice that stands in for another.
#include "core/stage/choice_tile.h"
#include "core/stage/palette.h"
#include "core/ui/events.h"
#include "core/ui/focus.h"
#include "tests/unit/panel_hand.h"

// ---- Groups ------------------------------------------------------------------------------

static void a_group_stands_behind_one_row(void **state) {
  room *r = *state;
  panel_link_set(&r->s, THERE, 2);
  assert_null(widget_find(r->s.view.root, "control-sheet"));
  assert_null(widget_find(r->s.view.root, "control-shown"));
  assert_string_equal(find(r, "group-sheet")->label, "Sheets");
  assert_string_equal(find(r, "group-sheet")->detail, "Sheet 1");
  tap(r, "group-sheet");
  assert_string_equal(r->s.view.sheet->id, "sheet-group");
  tap(r, "control-sheet-2");
  double value = 0;
  assert_int_equal(count(r, GESTO_CONTROL_SET, SHEET, &value), 1);
  assert_true(value == 1);
  assert_true(chosen(r, "control-sheet-2"));
  tap(r, "control-shown"); // it stays open while several things are set
  assert_int_equal(count(r, GESTO_CONTROL_SET, SHOWN, &value), 1);
  assert_true(value == 0);
  tap(r, "done");
  assert_null(r->s.view.sheet);
  assert_string_equal(find(r, "group-sheet")->detail, "Sheet 2");
}

static void only_what_is_there_is_offered(void **state) {
  room *r = *state;
  tap(r, "group-sheet");
  assert_true(widget_shown(find(r, "control-sheet-1")));
  assert_false(widget_shown(find(r, "control-sheet-2")));
  panel_link_set(&r->s, THERE, 2);
  turn(r);
  assert_true(widget_shown(find(r, "control-sheet-2")));
  assert_null(widget_find(view_top(&r->s.view), "control-there"));
}

static void choices_stand_in_the_order_of_their_use(void **state) {
  room *r = *state;
  double value = 0;
  tap(r, "control-more");
  assert_ptr_equal(find(r, "control-more-none")->next, find(r, "control-more-fill"));
  assert_ptr_equal(find(r, "control-more-fill")->next, find(r, "control-more-oil"));
  tap(r, "control-more-fill");
  assert_int_equal(count(r, GESTO_CONTROL_SET, MORE, &value), 1);
  assert_float_equal(value, 2, 0); // as the exercise counts them
}

// The picture of a brush is found by its key, which an exercise gives.
static void a_key_leads_to_no_other_file(void **state) {
  (void)state;
  assert_null(choice_tile_stroke("../../docs/screens/draw"));
  assert_null(choice_tile_stroke("/etc/passwd"));
  assert_null(choice_tile_stroke(""));
  assert_null(choice_tile_stroke("nobody"));
}

static bool has_ink(cairo_surface_t *mask) {
  const uint8_t *at = cairo_image_surface_get_data(mask);
  const int size = cairo_image_surface_get_stride(mask) * 96;
  bool any = false;
  for (int i = 0; i < size; i++) any = any || at[i] > 0;
  return any;
}

// Whatever an exercise declares as lines, it spoils no picture but its own.
static void a_choice_is_drawn_by_its_lines(void **state) {
  static const char *const odd[] = {"M", "what is this", "M3 3A0 0 0 1 1 9 9Z",
    "M99999999999999999999999999 1L1 1A1 99999999999999999999999999 0 1 1 3 4C1 2 3"};
  (void)state;
  cairo_surface_t *mask = choice_tile_lines("M3 12H21");
  assert_true(has_ink(mask));
  cairo_surface_destroy(mask);
  for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
    mask = choice_tile_lines(odd[i]);
    assert_int_equal(cairo_surface_status(mask), CAIRO_STATUS_SUCCESS);
    cairo_surface_destroy(mask);
  }
  assert_null(choice_tile_lines(""));
}

static void what_the_exercise_sets_shows_in_an_open_group(void **state) {
  room *r = *state;
  tap(r, "group-sheet");
  panel_link_set(&r->s, SHEET, 1);
  assert_true(chosen(r, "control-sheet-2"));
  assert_false(chosen(r, "control-sheet-1"));
  assert_string_equal(widget_find(r->s.view.root, "group-sheet")->detail, "Sheet 2");
}

static void a_press_beside_an_open_group_closes_it_and_draws_nothing(void **state) {
  room *r = *state;
  tap(r, "group-sheet");
  const rect sheet = r->s.view.sheet->rect;
  const rect area = r->s.area->rect;
  assert_true(sheet.x > area.x + area.w / 4); // the picture stays in sight
  point(r, PHASE_DOWN, sheet.x + 4, sheet.y + sheet.h / 2);
  point(r, PHASE_UP, sheet.x + 4, sheet.y + sheet.h / 2);
  assert_non_null(r->s.view.sheet); // its own ground is not beside it
  point(r, PHASE_DOWN, area.x + 20, area.y + 200);
  point(r, PHASE_UP, area.x + 20, area.y + 200);
  assert_null(r->s.view.sheet);
  assert_string_equal(r->s.view.focus->id, "group-sheet");
  ring_slot slot;
  assert_int_not_equal(ring_get(&r->ring, 1, &slot), OK);
}

// ---- Held --------------------------------------------------------------------------------

static void a_short_press_acts_once(void **state) {
  room *r = *state;
  point_at(r, PHASE_DOWN, "control-undo");
  pass(r, 500);
  assert_int_equal(undone(r), 0);
  point_at(r, PHASE_UP, "control-undo");
  assert_int_equal(undone(r), 1);
  pass(r, 2000);
  assert_int_equal(undone(r), 0);
}

static void held_it_acts_again_and_again(void **state) {
  room *r = *state;
  point_at(r, PHASE_DOWN, "control-undo");
  pass(r, 590);
  assert_int_equal(undone(r), 0);
  pass(r, 30);
  assert_int_equal(undone(r), 1);
  pass(r, 500);
  assert_int_equal(undone(r), 2);
  point_at(r, PHASE_UP, "control-undo");
  assert_int_equal(undone(r), 0); // it has acted
  pass(r, 1000);
  assert_int_equal(undone(r), 0);
  tap(r, "control-undo");
  assert_int_equal(undone(r), 1);
}

static void beside_the_button_it_rests(void **state) {
  room *r = *state;
  point_at(r, PHASE_DOWN, "control-undo");
  pass(r, 700);
  assert_int_equal(undone(r), 1);
  point(r, PHASE_MOVE, 640, 400);
  pass(r, 1000);
  assert_int_equal(undone(r), 0);
  point(r, PHASE_UP, 640, 400);
  assert_int_equal(undone(r), 0);
}

static void a_key_is_held_like_a_finger(void **state) {
  room *r = *state;
  assert_true(panel_link_key(&r->s, (chord){SDLK_u, 0}));
  assert_int_equal(undone(r), 1);
  pass(r, 590);
  assert_int_equal(undone(r), 0);
  pass(r, 520);
  assert_int_equal(undone(r), 3);
  panel_hold_key_up(&r->s);
  pass(r, 1000);
  assert_int_equal(undone(r), 0);
}

static void keys_make_it_more_or_less(void **state) {
  room *r = *state;
  double value = 0;
  assert_true(panel_link_key(&r->s, (chord){SDLK_RIGHTBRACKET, 0}));
  assert_int_equal(count(r, GESTO_CONTROL_SET, SIZE, &value), 1);
  assert_true(value == 120);
  assert_true(panel_link_key(&r->s, (chord){SDLK_LEFTBRACKET, 0}));
  assert_int_equal(count(r, GESTO_CONTROL_SET, SIZE, &value), 1);
  assert_true(value == 100);
}

// The arrows of the slider and the keys of the exercise go equally far.
static void keys_go_as_far_as_the_arrows(void **state) {
  room *r = *state;
  double value = 0;
  widget *w = find(r, "control-size");
  assert_true(w->sort->press(w, &r->s.view, KEY_UP, 0));
  assert_int_equal(count(r, GESTO_CONTROL_SET, SIZE, &value), 1);
  assert_true(value == 120);
  panel_link_key(&r->s, (chord){SDLK_LEFTBRACKET, 0});
  assert_true(w->value == 100);
}

// On a small screen the slider lies behind a row.
static void keys_make_it_more_where_no_slider_is(void **state) {
  room *r = *state;
  double value = 0;
  const panel_link *l = &r->s.links[7];
  view_resize(&r->s.view, 1024, 400);
  stage_rebuild(&r->s);
  turn(r);
  assert_null(l->widget);
  assert_true(panel_link_key(&r->s, (chord){SDLK_RIGHTBRACKET, 0}));
  assert_int_equal(count(r, GESTO_CONTROL_SET, SIZE, &value), 1);
  assert_true(value == 120 && l->value == 120);
  for (int i = 0; i < 20; i++) panel_link_key(&r->s, (chord){SDLK_LEFTBRACKET, 0});
  assert_int_equal(count(r, GESTO_CONTROL_SET, SIZE, &value), 6); // none beyond its end
  assert_true(value == 10);
}

static void a_key_goes_on_to_the_next_colour(void **state) {
  room *r = *state;
  double value = 0;
  panel_link_take(&r->s.links[1], palette_colour(3));
  assert_int_equal(count(r, GESTO_CONTROL_SET, COLOUR, NULL), 1);
  assert_true(panel_link_key(&r->s, (chord){SDLK_c, 0}));
  assert_int_equal(count(r, GESTO_CONTROL_SET, COLOUR, &value), 1);
  assert_true(value == palette_colour(4));
  panel_link_take(&r->s.links[1], palette_colour(PALETTE_COLOURS - 1));
  panel_link_key(&r->s, (chord){SDLK_c, 0});
  assert_int_equal(count(r, GESTO_CONTROL_SET, COLOUR, &value), 2);
  assert_true(value == palette_colour(0));
}

static void it_ends_with_what_there_is_to_do(void **state) {
  room *r = *state;
  panel_link_key(&r->s, (chord){SDLK_u, 0});
  pass(r, 700);
  assert_int_equal(undone(r), 2);
  panel_link_set(&r->s, UNDO, 1); // nothing more
  pass(r, 1000);
  assert_int_equal(undone(r), 0);
}

// ---- Greyed, and instead -----------------------------------------------------------------

static void a_button_that_has_nothing_to_do_is_grey_and_keeps_its_place(void **state) {
  room *r = *state;
  const rect before = find(r, "control-undo")->rect;
  panel_link_set(&r->s, UNDO, 1);
  view_place(&r->s.view);
  const widget *w = find(r, "control-undo");
  assert_true(widget_is(w, STATE_DISABLED));
  assert_memory_equal(&before, &w->rect, sizeof before);
  tap(r, "control-undo");
  assert_int_equal(undone(r), 0);
  stage_rebuild(&r->s);
  assert_true(widget_is(find(r, "control-undo"), STATE_DISABLED));
  r->s.now_us += 1000 * 1000;
  panel_link_set(&r->s, UNDO, 0);
  assert_false(widget_is(find(r, "control-undo"), STATE_DISABLED));
}

static void what_a_work_begins_with_shows_at_once(void **state) {
  room *r = *state;
  panel_link_set(&r->s, UNDO, 1);
  panel_link_set(&r->s, MORE, 1);
  assert_true(widget_is(find(r, "control-undo"), STATE_DISABLED));
  assert_true(chosen(r, "control-more"));
  assert_int_equal(panel_link_wait_ms(&r->s), -1);
  panel_link_set(&r->s, UNDO, 0);
  panel_link_set(&r->s, MORE, 0); // from now on no panel flashes
  assert_false(widget_is(find(r, "control-undo"), STATE_DISABLED));
  assert_true(chosen(r, "control-more"));
  r->s.now_us += 1000 * 1000;
  panel_link_show_late(&r->s);
  assert_false(chosen(r, "control-more"));
}

static void one_choice_stands_in_for_the_tools(void **state) {
  room *r = *state;
  assert_true(chosen(r, "control-tool-ink"));
  assert_null(find(r, "control-more")->detail);
  panel_link_set(&r->s, MORE, 1);
  assert_false(chosen(r, "control-tool-ink"));
  assert_true(chosen(r, "control-more"));
  assert_string_equal(find(r, "control-more")->detail, "Oil paint");
  stage_rebuild(&r->s);
  assert_false(chosen(r, "control-tool-ink"));
  r->s.now_us += 1000 * 1000;
  panel_link_set(&r->s, MORE, 0);
  assert_true(chosen(r, "control-tool-ink"));
  assert_false(chosen(r, "control-more"));
}

// ---- Beside the work ---------------------------------------------------------------------

static void a_missed_button_draws_nothing(void **state) {
  room *r = *state;
  const rect area = r->s.area->rect;
  const rect left = find(r, "control-tool-ink")->rect;
  const rect right = find(r, "mix")->rect;
  const double y = left.y + left.h / 2;
  assert_true(area.x - (left.x + left.w) >= 16);
  assert_true(right.x - (area.x + area.w) >= 16);
  for (int i = 1; left.x + left.w + i < area.x; i += 2) {
    const double x = left.x + left.w + i;
    point(r, PHASE_DOWN, x, y);
    point(r, PHASE_MOVE, area.x + 100, y); // nor does what began there
    point(r, PHASE_UP, area.x + 100, y);
  }
  ring_slot slot;
  assert_int_not_equal(ring_get(&r->ring, 1, &slot), OK);
  point(r, PHASE_DOWN, area.x + 1, y);
  point(r, PHASE_UP, area.x + 1, y);
  assert_int_equal(ring_get(&r->ring, 1, &slot), OK);
}

static void point_pen(room *r, phase what, double x, double y) {
  const pointer p = {.phase = what,
    .source = 2,
    .tool = GESTO_PEN,
    .x = x,
    .y = y,
    .time_us = r->s.now_us};
  view_point(&r->s.view, &p);
}

static void wait_for_fade(room *r, int ms) {
  for (int i = 0; i < ms; i += 20) {
    r->s.now_us += 20 * 1000;
    panel_fade_turn(&r->s);
  }
}

static double fade(room *r, const char *id) { return find(r, id)->fade; }

static void a_panel_makes_way_for_a_pen(void **state) {
  room *r = *state;
  const rect area = r->s.area->rect;
  point_pen(r, PHASE_DOWN, area.x + 400, 400);
  wait_for_fade(r, 400);
  assert_true(fade(r, "panel-left") <= 0 && fade(r, "panel-right") <= 0);
  point_pen(r, PHASE_MOVE, area.x + 30, 400);
  wait_for_fade(r, 400);
  assert_float_equal(fade(r, "panel-left"), 0.7, 1e-9);
  assert_true(fade(r, "panel-right") <= 0);
  assert_true(panel_fade_wait_ms(&r->s) > 0);
  point_pen(r, PHASE_UP, area.x + 30, 400);
  wait_for_fade(r, 200);
  assert_float_equal(fade(r, "panel-left"), 0.7, 1e-9); // the next stroke may come
  wait_for_fade(r, 400);
  assert_true(fade(r, "panel-left") <= 0);
  assert_int_equal(panel_fade_wait_ms(&r->s), -1);
}

static void with_little_motion_it_does_so_at_once(void **state) {
  room *r = *state;
  const rect area = r->s.area->rect;
  r->s.view.still = true;
  point_pen(r, PHASE_DOWN, area.x + 30, 400);
  wait_for_fade(r, 60);
  assert_float_equal(fade(r, "panel-left"), 0.7, 1e-9);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    IN_A_ROOM(a_group_stands_behind_one_row),
    IN_A_ROOM(only_what_is_there_is_offered),
    IN_A_ROOM(a_key_leads_to_no_other_file),
    IN_A_ROOM(a_choice_is_drawn_by_its_lines),
    IN_A_ROOM(choices_stand_in_the_order_of_their_use),
    IN_A_ROOM(what_the_exercise_sets_shows_in_an_open_group),
    IN_A_ROOM(a_press_beside_an_open_group_closes_it_and_draws_nothing),
    IN_A_ROOM(a_short_press_acts_once),
    IN_A_ROOM(held_it_acts_again_and_again),
    IN_A_ROOM(beside_the_button_it_rests),
    IN_A_ROOM(a_key_is_held_like_a_finger),
    IN_A_ROOM(keys_make_it_more_or_less),
    IN_A_ROOM(keys_go_as_far_as_the_arrows),
    IN_A_ROOM(keys_make_it_more_where_no_slider_is),
    IN_A_ROOM(a_key_goes_on_to_the_next_colour),
    IN_A_ROOM(it_ends_with_what_there_is_to_do),
    IN_A_ROOM(a_button_that_has_nothing_to_do_is_grey_and_keeps_its_place),
    IN_A_ROOM(what_a_work_begins_with_shows_at_once),
    IN_A_ROOM(one_choice_stands_in_for_the_tools),
    IN_A_ROOM(a_missed_button_draws_nothing),
    IN_A_ROOM(a_panel_makes_way_for_a_pen),
    IN_A_ROOM(with_little_motion_it_does_so_at_once),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
