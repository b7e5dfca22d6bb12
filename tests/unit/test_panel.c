// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base ui light stage
// The panel of an exercise in the client's window: groups behind one row, what acts again
// while it is held, what is greyed, one choice that stands in for another, and colours that
// are mixed. What reaches the exercise is read from the ring.
#include "core/stage/choice_tile.h"
#include "core/stage/messages.h"
#include "core/stage/mix_pad.h"
#include "core/stage/palette.h"
#include "core/ui/events.h"
#include "core/ui/focus.h"
#include "tests/unit/stage_hand.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { TOOL = 1, COLOUR, MORE, UNDO, SHEET, SHOWN, THERE, SIZE };

static const char declared[] =
  "{\"id\":\"org.gesto.test\",\"name\":\"Test\",\"version\":\"1\",\"purpose\":{},"
  "\"controls\":["
  "{\"id\":1,\"kind\":\"choice\",\"flags\":[],\"key\":\"tool\",\"name\":\"Tool\","
  "\"choices\":[{\"key\":\"pencil\",\"name\":\"Pencil\"},{\"key\":\"ink\","
  "\"name\":\"Ink\"}],\"initial\":1},"
  "{\"id\":2,\"kind\":\"colour\",\"flags\":[],\"key\":\"colour\",\"name\":\"Colour\","
  "\"initial\":3106667,\"keys\":\"c\"},"
  "{\"id\":3,\"kind\":\"choice\",\"flags\":[\"instead\"],\"key\":\"more\","
  "\"name\":\"More\",\"choices\":[{\"key\":\"none\",\"name\":\"None\"},"
  "{\"key\":\"oil\",\"name\":\"Oil paint\"},{\"key\":\"fill\",\"name\":\"Fill\"}],"
  "\"order\":\"none fill nobody\"},"
  "{\"id\":4,\"kind\":\"button\",\"flags\":[\"at-hand\",\"repeats\"],\"key\":\"undo\","
  "\"name\":\"Undo\",\"keys\":\"u ctrl+z\"},"
  "{\"id\":5,\"kind\":\"choice\",\"flags\":[],\"key\":\"sheet\",\"name\":\"Sheet\","
  "\"group\":\"Sheets\",\"choices\":[{\"key\":\"1\",\"name\":\"Sheet 1\"},"
  "{\"key\":\"2\",\"name\":\"Sheet 2\"}],\"limit\":7},"
  "{\"id\":6,\"kind\":\"toggle\",\"flags\":[],\"key\":\"shown\",\"name\":\"Shown\","
  "\"group\":\"Sheets\",\"initial\":1},"
  "{\"id\":7,\"kind\":\"range\",\"flags\":[\"unseen\"],\"key\":\"there\",\"name\":"
  "\"There\","
  "\"low\":1,\"high\":2,\"step\":1,\"initial\":1},"
  "{\"id\":8,\"kind\":\"range\",\"flags\":[],\"key\":\"size\",\"name\":\"Size\","
  "\"low\":10,\"high\":400,\"step\":5,\"initial\":100,\"keys\":\"[ ]\"}"
  "]}";

typedef struct room {
  stage s;
  int fd;
  ring ring;
  uint64_t read;
} room;

static int set_up(void **state) {
  static room all;
  room *r = &all;
  memset(r, 0, sizeof *r);
  r->fd = stage_hand_begin(&r->s, &r->ring, declared);
  r->s.now_us = 1000 * 1000;
  *state = r;
  return 0;
}

static int tear_down(void **state) {
  room *r = *state;
  stage_hand_end(&r->s, &r->ring, r->fd);
  return 0;
}

static widget *find(room *r, const char *id) {
  widget *w = widget_find(view_top(&r->s.view), id);
  if (!w) fail_msg("there is no %s", id);
  return w;
}

static bool chosen(room *r, const char *id) {
  return widget_is(find(r, id), STATE_SELECTED);
}

static void turn(room *r) {
  stage_turn(&r->s);
  view_place(&r->s.view);
}

static void point(room *r, phase what, double x, double y) {
  r->s.now_us += 10 * 1000;
  const pointer p = {.phase = what, .source = 1, .x = x, .y = y, .time_us = r->s.now_us};
  view_point(&r->s.view, &p);
  turn(r);
}

