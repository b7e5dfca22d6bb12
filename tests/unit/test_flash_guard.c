// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base ui light
// The flash guard: what it lets through as it is, and that what shows holds WCAG 2.3.1 by a
// count of its own (tests/tools/light_count.h).
#include "core/light/flash_count.h"
#include "core/light/flash_guard.h"
#include "tests/tools/light_count.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum {
  W = 400,
  H = 300,
  BLOCK = 10,
  BLOCKS = (W / BLOCK) * (H / BLOCK),
  FRAME_US = 16667
};
enum { BLACK = 0, WHITE = 0xFFFFFF, RED = 0xFF0000 };
#define ALL ((page_rect){0, 0, W, H})

typedef struct show { // a guarded picture, its time, and both counts
  flash_guard *guard;
  uint32_t wanted[W * H], shown[W * H];
  uint64_t now_us;
  bool begun;
  double linear[256];
  light_count of_shown, of_wanted;
} show;

static show *open_show(void) {
  show *s = calloc(1, sizeof *s);
  assert_non_null(s);
  s->guard = flash_guard_create();
  assert_non_null(s->guard);
  s->now_us = 5000000;
  for (int i = 0; i < 256; i++) s->linear[i] = light_linear(i);
  s->of_shown = light_count_of(W / BLOCK, H / BLOCK);
  s->of_wanted = light_count_of(W / BLOCK, H / BLOCK);
  return s;
}

static void close_show(show *s) {
  flash_guard_destroy(s->guard);
  light_count_finish(&s->of_shown);
  light_count_finish(&s->of_wanted);
  free(s);
}

static void fill(show *s, page_rect r, uint32_t colour) {
  for (uint32_t y = r.y; y < r.y + r.h; y++)
    for (uint32_t x = r.x; x < r.x + r.w; x++) s->wanted[y * W + x] = colour;
}

// Nine pixels of a block stand for it.
static void count(const show *s, light_count *c, const uint32_t *pixels) {
  static light_rgb blocks[BLOCKS];
  for (int i = 0; i < BLOCKS; i++) {
    const int x = i % (W / BLOCK) * BLOCK;
    const int y = i / (W / BLOCK) * BLOCK;
    blocks[i] = (light_rgb){0};
    for (int n = 0; n < 9; n++) {
      const uint32_t p = pixels[(y + 1 + n / 3 * 4) * W + x + 1 + n % 3 * 4];
      blocks[i].r += s->linear[p >> 16 & 255] / 9;
      blocks[i].g += s->linear[p >> 8 & 255] / 9;
      blocks[i].b += s->linear[p & 255] / 9;
    }
  }
  const double now = (double)s->now_us / 1e6;
  light_show(c, blocks, (light_span){now, now});
}

static page_rect pass(show *s, const page_rect *rects, uint32_t rect_count) {
  const flash_picture p = {.wanted = s->wanted,
    .shown = s->shown,
    .width = W,
    .height = H,
    .stride = W,
    .anew = !s->begun};
  s->begun = true;
  return flash_guard_pass(s->guard, &p, rects, rect_count, s->now_us);
}

// One frame: what changed, or nothing.
static void frame(show *s, const page_rect *changed) {
  pass(s, changed, changed ? 1 : 0);
  count(s, &s->of_shown, s->shown);
  count(s, &s->of_wanted, s->wanted);
  s->now_us += FRAME_US;
}

static bool is_as_wanted(const show *s) {
  return memcmp(s->shown, s->wanted, sizeof s->shown) == 0;
}

static void flip(
  show *s, page_rect r, double hertz, double seconds, const uint32_t two[2]) {
  const uint64_t from = s->now_us;
  const uint64_t until = from + (uint64_t)(seconds * 1e6);
  int last = -1;
  while (s->now_us < until) {
    const int phase = (int)((double)(s->now_us - from) / 1e6 * hertz * 2) % 2;
    if (phase != last) fill(s, r, two[phase]);
    frame(s, phase != last ? &r : NULL);
    last = phase;
  }
}

