// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base studio
// Our brush surface beside libmypaint's own: the same strokes, the same picture.
#include "core/studio/brush_surface.h"

#include "core/studio/easel.h"
#include "core/studio/stroke.h"
#include "tests/unit/canvas_hand.h"

#include <libmypaint/mypaint-brush.h>
#include <libmypaint/mypaint-tiled-surface.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { WIDTH = 640, HEIGHT = 576, ACROSS = WIDTH / TILE_SIDE, DOWN = HEIGHT / TILE_SIDE };
static const double step_of_255 = TILE_ONE / 255.0;

// libmypaint's surface over plain tiles that begin transparent.
typedef struct reference {
  MyPaintTiledSurface base;
  uint16_t tiles[ACROSS * DOWN][TILE_PIXELS * 4], outside[TILE_PIXELS * 4];
} reference;

static void lend(MyPaintTiledSurface *s, MyPaintTileRequest *request) {
  reference *r = (reference *)s;
  int tx = request->tx, ty = request->ty;
  bool inside = tx >= 0 && ty >= 0 && tx < ACROSS && ty < DOWN;
  request->buffer = inside ? r->tiles[ty * ACROSS + tx] : r->outside;
}

static void take_back(MyPaintTiledSurface *s, MyPaintTileRequest *request) {
  (void)s;
  (void)request;
}

static reference *reference_create(void) {
  reference *r = calloc(1, sizeof *r);
  assert_non_null(r);
  mypaint_tiled_surface_init(&r->base, lend, take_back);
  return r;
}

static void reference_destroy(reference *r) {
  mypaint_tiled_surface_destroy(&r->base);
  free(r);
}

typedef struct difference {
  double mean, most; // of 255, on channels that were touched
  size_t touched;
} difference;

static difference compare(const easel *e, const reference *r) {
  difference d = {0};
  for (uint32_t i = 0; i < ACROSS * DOWN; i++) {
    const tile *t = easel_see(e, 0, i);
    for (int k = 0; k < TILE_PIXELS * 4; k++) {
      int ours = t == NULL ? 0 : t->rgba[k], theirs = r->tiles[i][k];
      double by = abs(ours - theirs) / step_of_255;
      if (ours == 0 && theirs == 0) continue;
      d.touched++;
      d.mean += by;
      if (by > d.most) d.most = by;
    }
  }
  if (d.touched > 0) d.mean /= (double)d.touched;
  return d;
}

static MyPaintBrush *brush_of(const char *text, float size) {
  MyPaintBrush *b = mypaint_brush_new();
  mypaint_brush_from_defaults(b);
  assert_true(mypaint_brush_from_string(b, text));
  MyPaintBrushSetting radius = MYPAINT_BRUSH_SETTING_RADIUS_LOGARITHMIC;
  float as_made = mypaint_brush_get_base_value(b, radius);
  mypaint_brush_set_base_value(b, radius, as_made + logf(size));
  mypaint_brush_set_base_value(b, MYPAINT_BRUSH_SETTING_COLOR_H, 0.6f);
  mypaint_brush_set_base_value(b, MYPAINT_BRUSH_SETTING_COLOR_S, 0.8f);
  mypaint_brush_set_base_value(b, MYPAINT_BRUSH_SETTING_COLOR_V, 0.7f);
  return b;
}

// All of the recording in one go, as far inside the paper as the broadest dab needs.
static void play_recording(MyPaintBrush *b, MyPaintSurface *s) {
  static hand_sample samples[HAND_SAMPLES_MAX];
  int n = hand_recording(samples);
  assert_int_equal(n, 2937);
  for (int i = 0; i < n; i++) {
    double seconds = i == 0 ? 10.0 : samples[i].t - samples[i - 1].t;
    MyPaintRectangle roi;
    mypaint_surface_begin_atomic(s);
    mypaint_brush_stroke_to(b, s, (float)(samples[i].x * 0.6 + 30),
      (float)(samples[i].y * 0.6 + 90), (float)samples[i].pressure, 0, 0, seconds);
    mypaint_surface_end_atomic(s, &roi);
  }
}

// One brush after the other on the same paper, so that smudging and rubbing out find paint.
static void recording_equals_reference(void **state) {
  (void)state;
  hand_brushes texts = {0};
  easel e;
  assert_int_equal(easel_init(&e, WIDTH, HEIGHT, 1 << 20), OK);
  reference *r = reference_create();
  static const char *const order[] = {
    "wash", "brush", "pencil", "chalk", "rub-out", "ink", "wash"};
  for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
    const char *text = hand_brush(&texts, order[i]);
    assert_non_null(text);
    brush_surface ours;
    easel_begin(&e);
    brush_surface_init(&ours, &e, 0, 1);
    MyPaintBrush *a = brush_of(text, 1.0f), *b = brush_of(text, 1.0f);
    play_recording(a, &ours.base.parent);
    play_recording(b, (MyPaintSurface *)&r->base);
    assert_int_equal(easel_commit(&e), OK);
    mypaint_brush_unref(a);
    mypaint_brush_unref(b);
    difference d = compare(&e, r);
    print_message("# %s: mean %.4f, most %.4f of 255 on %zu channels\n", order[i], d.mean,
      d.most, d.touched);
    assert_true(d.touched > 10000);
    assert_true(d.mean <= 0.25);
    assert_true(d.most <= 1.0);
  }
  reference_destroy(r);
  easel_finish(&e);
  hand_brushes_finish(&texts);
}