static void point_at(room *r, phase what, const char *id) {
  const rect at = find(r, id)->rect;
  point(r, what, at.x + at.w / 2, at.y + at.h / 2);
}

static void tap(room *r, const char *id) {
  point_at(r, PHASE_DOWN, id);
  point_at(r, PHASE_UP, id);
}

// How often the control was set or its button acted since this was asked last.
static int count(room *r, uint16_t type, uint32_t id, double *value) {
  int times = 0;
  ring_slot slot;
  while (ring_get(&r->ring, r->read + 1, &slot) == OK) {
    r->read++;
    const gesto_event *e = &slot.as.event;
    if (e->type != type || e->as.control.id != id) continue;
    times++;
    if (value) *value = e->as.control.value;
  }
  return times;
}

static int undone(room *r) { return count(r, GESTO_ACTION, UNDO, NULL); }

// As the loop does it, in small steps.
static void pass(room *r, int ms) {
  for (int i = 0; i < ms; i += 10) {
    r->s.now_us += 10 * 1000;
    panel_hold_turn(&r->s);
  }
}

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

// ---- Names of colours --------------------------------------------------------------------

static const char *named(room *r) {
  view_tick(&r->s.view, r->s.now_us);
  const widget *w = hand_named(&r->s.view);
  return w ? w->label : "nobody";
}

static void a_colour_has_its_name_by_key_by_rest_and_by_a_long_press(void **state) {
  room *r = *state;
  assert_string_equal(named(r), "nobody");
  focus_set(&r->s.view, find(r, "control-colour-c42f50"));
  focus_show_ring(&r->s.view, true);
  assert_string_equal(named(r), "Red");
  focus_show_ring(&r->s.view, false);
  point_at(r, PHASE_HOVER, "control-colour-6e4474");
  assert_string_equal(named(r), "nobody");
  r->s.now_us += 800 * 1000;
  assert_string_equal(named(r), "Purple");
  point_at(r, PHASE_HOVER, "control-tool-ink"); // its word is there
  r->s.now_us += 800 * 1000;
  assert_string_equal(named(r), "nobody");
  point_at(r, PHASE_DOWN, "control-colour-2a7dbf");
  r->s.now_us += 1000 * 1000;
  assert_string_equal(named(r), "Blue");
  point_at(r, PHASE_UP, "control-colour-2a7dbf");
  assert_string_equal(named(r), "nobody");
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

// ---- Mixing ------------------------------------------------------------------------------

static uint32_t colour_set(room *r) {
  double value = -1;
  count(r, GESTO_CONTROL_SET, COLOUR, &value);
  return value < 0 ? 0x1000000 : (uint32_t)value;
}

static void a_colour_is_taken_apart_and_put_together_again(void **state) {
  (void)state;
  for (uint32_t rgb = 0; rgb <= 0xFFFFFF; rgb += 4099) {
    const uint32_t back = colour_rgb(colour_of(rgb));
    for (int shift = 0; shift < 24; shift += 8)
      assert_in_range((back >> shift & 255) + 1 - (rgb >> shift & 255), 0, 2);
  }
}

static void colours_have_plain_names(void **state) {
  (void)state;
  static const struct {
    uint32_t rgb;
    const char *name;
  } known[] = {{0xFFFFFF, "White"}, {0x000000, "Black"}, {0x808080, "Grey"},
    {0xFF0000, "Red"}, {0xFFA500, "Orange"}, {0xFFFF00, "Yellow"}, {0x008000, "Green"},
    {0x0000FF, "Blue"}, {0xADD8E6, "Light greenish blue"}, {0x000080, "Dark blue"},
    {0xFFC0CB, "Light pink"}, {0x8B4513, "Brown"}, {0x800080, "Dark purple"}};
  for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
    char words[128];
    colour_name(known[i].rgb, words, sizeof words);
    assert_string_equal(words, known[i].name);
  }
}

static void a_colour_is_mixed_on_a_pad(void **state) {
  room *r = *state;
  tap(r, "mix");
  assert_string_equal(r->s.view.sheet->id, "sheet-mix");
  const rect pad = find(r, "mix-pad")->rect;
  assert_true(pad.w == 320 && pad.h == 320);
  point(r, PHASE_DOWN, pad.x + 20, pad.y + 100);
  point(r, PHASE_MOVE, pad.x + 240, pad.y + 80);
  assert_true(colour_set(r) > 0xFFFFFF); // only where it is let go of
  const uint32_t shown = find(r, "mix-now")->colour;
  point(r, PHASE_UP, pad.x + 240, pad.y + 80);
  assert_int_equal(colour_set(r), shown);
  assert_string_equal(find(r, "mix-name")->label, "Light blue");
  tap(r, "done");
  assert_true(chosen(r, "mix")); // it is no colour that lies ready
  assert_int_equal(find(r, "mix")->colour, shown);
}

