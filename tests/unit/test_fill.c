// SPDX-License-Identifier: GPL-3.0-or-later
// Filling: what grows and shrinks in words against the same pixel by pixel, and shapes as
// hands draw them.
#include "tests/unit/canvas_hand.h"

#include "core/studio/bits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
// After those: they are what it needs.
#include <cmocka.h>

static hand_brushes brushes;

// ---- Words against pixels ------------------------------------------------------------

enum { SIDE_MAX = 200 };

typedef struct plain {
  int width, height;
  bool at[SIDE_MAX][SIDE_MAX];
} plain;

static bool is_there(const plain *p, int x, int y, bool outside) {
  if (x < 0 || y < 0 || x >= p->width || y >= p->height) return outside;
  return p->at[y][x];
}

static bits bits_of(const plain *p) {
  bits b;
  assert_int_equal(bits_init(&b, (uint32_t)p->width, (uint32_t)p->height), OK);
  for (int y = 0; y < p->height; y++)
    for (int x = 0; x < p->width; x++)
      if (p->at[y][x]) bits_set(&b, (uint32_t)x, (uint32_t)y);
  return b;
}

static void same(const bits *b, const plain *p) {
  uint32_t there = 0, ones = 0;
  for (int y = 0; y < p->height; y++) {
    for (int x = 0; x < p->width; x++) {
      assert_int_equal(bits_has(b, (uint32_t)x, (uint32_t)y), p->at[y][x]);
      there += p->at[y][x];
    }
  }
  for (uint32_t i = 0; i < bits_count(b); i++)
    ones += (uint32_t)__builtin_popcountll(b->words[i]);
  assert_int_equal(ones, there); // none beyond the rim
}

// Blots, with so many of a hundred pixels at the beginning.
static plain blots(uint64_t *chance, uint32_t of_hundred) {
  plain p = {.width = 1 + (int)hand_chance(chance, SIDE_MAX),
    .height = 1 + (int)hand_chance(chance, SIDE_MAX)};
  for (int y = 0; y < p.height; y++)
    for (int x = 0; x < p.width; x++) {
      const bool near = is_there(&p, x - 1, y, false) || is_there(&p, x, y - 1, false);
      p.at[y][x] = hand_chance(chance, 100) < (near ? 90 : of_hundred);
    }
  return p;
}

static plain shrunk(const plain *p, int reach) {
  plain to = {.width = p->width, .height = p->height};
  for (int y = 0; y < p->height; y++)
    for (int x = 0; x < p->width; x++) {
      bool all = true;
      for (int k = 0; k < (2 * reach + 1) * (2 * reach + 1) && all; k++)
        all = is_there(
          p, x + k % (2 * reach + 1) - reach, y + k / (2 * reach + 1) - reach, true);
      to.at[y][x] = all;
    }
  return to;
}

static plain turned_over(const plain *p) {
  plain to = {.width = p->width, .height = p->height};
  for (int y = 0; y < p->height; y++)
    for (int x = 0; x < p->width; x++) to.at[y][x] = !p->at[y][x];
  return to;
}

static plain grown(const plain *p, const plain *within) {
  plain to = *p;
  for (int y = 0; y < p->height; y++)
    for (int x = 0; x < p->width; x++)
      for (int k = 0; k < 9; k++)
        to.at[y][x] |=
          within->at[y][x] && is_there(p, x + k % 3 - 1, y + k / 3 - 1, false);
  return to;
}

static plain flooded(const plain *p, const plain *through) {
  plain to = *p;
  for (bool more = true; more;) {
    more = false;
    for (int y = 0; y < p->height; y++)
      for (int x = 0; x < p->width; x++) {
        if (to.at[y][x] || !through->at[y][x]) continue;
        to.at[y][x] = is_there(&to, x - 1, y, false) || is_there(&to, x + 1, y, false) ||
          is_there(&to, x, y - 1, false) || is_there(&to, x, y + 1, false);
        more |= to.at[y][x];
      }
  }
  return to;
}