static void holds(const show *s) {
  if (light_share(&s->of_shown, false) > 0.25) fail_msg("too much of it flashes");
  if (light_share(&s->of_shown, true) > 0.25) fail_msg("too much of it flashes red");
  assert_in_range(light_whole(&s->of_shown, false), 0, LIGHT_MOST);
  assert_in_range(light_whole(&s->of_shown, true), 0, LIGHT_MOST);
}

// ---- What is guarded ---------------------------------------------------------------------

static void a_strobe_is_held(void **state) {
  static const uint32_t two[2] = {BLACK, WHITE};
  static const double hertz[] = {3.1, 4, 5, 10, 15, 30};
  (void)state;
  for (size_t i = 0; i < sizeof hertz / sizeof *hertz; i++) {
    show *s = open_show();
    flip(s, ALL, hertz[i], 4, two);
    assert_true(light_share(&s->of_wanted, false) == 1);
    assert_true(light_share(&s->of_shown, false) == 0);
    assert_true(flash_guard_times(s->guard) > 0);
    holds(s);
    close_show(s);
  }
}

static void a_red_strobe_is_held(void **state) {
  static const uint32_t pairs[][2] = {
    {RED, BLACK}, {RED, 0x008282}, {0xA00000, 0x1030A0}};
  (void)state;
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
    show *s = open_show();
    flip(s, ALL, 10, 3, pairs[i]);
    assert_true(light_share(&s->of_wanted, true) == 1);
    assert_true(light_share(&s->of_shown, true) == 0);
    holds(s);
    close_show(s);
  }
}

// No square of the pattern is as wide as a cell, and the mean of each stays the same.
static void a_pattern_that_is_reversed_is_held(void **state) {
  (void)state;
  show *s = open_show();
  for (int n = 0; n < 240; n++) {
    for (uint32_t i = 0; i < W * H; i++)
      s->wanted[i] = (i % W / 5 + i / W / 5 + (uint32_t)(n / 3)) % 2 ? WHITE : BLACK;
    frame(s, &ALL);
  }
  assert_true(light_share(&s->of_wanted, false) > 0.9);
  holds(s);
  close_show(s);
}

// Each third flashes twice a second, in turns: together six times.
static void parts_that_take_turns_are_held(void **state) {
  (void)state;
  show *s = open_show();
  for (int n = 0; n < 300; n++) {
    fill(s, ALL, BLACK);
    const uint32_t third = (uint32_t)(n / 10 % 3);
    if (n % 10 < 5) fill(s, (page_rect){third * (W / 3), 0, W / 3, H}, WHITE);
    frame(s, &ALL);
  }
  assert_true(light_share(&s->of_wanted, false) < 0.1); // where two thirds meet
  assert_in_range(light_whole(&s->of_wanted, false), LIGHT_MOST + 1, 60);
  holds(s);
  close_show(s);
}

static void many_rectangles_are_one_area(void **state) {
  (void)state;
  show *s = open_show();
  fill(s, ALL, BLACK);
  frame(s, &ALL);
  for (int n = 0; n < 400; n++) { // a different strip in each frame, each of them at 6 Hz
    const page_rect strip = {(uint32_t)(n % 5) * (W / 5), 0, W / 5, H};
    fill(s, strip, n / 5 % 2 ? WHITE : BLACK);
    frame(s, &strip);
  }
  assert_true(light_share(&s->of_wanted, false) > 0.9);
  holds(s);
  close_show(s);
}

static void stripes_at(show *s, uint32_t y) {
  for (uint32_t i = 0; i < W * H; i++)
    s->wanted[i] = (i / W + y) / 20 % 2 ? WHITE : BLACK;
}

// Stripes that go by, a new place in each frame or only as often as there is room for it.
static uint32_t moved_for(show *s, int frames, bool spared) {
  uint32_t moves = 0;
  uint64_t last_us = 0;
  for (int n = 0; n < frames; n++) {
    const uint32_t changes = flash_guard_changes(s->guard, s->now_us);
    const bool soon = changes > 2 && s->now_us - last_us < 210000;
    const bool waits = soon || changes == FLASH_CHANGES;
    if (!spared || !waits) {
      stripes_at(s, 7 * ++moves);
      last_us = s->now_us;
      frame(s, &ALL);
    } else {
      frame(s, NULL);
    }
  }
  return moves;
}