static void keys_mix_too(void **state) {
  room *r = *state;
  tap(r, "mix");
  assert_string_equal(r->s.view.focus->id, "mix-pad");
  const colour before = mix_pad_colour(find(r, "mix-pad"));
  view_press(&r->s.view, KEY_RIGHT, 0);
  view_press(&r->s.view, KEY_PAGE_UP, 0);
  const colour after = mix_pad_colour(find(r, "mix-pad"));
  assert_true(after.hue > before.hue && after.light > before.light);
  assert_int_equal(colour_set(r), colour_rgb(after));
  view_press(&r->s.view, KEY_END, 0);
  view_press(&r->s.view, KEY_RIGHT, 0); // round
  assert_true(mix_pad_colour(find(r, "mix-pad")).hue < 0.1);
}

static void the_colour_before_and_the_last_ten_come_back_by_a_press(void **state) {
  room *r = *state;
  uint32_t mixed[12];
  for (int i = 0; i < 12; i++) {
    tap(r, "mix");
    const rect pad = find(r, "mix-pad")->rect;
    point(r, PHASE_DOWN, pad.x + 12 + 26 * i, pad.y + 120);
    point(r, PHASE_UP, pad.x + 12 + 26 * i, pad.y + 120);
    mixed[i] = colour_set(r);
    tap(r, "done");
  }
  tap(r, "mix");
  assert_null(widget_find(r->s.view.sheet, "mix-last-11"));
  assert_int_equal(find(r, "mix-last-1")->colour, mixed[11]);
  assert_int_equal(find(r, "mix-last-10")->colour, mixed[2]);
  tap(r, "mix-last-3");
  assert_int_equal(colour_set(r), mixed[9]);
  tap(r, "mix-before");
  assert_int_equal(colour_set(r), mixed[11]);
  json_t *said = mix_said(&r->s); // a window that is opened anew has them, too
  r->s.mixing.count = 0;
  mix_read(&r->s, said);
  json_decref(said);
  assert_int_equal(r->s.mixing.count, 10);
  assert_int_equal(r->s.mixing.last[0], mixed[11]);
  assert_int_equal(r->s.mixing.last[9], mixed[2]);
}

static void one_switch_mixes_by_hue_and_then_by_lightness(void **state) {
  room *r = *state;
  tap(r, "mix");
  assert_true(view_enter(&r->s.view, find(r, "mix-pad")));
  widget *hue = widget_find(r->s.view.over, "mix-hue-8");
  assert_non_null(hue);
  view_press_on(&r->s.view, hue, KEY_ENTER, 0);
  assert_true(colour_set(r) <= 0xFFFFFF);
  widget *dark = widget_find(r->s.view.over, "mix-light-6");
  assert_non_null(dark);
  const uint32_t wanted = dark->colour;
  view_press_on(&r->s.view, dark, KEY_ENTER, 0);
  assert_int_equal(colour_set(r), wanted);
  assert_null(r->s.view.over);
}

int main(void) {
#define IN_A_ROOM(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
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
    IN_A_ROOM(one_choice_stands_in_for_the_tools),
    IN_A_ROOM(a_colour_has_its_name_by_key_by_rest_and_by_a_long_press),
    IN_A_ROOM(a_missed_button_draws_nothing),
    IN_A_ROOM(a_panel_makes_way_for_a_pen),
    IN_A_ROOM(with_little_motion_it_does_so_at_once),
    cmocka_unit_test(a_colour_is_taken_apart_and_put_together_again),
    cmocka_unit_test(colours_have_plain_names),
    IN_A_ROOM(a_colour_is_mixed_on_a_pad),
    IN_A_ROOM(keys_mix_too),
    IN_A_ROOM(the_colour_before_and_the_last_ten_come_back_by_a_press),
    IN_A_ROOM(one_switch_mixes_by_hue_and_then_by_lightness),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
