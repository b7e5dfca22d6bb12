// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base ui light stage
// Colours in the panel of an exercise: their names, and how they are mixed.
#include "core/stage/mix_pad.h"
#include "core/stage/palette.h"
#include "core/ui/events.h"
#include "core/ui/focus.h"
#include "tests/unit/panel_hand.h"

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
  const struct CMUnitTest tests[] = {
    IN_A_ROOM(a_colour_has_its_name_by_key_by_rest_and_by_a_long_press),
    cmocka_unit_test(a_colour_is_taken_apart_and_put_together_again),
    cmocka_unit_test(colours_have_plain_names),
    IN_A_ROOM(a_colour_is_mixed_on_a_pad),
    IN_A_ROOM(keys_mix_too),
    IN_A_ROOM(the_colour_before_and_the_last_ten_come_back_by_a_press),
    IN_A_ROOM(one_switch_mixes_by_hue_and_then_by_lightness),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