static void who_moves_all_of_it_can_keep_clear(void **state) {
  (void)state;
  show *s = open_show();
  assert_int_equal(flash_guard_changes(s->guard, s->now_us), 0);
  const uint32_t moves = moved_for(s, 300, true);
  assert_in_range(moves, 15, 40);
  assert_int_equal(flash_guard_times(s->guard), 0);
  assert_true(is_as_wanted(s));
  holds(s);
  assert_int_equal(moved_for(s, 60, false), 60);
  assert_true(flash_guard_times(s->guard) > 0); // it would have been held
  assert_int_equal(flash_guard_changes(s->guard, s->now_us), FLASH_CHANGES);
  close_show(s);
}

static void small_parts_leave_room(void **state) {
  static const uint32_t two[2] = {BLACK, WHITE};
  (void)state;
  show *s = open_show();
  flip(s, (page_rect){180, 130, 30, 30}, 4, 2, two);
  assert_int_equal(flash_guard_changes(s->guard, s->now_us), 0);
  close_show(s);
}

// A tenth of the area, anywhere: it is much of the field that looks at it.
static void a_small_strobe_is_held_wherever_it_is(void **state) {
  static const uint32_t two[2] = {BLACK, WHITE};
  static const page_rect places[] = {{0, 0, 126, 95}, {137, 102, 126, 95},
    {W - 126, H - 95, 126, 95}, {3, 120, 390, 31}, {200, 5, 41, 290}};
  (void)state;
  for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
    show *s = open_show();
    fill(s, ALL, WHITE);
    frame(s, &ALL);
    flip(s, places[i], 10, 3, two);
    assert_true(light_share(&s->of_wanted, false) > 0.25);
    assert_true(flash_guard_times(s->guard) > 0);
    holds(s);
    close_show(s);
  }
}

// What a field is goes by the window, of which the picture is a part.
static void a_field_is_a_third_of_the_window(void **state) {
  static const uint32_t two[2] = {BLACK, WHITE};
  const page_rect part = {100, 100, 70, 60};
  (void)state;
  for (uint32_t larger = 0; larger < 2; larger++) {
    show *s = open_show();
    if (larger) flash_guard_set_field(s->guard, W / 2, H / 2);
    fill(s, ALL, WHITE);
    frame(s, &ALL);
    flip(s, part, 10, 3, two);
    assert_int_equal(flash_guard_times(s->guard) > 0, !larger);
    close_show(s);
  }
}

// Chance: patches of any size flash at any time; whatever comes, the limits hold.
static void whatever_comes_the_limits_hold(void **state) {
  (void)state;
  for (uint32_t seed = 1; seed <= 6; seed++) {
    show *s = open_show();
    uint32_t chance = seed * 7919;
    for (int n = 0; n < 300; n++) {
      chance = chance * 1664525u + 1013904223u;
      const uint32_t x = (chance >> 8) % (W / 2);
      const uint32_t y = (chance >> 16) % (H / 2);
      page_rect r = {
        x, y, W - x - (chance >> 20) % (W / 2), H - y - (chance >> 4) % (H / 2)};
      if (chance >> 30 == 0) r = ALL;
      fill(s, r,
        chance >> 29 & 1     ? (seed % 3 ? WHITE : RED)
          : chance >> 28 & 1 ? BLACK
                             : 0x8080FF);
      frame(s, &r);
    }
    // The two counts look at other pixels.
    assert_true(light_share(&s->of_shown, false) < 0.27);
    assert_true(light_share(&s->of_shown, true) < 0.27);
    assert_true(light_share(&s->of_wanted, false) > 0.9);
    close_show(s);
  }
}