static void words_do_what_pixels_do(void **state) {
  (void)state;
  uint64_t chance = 5;
  for (int i = 0; i < 60; i++) {
    const plain p = blots(&chance, 20 + (uint32_t)i);
    const int reach = i % 9;
    bits b = bits_of(&p), through = bits_of(&p);
    const plain less = shrunk(&p, reach);
    assert_int_equal(bits_shrink(&b, (uint32_t)reach), OK);
    same(&b, &less);
    const plain more = grown(&less, &p);
    assert_int_equal(bits_grow(&b, &through), OK);
    same(&b, &more);
    bits other = bits_of(&p);
    bits_turn_over(&other);
    const plain rest = turned_over(&p);
    same(&other, &rest);
    bits_finish(&other);
    plain seed = {.width = p.width, .height = p.height};
    seed.at[p.height / 2][p.width / 2] = p.at[p.height / 2][p.width / 2];
    bits drop = bits_of(&seed);
    const plain all = flooded(&seed, &p);
    assert_int_equal(bits_flood(&drop, &through), OK);
    same(&drop, &all);
    bits_finish(&b);
    bits_finish(&through);
    bits_finish(&drop);
  }
}

// ---- Shapes --------------------------------------------------------------------------

enum { SIDE = 300 };

static canvas *paper(const char *brush, float scale) {
  canvas *c = NULL;
  const uint32_t side = (uint32_t)(SIDE * scale);
  assert_int_equal(canvas_create(&c, side, side, scale, hand_brush, &brushes), OK);
  assert_int_equal(canvas_set_brush(c, brush), OK);
  return c;
}

static void line(canvas *c, double x0, double y0, double x1, double y1) {
  static double t = 0;
  for (int i = 0; i <= 20; i++) {
    const gesto_event e = hand_event(i == 0 ? GESTO_POINTER_DOWN
        : i < 20                            ? GESTO_POINTER_MOVE
                                            : GESTO_POINTER_UP,
      t += 0.016, x0 + (x1 - x0) * i / 20, y0 + (y1 - y0) * i / 20, 0.5);
    assert_int_equal(canvas_stroke(c, &e), OK);
  }
  t += 1;
}

// With so many corners; open for so many units at one of them.
static void star(canvas *c, int points, double gap) {
  double x[2 * 12], y[2 * 12];
  for (int i = 0; i < 2 * points; i++) {
    const double r = i % 2 ? 50 : 120, a = 3.14159265 * i / points;
    x[i] = 150 + r * sin(a);
    y[i] = 150 - r * cos(a);
  }
  for (int i = 0; i < 2 * points; i++) {
    const int n = (i + 1) % (2 * points);
    const double length = hypot(x[n] - x[i], y[n] - y[i]),
                 cut = i == 1 ? gap / length : 0;
    line(c, x[i] + (x[n] - x[i]) * cut, y[i] + (y[n] - y[i]) * cut, x[n], y[n]);
  }
}

static uint32_t pixel_at(const canvas *c, double x, double y) {
  uint32_t width, height, pixel = 0;
  canvas_size(c, &width, &height);
  const double scale = (double)width / SIDE;
  canvas_render(
    c, (canvas_rect){(int32_t)(x * scale), (int32_t)(y * scale), 1, 1}, &pixel, 4);
  return pixel;
}

static bool is_red(uint32_t p) { return (p >> 16 & 255) > 150 && (p & 255) < 60; }

// How many of a hundred pixels within that ring look filled.
static uint32_t filled(const canvas *c, double from, double to) {
  uint32_t red = 0, all = 0;
  for (int y = 0; y < SIDE; y++)
    for (int x = 0; x < SIDE; x++) {
      const double far = hypot(x - 150, y - 150);
      if (far < from || far >= to) continue;
      red += is_red(pixel_at(c, x, y));
      all++;
    }
  return red * 100 / all;
}

static void gaps_are_closed(void **state) {
  (void)state;
  static const char *const lines[] = {"ink", "pencil", "chalk", "brush"};
  static const double gaps[] = {0, 5, 9, 40};
  for (int b = 0; b < 4; b++) {
    for (int g = 0; g < 4; g++) {
      for (int scale = 1; scale <= 2; scale++) {
        canvas *c = paper(lines[b], (float)scale);
        star(c, 5, gaps[g]);
        assert_int_equal(canvas_set_colour(c, 0xD02020), OK);
        assert_int_equal(canvas_fill(c, 150, 150), OK);
        assert_true(filled(c, 0, 40) > 95);
        const uint32_t outside = filled(c, 135, 150);
        if (g < 3) assert_int_equal(outside, 0);
        if (g == 3 && b < 2) assert_true(outside > 90); // a door is no gap
        canvas_destroy(c);
      }
    }
  }
}