static float chance_between(uint64_t *state, float low, float high) {
  return low + (high - low) * (float)hand_chance(state, 1000000) / 1e6f;
}

// Dabs of every size, shape and place, the paper's edges and the outside included.
static void dabs_equal_reference(void **state) {
  (void)state;
  easel e;
  assert_int_equal(easel_init(&e, WIDTH, HEIGHT, 1 << 20), OK);
  reference *r = reference_create();
  brush_surface ours;
  easel_begin(&e);
  brush_surface_init(&ours, &e, 0, 1);
  uint64_t seed = 20;
  for (int i = 0; i < 4000; i++) {
    float x = chance_between(&seed, -40, WIDTH + 40),
          y = chance_between(&seed, -40, HEIGHT + 40);
    float radius = expf(chance_between(&seed, -2.5f, i % 20 == 0 ? 4.5f : 2.0f));
    float hardness = i % 5 == 0 ? 1.0f : chance_between(&seed, 0.01f, 1.0f);
    float opacity = chance_between(&seed, 0, 1),
          alpha = i % 3 == 0 ? chance_between(&seed, 0, 1) : 1;
    float aspect = i % 2 == 0 ? 1 : chance_between(&seed, 1, 9);
    float angle = chance_between(&seed, -180, 180);
    float red = chance_between(&seed, 0, 1), green = chance_between(&seed, 0, 1);
    MyPaintSurface *both[2] = {&ours.base.parent, (MyPaintSurface *)&r->base};
    MyPaintRectangle roi;
    for (int k = 0; k < 2; k++) {
      mypaint_surface_begin_atomic(both[k]);
      mypaint_surface_draw_dab(both[k], x, y, radius, red, green, 0.5f, opacity, hardness,
        alpha, aspect, angle, 0, 0);
      mypaint_surface_end_atomic(both[k], &roi);
    }
  }
  assert_int_equal(easel_commit(&e), OK);
  difference d = compare(&e, r);
  print_message("# dabs: mean %.4f, most %.4f of 255\n", d.mean, d.most);
  assert_true(d.touched > 100000);
  assert_true(d.mean <= 0.25);
  assert_true(d.most <= 1.0);
  reference_destroy(r);
  easel_finish(&e);
}

// What is no number, or far away, paints nothing and breaks nothing.
static void odd_dabs_paint_nothing(void **state) {
  (void)state;
  easel e;
  assert_int_equal(easel_init(&e, 100, 70, 1 << 20), OK);
  brush_surface s;
  easel_begin(&e);
  brush_surface_init(&s, &e, 0, 8);
  const float odd[] = {NAN, INFINITY, -INFINITY, 1e30f, -1e30f, -1000};
  for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
    mypaint_surface_draw_dab(&s.base.parent, odd[i], 5, 8, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0);
    if (odd[i] < 0 || isnan(odd[i])) {
      mypaint_surface_draw_dab(&s.base.parent, 5, 5, odd[i], 1, 1, 1, 1, 1, 1, 1, 0, 0, 0);
      mypaint_surface_draw_dab(&s.base.parent, 5, 5, 8, 1, 1, 1, odd[i], 1, 1, 1, 0, 0, 0);
      mypaint_surface_draw_dab(&s.base.parent, 5, 5, 8, 1, 1, 1, 1, odd[i], 1, 1, 0, 0, 0);
    }
    float r, g, b, a;
    mypaint_surface_get_color(&s.base.parent, odd[i], odd[i], 3, &r, &g, &b, &a);
    assert_true(r == 0 && g == 0 && b == 0 && a == 0);
  }
  assert_int_equal(e.now.count, 0);
  easel_take_back(&e);
  easel_finish(&e);
}

// Each image of a dab lies where the mirrors put it.
static void mirrors_are_even(void **state) {
  (void)state;
  const uint32_t folds[] = {2, 4, 8};
  for (size_t f = 0; f < 3; f++) {
    easel e;
    assert_int_equal(easel_init(&e, 128, 128, 1 << 20), OK);
    brush_surface s;
    easel_begin(&e);
    brush_surface_init(&s, &e, 0, folds[f]);
    // Places in sixteenths: reflecting them is exact.
    mypaint_surface_draw_dab(&s.base.parent, 30.25f, 50.5f, 9, 1, 0, 0, 1, 0.5f, 1, 3, 30, 0, 0);
    uint16_t at[128][128];
    for (int y = 0; y < 128; y++) {
      for (int x = 0; x < 128; x++) {
        const tile *t = easel_see(&e, 0, (uint32_t)(y / 64 * 2 + x / 64));
        at[y][x] = t == NULL ? 0 : t->rgba[4 * (y % 64 * 64 + x % 64) + 3];
      }
    }
    assert_true(at[50][30] > 0);
    for (int y = 0; y < 128; y++) {
      for (int x = 0; x < 128; x++) {
        assert_in_range(at[y][127 - x], at[y][x] > 40 ? at[y][x] - 40 : 0, at[y][x] + 40);
        if (folds[f] >= 4) assert_in_range(at[127 - y][x] + 40, at[y][x], at[y][x] + 80);
        if (folds[f] == 8) assert_in_range(at[x][y] + 40, at[y][x], at[y][x] + 80);
      }
    }
    easel_take_back(&e);
    easel_finish(&e);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(dabs_equal_reference),
    cmocka_unit_test(recording_equals_reference),
    cmocka_unit_test(odd_dabs_paint_nothing),
    cmocka_unit_test(mirrors_are_even),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