static void it_eases_within_half_a_second(void **state) {
  static const uint32_t two[2] = {BLACK, WHITE};
  (void)state;
  show *s = open_show();
  flip(s, ALL, 10, 2, two);
  assert_true(flash_guard_eases(s->guard));
  const bool up = (s->shown[0] & 255) < 128;
  for (uint32_t i = 0; i < W * H; i++)
    s->wanted[i] = i % W > W / 2 ? 0x704030 : up ? 0xE0E0E0 : 0x202020;
  frame(s, &ALL);
  int frames = 0;
  int last = s->shown[0] & 255;
  for (; flash_guard_eases(s->guard) && frames < 100; frames++) {
    frame(s, NULL);
    const int now = s->shown[0] & 255;
    assert_in_range((up ? now - last : last - now), 0, 20); // one way, in small steps
    last = now;
  }
  assert_in_range(frames, 25, 32);
  assert_true(is_as_wanted(s));
  holds(s);
  close_show(s);
}

static void what_slept_does_not_jump(void **state) {
  static const uint32_t two[2] = {BLACK, WHITE};
  (void)state;
  show *s = open_show();
  flip(s, ALL, 10, 2, two);
  const int before = s->shown[0] & 255;
  fill(s, ALL, before < 128 ? WHITE : BLACK);
  frame(s, &ALL);
  s->now_us += 3000000;
  frame(s, NULL);
  assert_in_range(abs((int)(s->shown[0] & 255) - before), 0, 20);
  close_show(s);
}

// What shows in a frame of another size is counted on, though nothing can be kept there.
static void another_size_forgets_nothing(void **state) {
  (void)state;
  show *s = open_show();
  for (int n = 0; n < 4; n++) {
    fill(s, ALL, n % 2 ? BLACK : WHITE);
    s->begun = false;
    frame(s, &ALL);
  }
  fill(s, ALL, WHITE);
  frame(s, &ALL);
  assert_true(is_as_wanted(s)); // the fifth change
  fill(s, ALL, BLACK);
  frame(s, &ALL);
  assert_int_equal(s->shown[0], WHITE);
  assert_true(flash_guard_eases(s->guard));
  close_show(s);
}

// It is a change from the page before, also where all the others come in less than a look.
static void the_first_picture_counts(void **state) {
  (void)state;
  show *s = open_show();
  frame(s, &ALL);
  for (int n = 1; n <= 5; n++) {
    fill(s, ALL, n % 2 ? WHITE : BLACK);
    pass(s, &ALL, 1);
    assert_int_equal(is_as_wanted(s), n < 5);
    s->now_us += 1000;
  }
  close_show(s);
}

// ---- What is let through -----------------------------------------------------------------

static void two_hertz_is_allowed(void **state) {
  static const uint32_t two[2] = {BLACK, WHITE};
  (void)state;
  show *s = open_show();
  for (int n = 0; n < 600; n++) {
    if (n % 15 == 0) fill(s, ALL, two[n / 15 % 2]);
    frame(s, n % 15 == 0 ? &ALL : NULL);
    assert_true(is_as_wanted(s));
  }
  assert_int_equal(flash_guard_times(s->guard), 0);
  close_show(s);
}

// Two pictures take turns each `apart_us` for `us`, all of it or stripes that change places.
// A screen with `hertz` shows what lies there.
static void flicker(
  show *s, bool stripes, uint64_t apart_us, uint64_t us, uint32_t hertz) {
  const page_rect part = {100, 100, 100, 80};
  const uint64_t from = s->now_us;
  uint64_t screen = from;
  for (uint32_t i = 0; s->now_us < from + us; i++) {
    for (uint32_t x = 0; x < part.w; x += BLOCK)
      fill(s, (page_rect){part.x + x, part.y, BLOCK, part.h},
        (i + stripes * x / BLOCK) % 2 ? BLACK : WHITE);
    pass(s, &part, 1);
    if (s->now_us >= screen) {
      count(s, &s->of_shown, s->shown);
      screen += 1000000 / hertz;
    }
    s->now_us += apart_us;
  }
}