// The tip of a pointed corner is narrower than a gap, and leads nowhere.
static void corners_are_filled(void **state) {
  (void)state;
  canvas *c = paper("ink", 1);
  star(c, 8, 0);
  assert_int_equal(canvas_set_colour(c, 0xD02020), OK);
  assert_int_equal(canvas_fill(c, 150, 150), OK);
  for (int y = 45; y < 150; y++) assert_true(is_red(pixel_at(c, 150, y)));
  assert_true(canvas_undo(c));
  assert_int_equal(canvas_fill(c, 150, 48), OK); // from the very tip, too
  assert_true(is_red(pixel_at(c, 150, 48)));
  assert_int_equal(filled(c, 135, 150), 0);
  canvas_destroy(c);
}

// Colour goes beneath the soft edge of a line, and not out on its far side.
static void no_halo_and_no_leak(void **state) {
  (void)state;
  canvas *c = paper("pencil", 1);
  star(c, 5, 0);
  assert_int_equal(
    canvas_sheet(c, "add", 0), OK); // lines on one sheet, colour on another
  assert_int_equal(canvas_sheet(c, "lower", 2), OK);
  assert_int_equal(canvas_set_colour(c, 0xD02020), OK);
  assert_int_equal(canvas_fill(c, 150, 150), OK);
  assert_int_equal(filled(c, 122, 150), 0);
  assert_true(canvas_undo(c));
  assert_false(is_red(pixel_at(c, 150, 150)));
  assert_true(canvas_redo(c));
  assert_true(is_red(pixel_at(c, 150, 150)));
  canvas_destroy(c);
}

// From the filled paper into a wash, and out of it on the other side: no ragged edge.
static void colour_fades_beneath_soft_paint(void **state) {
  (void)state;
  canvas *c = paper("wash", 1);
  assert_int_equal(canvas_set_size(c, 4), OK);
  assert_int_equal(canvas_set_colour(c, 0xF0D040), OK);
  line(c, 60, 150, 240, 150);
  assert_int_equal(canvas_set_colour(c, 0x102080), OK);
  assert_int_equal(canvas_fill(c, 150, 20), OK);
  assert_int_equal(pixel_at(c, 150, 280), 0x102080);
  int most = 0, before = 0x10;
  for (int y = 0; y < SIDE; y++) {
    const int red = (int)(pixel_at(c, 150, y) >> 16 & 255);
    most = abs(red - before) > most ? abs(red - before) : most;
    before = red;
  }
  assert_true((pixel_at(c, 150, 150) >> 16 & 255) > 0xD0); // the sun stays yellow
  assert_true(most < 0x30);
  canvas_destroy(c);
}

static void a_whole_paper_comes_and_goes(void **state) {
  (void)state;
  canvas *c = paper("ink", 4);
  const uint64_t bare = canvas_hash(c);
  uint8_t *bytes = NULL;
  size_t size = 0;
  for (uint32_t i = 0; i < 15; i++) {
    assert_int_equal(canvas_set_colour(c, i), OK);
    assert_int_equal(canvas_fill(c, 3, 3), OK);
  }
  assert_int_equal(canvas_save(c, true, &bytes, &size), OK);
  free(bytes);
  for (int i = 0; i < 15; i++) assert_true(canvas_undo(c));
  assert_int_equal(canvas_hash(c), bare);
  assert_int_equal(pixel_at(c, 5, 5), 0xFFFFFF);
  canvas_destroy(c);
}

// The paper ends within its last tiles, and so does what has to be shown anew.
static void what_changed_lies_on_the_paper(void **state) {
  (void)state;
  enum { WIDTH = 100, HEIGHT = 70, RECTS = 4 };
  canvas *c = NULL;
  canvas_rect rects[RECTS];
  assert_int_equal(canvas_create(&c, WIDTH, HEIGHT, 1, hand_brush, &brushes), OK);
  canvas_take_damage(c, rects, RECTS);
  assert_int_equal(canvas_fill(c, 80, 20), OK);
  const uint32_t count = canvas_take_damage(c, rects, RECTS);
  assert_true(count > 0);
  for (uint32_t i = 0; i < count; i++) {
    assert_true(rects[i].x + rects[i].w <= WIDTH);
    assert_true(rects[i].y + rects[i].h <= HEIGHT);
  }
  canvas_destroy(c);
}

static int tidy_up(void **state) {
  (void)state;
  hand_brushes_finish(&brushes);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(words_do_what_pixels_do),
    cmocka_unit_test(gaps_are_closed),
    cmocka_unit_test(corners_are_filled),
    cmocka_unit_test(no_halo_and_no_leak),
    cmocka_unit_test(colour_fades_beneath_soft_paint),
    cmocka_unit_test(a_whole_paper_comes_and_goes),
    cmocka_unit_test(what_changed_lies_on_the_paper),
  };
  return cmocka_run_group_tests(tests, NULL, tidy_up);
}