static void no_strobe_is_too_fast(void **state) {
  static const uint64_t apart_us[] = {500, 1000, 2048, 4000, 4096, 8000, 8192, 16384};
  static const uint32_t hertz[] = {60, 144};
  (void)state;
  for (size_t i = 0; i < 4 * sizeof apart_us / sizeof *apart_us; i++) {
    show *s = open_show();
    frame(s, &ALL);
    flicker(s, i & 2, apart_us[i / 4], 3000000, hertz[i & 1]);
    assert_true(flash_guard_times(s->guard) > 0);
    if (!(i & 2)) holds(s); // of stripes a change more may show before it begins
    close_show(s);
  }
}

// As where a line is painted whose tip has no place yet.
static void what_comes_and_goes_at_once_is_no_flash(void **state) {
  (void)state;
  show *s = open_show();
  fill(s, ALL, WHITE);
  frame(s, &ALL);
  flicker(s, true, 1000, 15000, 60);
  assert_true(is_as_wanted(s));
  assert_int_equal(flash_guard_times(s->guard), 0);
  close_show(s);
}

static void changes_that_are_no_flash_are_allowed(void **state) {
  static const uint32_t pairs[][2] = {{0xFFFFFF, 0xEDEDED}, {0x000000, 0x505050},
    {0x606060, 0x707070}, {0xFFE0E0, 0xFFF0F0}};
  (void)state;
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
    show *s = open_show();
    flip(s, ALL, 10, 3, pairs[i]);
    assert_true(is_as_wanted(s));
    assert_int_equal(flash_guard_times(s->guard), 0);
    close_show(s);
  }
}

static void a_moving_sprite_is_untouched(void **state) {
  (void)state;
  show *s = open_show();
  fill(s, ALL, WHITE);
  frame(s, &ALL);
  for (int n = 0; n < 600; n++) {
    const page_rect old = {(uint32_t)(n * 12 % 320), (uint32_t)(n * 5 % 220), 80, 80};
    fill(s, old, WHITE);
    const page_rect at = {
      (uint32_t)((n + 1) * 12 % 320), (uint32_t)((n + 1) * 5 % 220), 80, 80};
    fill(s, at, BLACK);
    const page_rect both[2] = {old, at};
    pass(s, both, 2);
    s->now_us += FRAME_US;
    assert_true(is_as_wanted(s));
  }
  assert_int_equal(flash_guard_times(s->guard), 0);
  close_show(s);
}

static void a_slow_fade_is_untouched(void **state) {
  (void)state;
  show *s = open_show();
  for (int n = 0; n < 600; n++) { // black to white to black, once in four seconds
    const int level = n % 240 < 120 ? n % 240 * 255 / 120 : (240 - n % 240) * 255 / 120;
    fill(s, ALL, (uint32_t)level * 0x010101);
    frame(s, &ALL);
    assert_true(is_as_wanted(s));
  }
  assert_int_equal(flash_guard_times(s->guard), 0);
  close_show(s);
}

// Scribbling, rubbing out and scribbling again, as fast as a hand may ask, in a part that is
// smaller than a quarter of a field of sight.
static void a_small_part_is_never_delayed(void **state) {
  static const uint32_t two[2] = {WHITE, BLACK};
  const page_rect part = {30, 20, 47, 44}; // a field has 125 x 93, as cells go
  (void)state;
  show *s = open_show();
  fill(s, ALL, WHITE);
  frame(s, &ALL);
  for (int n = 0; n < 600; n++) {
    fill(s, part, two[n % 2]);
    frame(s, &part);
    assert_true(is_as_wanted(s));
  }
  assert_int_equal(flash_guard_times(s->guard), 0);
  close_show(s);
}

// Beside a strobe that is held a stroke shows at once.
static void a_stroke_beside_a_strobe_shows(void **state) {
  const page_rect strobe = {0, 0, 200, H};
  (void)state;
  show *s = open_show();
  for (uint32_t n = 0; n < 240; n++) {
    fill(s, strobe, n / 3 % 2 ? WHITE : BLACK);
    const page_rect dab = {220 + n % 170, 40 + n % 200, 8, 8};
    fill(s, dab, 0x303060 + n);
    const page_rect both[2] = {strobe, dab};
    pass(s, both, 2);
    s->now_us += FRAME_US;
    for (uint32_t y = 0; y < H; y++)
      assert_memory_equal(s->shown + y * W + 210, s->wanted + y * W + 210, 190 * 4);
  }
  assert_true(flash_guard_times(s->guard) > 0);
  close_show(s);
}

// ---- Edges -------------------------------------------------------------------------------

static void any_size_and_any_rectangle_will_do(void **state) {
  static const uint32_t sizes[][2] = {
    {1, 1}, {3, 2}, {2, 700}, {16, 16}, {31, 33}, {127, 129}, {801, 3}};
  (void)state;
  flash_guard *g = flash_guard_create();
  uint64_t now = 0;
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
    const uint32_t w = sizes[i][0];
    const uint32_t h = sizes[i][1];
    uint32_t *wanted = calloc((size_t)w * h, 4);
    uint32_t *shown = calloc((size_t)w * h, 4);
    assert_non_null(wanted);
    assert_non_null(shown);
    for (int n = 0; n < 40; n++) {
      memset(wanted, n % 2 ? 0xFF : 0, (size_t)w * h * 4);
      const flash_picture p = {wanted, shown, w, h, w, n == 0};
      const page_rect rects[] = {{0, 0, w, h}, {w - 1, h - 1, 1, 1}, {0, 0, 0, 0}};
      const page_rect beyond = flash_guard_pass(g, &p, rects, 3, now += 30000);
      assert_true(beyond.x + beyond.w <= w && beyond.y + beyond.h <= h);
    }
    free(wanted);
    free(shown);
  }
  flash_guard_destroy(g);
  flash_guard_destroy(NULL);
}

static void luminance_is_that_of_wcag(void **state) {
  flash_scale scale;
  (void)state;
  flash_scale_init(&scale);
  const struct {
    uint32_t colour;
    double luminance;
    bool pure;
  } known[] = {{0xFFFFFF, 1, false}, {0, 0, false}, {0xFF0000, 0.2126, true},
    {0x00FF00, 0.7152, false}, {0x0000FF, 0.0722, false}, {0x777777, 0.184475, false},
    {0xFF4040, 0.252970, true}, {0xFF8080, 0.382569, false}};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
    const uint32_t c = known[i].colour;
    const flash_light light = flash_light_of(&scale, (uint32_t[]){c, c, c, c});
    const double off = light.value[FLASH_GENERAL] / 65535.0 - known[i].luminance;
    if (fabs(off) > 0.0001) fail_msg("%06x is off by %g", c, off);
    assert_int_equal(light.pure, known[i].pure);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_strobe_is_held),
    cmocka_unit_test(a_red_strobe_is_held),
    cmocka_unit_test(a_pattern_that_is_reversed_is_held),
    cmocka_unit_test(parts_that_take_turns_are_held),
    cmocka_unit_test(many_rectangles_are_one_area),
    cmocka_unit_test(a_small_strobe_is_held_wherever_it_is),
    cmocka_unit_test(a_field_is_a_third_of_the_window),
    cmocka_unit_test(whatever_comes_the_limits_hold),
    cmocka_unit_test(it_eases_within_half_a_second),
    cmocka_unit_test(what_slept_does_not_jump),
    cmocka_unit_test(another_size_forgets_nothing),
    cmocka_unit_test(the_first_picture_counts),
    cmocka_unit_test(two_hertz_is_allowed),
    cmocka_unit_test(no_strobe_is_too_fast),
    cmocka_unit_test(what_comes_and_goes_at_once_is_no_flash),
    cmocka_unit_test(changes_that_are_no_flash_are_allowed),
    cmocka_unit_test(a_moving_sprite_is_untouched),
    cmocka_unit_test(a_slow_fade_is_untouched),
    cmocka_unit_test(a_small_part_is_never_delayed),
    cmocka_unit_test(a_stroke_beside_a_strobe_shows),
    cmocka_unit_test(any_size_and_any_rectangle_will_do),
    cmocka_unit_test(who_moves_all_of_it_can_keep_clear),
    cmocka_unit_test(small_parts_leave_room),
    cmocka_unit_test(luminance_is_that_of_wcag),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
