// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base studio
// Our brush surface beside libmypaint's own: the same dabs, the same picture. As light within
// 1 of 255 and 0.25 on average, as paint within 3 and 0.5.
#include "core/studio/brush_surface.h"
#include "core/studio/easel.h"
#include "core/studio/stroke.h"
#include "tests/unit/brush_oracle.h"
#include "tests/unit/canvas_hand.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { WIDTH = 640, HEIGHT = 576 };

// ---- Both at once -------------------------------------------------------------------

// Every dab goes to both; what a brush takes up of the picture comes from ours, as theirs
// looks at places of chance. Posterising theirs makes colours brighter than their alpha.
typedef struct both {
  MyPaintSurface2 base;
  easel easel;
  brush_surface ours;
  oracle *theirs;
  bool bounded; // leaves out dabs that take theirs too long
} both;

// NOLINTNEXTLINE(readability-function-size)
static int both_draw(MyPaintSurface2 *s, float x, float y, float radius, float red,
  float green, float blue, float opacity, float hardness, float alpha, float aspect,
  float angle, float lock, float tint, float poster, float levels, float paint) {
  both *b = (both *)s;
  (void)poster;
  (void)levels;
  if (b->bounded && radius > 40) return 0;
  mypaint_surface2_draw_dab(oracle_surface(b->theirs), x, y, radius, red, green, blue,
    opacity, hardness, alpha, aspect, angle, lock, tint, 0, 0, paint);
  return mypaint_surface2_draw_dab(&b->ours.base, x, y, radius, red, green, blue, opacity,
    hardness, alpha, aspect, angle, lock, tint, 0, 0, paint);
}

// NOLINTNEXTLINE(readability-function-size)
static int both_draw_light(MyPaintSurface *s, float x, float y, float radius, float red,
  float green, float blue, float opacity, float hardness, float alpha, float aspect,
  float angle, float lock, float tint) {
  return both_draw((MyPaintSurface2 *)s, x, y, radius, red, green, blue, opacity,
    hardness, alpha, aspect, angle, lock, tint, 0, 0, 0);
}

// NOLINTNEXTLINE(readability-function-size)
static void both_look(MyPaintSurface2 *s, float x, float y, float radius, float *red,
  float *green, float *blue, float *alpha, float paint) {
  both *b = (both *)s;
  mypaint_surface2_get_color(&b->ours.base, x, y, radius, red, green, blue, alpha, paint);
  // Theirs has one tile for all that lies outside.
  const float edge = fmaxf(radius, 1) + 1;
  if (x < edge || y < edge || x > WIDTH - edge || y > HEIGHT - edge) return;
  if (paint >= 0) return;
  float r, g, bl, a;
  mypaint_surface2_get_color(
    oracle_surface(b->theirs), x, y, radius, &r, &g, &bl, &a, paint);
  assert_float_equal(*alpha, a, 0.004);
  if (a < 0.05f) return;
  assert_float_equal(*red, r, 0.01);
  assert_float_equal(*green, g, 0.01);
  assert_float_equal(*blue, bl, 0.01);
}

static void both_look_light(MyPaintSurface *s, float x, float y, float radius, float *red,
  float *green, float *blue, float *alpha) {
  both_look((MyPaintSurface2 *)s, x, y, radius, red, green, blue, alpha, -1);
}

static void both_begin_event(MyPaintSurface *s) {
  mypaint_surface_begin_atomic(&oracle_surface(((both *)s)->theirs)->parent);
}

static void both_end_event(MyPaintSurface2 *s, MyPaintRectangles *roi) {
  oracle_end_event(oracle_surface(((both *)s)->theirs));
  roi->num_rectangles = 0;
}

static both *both_create(void) {
  both *b = calloc(1, sizeof *b);
  assert_non_null(b);
  assert_int_equal(easel_init(&b->easel, WIDTH, HEIGHT, 1 << 20), OK);
  easel_begin(&b->easel);
  brush_surface_init(&b->ours, &b->easel, 0, 1);
  b->theirs = oracle_create(WIDTH, HEIGHT);
  b->base.draw_dab_pigment = both_draw;
  b->base.get_color_pigment = both_look;
  b->base.end_atomic_multi = both_end_event;
  b->base.parent.draw_dab = both_draw_light;
  b->base.parent.get_color = both_look_light;
  b->base.parent.begin_atomic = both_begin_event;
  b->base.parent.refcount = 1;
  return b;
}

static void both_destroy(both *b) {
  oracle_destroy(b->theirs);
  assert_int_equal(easel_commit(&b->easel), OK);
  easel_finish(&b->easel);
  free(b);
}

static oracle_difference both_differ(const both *b, const char *what, bool paint) {
  const double most = paint ? 3 : 1;
  const oracle_difference d = oracle_compare(b->theirs, &b->easel, most);
  if (what != NULL)
    print_message("# %s: mean %.4f, most %.4f of 255\n", what, d.mean, d.most);
  assert_true(d.mean <= (paint ? 0.5 : 0.25));
  return d;
}

// ---- Dabs ---------------------------------------------------------------------------

static float chance_between(uint64_t *state, float low, float high) {
  return low + (high - low) * (float)hand_chance(state, 1000000) / 1e6f;
}

// A dab of any size, shape and place, the paper's edges and the outside included.
static void any_dab(MyPaintSurface2 *s, uint64_t *seed, int i, float paint) {
  const float x = chance_between(seed, -40, WIDTH + 40);
  const float y = chance_between(seed, -40, HEIGHT + 40);
  const float radius = expf(chance_between(seed, -2.5f, i % 20 == 0 ? 4.5f : 2.0f));
  const float hardness = i % 5 == 0 ? 1.0f : chance_between(seed, 0.01f, 1.0f);
  const float opacity = chance_between(seed, 0, 1);
  const float alpha = i % 3 == 0 ? chance_between(seed, 0, 1) : 1;
  const float aspect = i % 2 == 0 ? 1 : chance_between(seed, 1, 9);
  const float angle = chance_between(seed, -180, 180);
  const float lock = i % 7 == 0 ? chance_between(seed, 0, 1) : 0;
  const float tint = i % 11 == 0 ? chance_between(seed, 0, 1) : 0;
  const float red = chance_between(seed, 0, 1), green = chance_between(seed, 0, 1);
  mypaint_surface_begin_atomic(&s->parent);
  mypaint_surface2_draw_dab(s, x, y, radius, red, green, 0.5f, opacity, hardness, alpha,
    aspect, angle, lock, tint, 0, 0, paint);
  oracle_end_event(s);
}

static void dabs_equal_theirs(void **state) {
  (void)state;
  both *b = both_create();
  uint64_t seed = 20;
  for (int i = 0; i < 4000; i++) any_dab(&b->base, &seed, i, 0);
  const oracle_difference d = both_differ(b, "dabs", false);
  assert_true(d.touched > 100000);
  assert_true(d.most <= 1);
  both_destroy(b);
}

static void dabs_of_paint_equal_theirs(void **state) {
  (void)state;
  both *b = both_create();
  uint64_t seed = 21;
  for (int i = 0; i < 3000; i++)
    any_dab(&b->base, &seed, i, i % 4 == 0 ? chance_between(&seed, 0, 1) : 1);
  const oracle_difference d = both_differ(b, "dabs of paint", true);
  assert_true(d.touched > 100000);
  assert_true(d.most <= 3);
  both_destroy(b);
}

// ---- The recording ------------------------------------------------------------------

static MyPaintBrush *brush_of(const char *text, bool paint) {
  MyPaintBrush *b = mypaint_brush_new();
  mypaint_brush_from_defaults(b);
  assert_true(mypaint_brush_from_string(b, text));
  if (!paint) mypaint_brush_set_base_value(b, MYPAINT_BRUSH_SETTING_PAINT_MODE, 0);
  return b;
}

static void set_hue(MyPaintBrush *b, float hue) {
  mypaint_brush_set_base_value(b, MYPAINT_BRUSH_SETTING_COLOR_H, hue);
  mypaint_brush_set_base_value(b, MYPAINT_BRUSH_SETTING_COLOR_S, 0.8f);
  mypaint_brush_set_base_value(b, MYPAINT_BRUSH_SETTING_COLOR_V, 0.7f);
}

typedef struct shrunk_sample {
  float x, y, pressure;
  double since;
} shrunk_sample;

// As far inside the paper as the broadest dab needs.
static int shrunk_recording(shrunk_sample *to) {
  static hand_sample samples[HAND_SAMPLES_MAX];
  const int n = hand_recording(samples);
  for (int i = 0; i < n; i++) {
    to[i] = (shrunk_sample){.x = (float)(samples[i].x * 0.6 + 30),
      .y = (float)(samples[i].y * 0.6 + 90),
      .pressure = (float)samples[i].pressure,
      .since = i == 0 ? 0.01 : samples[i].t - samples[i - 1].t};
  }
  return n;
}

static void play(MyPaintBrush *b, MyPaintSurface2 *s, const shrunk_sample *from, int n) {
  oracle_set_down(b, s, from[0].x, from[0].y);
  for (int i = 0; i < n; i++) {
    mypaint_surface_begin_atomic(&s->parent);
    mypaint_brush_stroke_to_2(
      b, s, from[i].x, from[i].y, from[i].pressure, 0, 0, from[i].since, 1, 0, 0);
    oracle_end_event(s);
  }
}

// One brush after the other on the same paper, so that smudging and rubbing out find paint.
static void recording_equals_theirs(void **state) {
  const bool paint = *state != NULL;
  static shrunk_sample samples[HAND_SAMPLES_MAX];
  const int n = shrunk_recording(samples);
  assert_int_equal(n, 2937);
  hand_brushes texts = {0};
  both *pair = both_create();
  static const char *const order[] = {
    "wash", "brush", "pencil", "rub-out", "ink", "wash"};
  for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
    const char *text = hand_brush(&texts, order[i]);
    assert_non_null(text);
    MyPaintBrush *b = brush_of(text, paint);
    set_hue(b, (float)i * 0.3f);
    play(b, &pair->base, samples, n);
    mypaint_brush_unref(b);
    const oracle_difference d = both_differ(pair, order[i], paint);
    assert_true(d.touched > 10000);
    assert_true(d.most <= (paint ? 3 : 1));
  }
  both_destroy(pair);
  hand_brushes_finish(&texts);
}

// ---- The brushes of MyPaint -----------------------------------------------------------

enum { STOCK_MAX = 256, STOCK_TRIED = 40 };

typedef struct stock {
  char *paths[STOCK_MAX];
  int count;
} stock;

static void add_folder(stock *s, const char *folder) {
  DIR *d = opendir(folder);
  if (d == NULL) return;
  for (struct dirent *e = readdir(d); e != NULL; e = readdir(d)) {
    const size_t length = strlen(e->d_name);
    if (length < 5 || strcmp(e->d_name + length - 4, ".myb") != 0) continue;
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
    if (s->count < STOCK_MAX) s->paths[s->count++] = strdup(path);
  }
  closedir(d);
}

static int by_name(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

static void stock_find(stock *s) {
  static const char *const folders[] = {
    "Dieterle", "classic", "deevad", "experimental", "kaerhon_v1", "ramon", "tanda"};
  for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
    char folder[256];
    snprintf(folder, sizeof folder, ORACLE_BRUSHES "/%s", folders[i]);
    add_folder(s, folder);
  }
  qsort(s->paths, (size_t)s->count, sizeof *s->paths, by_name);
}

static void stock_finish(stock *s) {
  for (int i = 0; i < s->count; i++) free(s->paths[i]);
}

// A stroke of chance, with pauses and a pen that leans.
static void scribble(MyPaintBrush *b, MyPaintSurface2 *s, uint64_t *seed) {
  float x = chance_between(seed, 60, WIDTH - 60),
        y = chance_between(seed, 60, HEIGHT - 60);
  float turn = chance_between(seed, 0, 6.28f);
  const float pace = chance_between(seed, 1, 14),
              lean = chance_between(seed, -0.8f, 0.8f);
  oracle_set_down(b, s, x, y);
  for (int i = 0; i < 40; i++) {
    turn += chance_between(seed, -0.5f, 0.5f);
    x += pace * cosf(turn);
    y += pace * sinf(turn);
    mypaint_surface_begin_atomic(&s->parent);
    mypaint_brush_stroke_to_2(b, s, x, y, i == 39 ? 0 : chance_between(seed, 0.1f, 1),
      lean, 0.3f, i % 13 == 0 ? 0.05 : 0.008, 1, 0, 0);
    oracle_end_event(s);
  }
}

// Hard dabs have no soft edge: a pixel just at it may fall to either side.
static const size_t strays_per_million = 10;

// Returns by how much the two differ most. There is paint already, to take up and rub out.
static double try_stock(const char *path, uint64_t *seed, bool paint) {
  char *text = NULL;
  size_t size = 0;
  assert_int_equal(io_load(AT_FDCWD, path, 1 << 20, &text, &size), OK);
  both *pair = both_create();
  pair->bounded = true;
  for (int i = 0; i < 150; i++) any_dab(&pair->base, seed, i + 1, paint ? 1 : 0);
  for (int i = 0; i < 3; i++) {
    MyPaintBrush *b = brush_of(text, paint);
    set_hue(b, chance_between(seed, 0, 1));
    scribble(b, &pair->base, seed);
    mypaint_brush_unref(b);
  }
  const oracle_difference d = both_differ(pair, NULL, paint);
  if (d.beyond * 1000000 > d.touched * strays_per_million)
    fail_msg("%s: %zu channels differ, one by %g of 255", path, d.beyond, d.most);
  both_destroy(pair);
  free(text);
  return d.most;
}

static void stock_brushes_equal_theirs(void **state) {
  const bool paint = *state != NULL;
  stock s = {.count = 0};
  stock_find(&s);
  if (s.count == 0) {
    print_message("# skipped: mypaint-brushes is not installed\n");
    skip();
  }
  assert_true(s.count > 100);
  uint64_t seed = paint ? 7 : 8;
  double most = 0;
  for (int i = 0; i < STOCK_TRIED; i++) {
    const char *path = s.paths[hand_chance(&seed, (uint32_t)s.count)];
    most = fmax(most, try_stock(path, &seed, paint));
  }
  print_message("# %d of %d brushes: most %.4f of 255\n", STOCK_TRIED, s.count, most);
  stock_finish(&s);
}

// ---- Paint --------------------------------------------------------------------------

// Paint that was never laid on before is what it says from the first dab on.
static void black_is_black(void **state) {
  (void)state;
  easel e;
  assert_int_equal(easel_init(&e, 64, 64, 1 << 20), OK);
  brush_surface s;
  easel_begin(&e);
  brush_surface_init(&s, &e, 0, 1);
  for (int i = 0; i < 20; i++)
    mypaint_surface2_draw_dab(
      &s.base, 32, 32, 20, 0, 0, 0, 0.5f, 1, 1, 1, 0, 0, 0, 0, 0, 1);
  const uint16_t *p = easel_see(&e, 0, 0)->rgba + 4 * (32 * TILE_SIDE + 32);
  assert_true(p[3] > 32000 && p[0] < 200 && p[1] < 200 && p[2] < 200);
  easel_take_back(&e);
  easel_finish(&e);
}

static void yellow_and_blue_make_green(void **state) {
  (void)state;
  easel e;
  assert_int_equal(easel_init(&e, 64, 64, 1 << 20), OK);
  brush_surface s;
  easel_begin(&e);
  brush_surface_init(&s, &e, 0, 1);
  MyPaintSurface2 *to = &s.base;
  mypaint_surface2_draw_dab(to, 32, 32, 30, 1, 0.85f, 0.1f, 1, 1, 1, 1, 0, 0, 0, 0, 0, 1);
  mypaint_surface2_draw_dab(
    to, 32, 32, 20, 0.1f, 0.3f, 0.8f, 0.5f, 1, 1, 1, 0, 0, 0, 0, 0, 1);
  const uint16_t *p = easel_see(&e, 0, 0)->rgba + 4 * (32 * TILE_SIDE + 32);
  print_message("# mixed: %d %d %d\n", p[0] >> 7, p[1] >> 7, p[2] >> 7);
  assert_true(p[1] > p[0] + 3000 && p[1] > p[2] + 3000);
  easel_take_back(&e);
  easel_finish(&e);
}

// ---- What is odd --------------------------------------------------------------------

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
      mypaint_surface_draw_dab(
        &s.base.parent, 5, 5, odd[i], 1, 1, 1, 1, 1, 1, 1, 0, 0, 0);
      mypaint_surface_draw_dab(
        &s.base.parent, 5, 5, 8, 1, 1, 1, odd[i], 1, 1, 1, 0, 0, 0);
      mypaint_surface_draw_dab(
        &s.base.parent, 5, 5, 8, 1, 1, 1, 1, odd[i], 1, 1, 0, 0, 0);
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
    mypaint_surface_draw_dab(
      &s.base.parent, 30.25f, 50.5f, 9, 1, 0, 0, 1, 0.5f, 1, 3, 30, 0, 0);
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

static uint16_t alpha_at(const easel *e, double x, double y) {
  const uint32_t px = (uint32_t)x, py = (uint32_t)y;
  const tile *t = easel_see(e, 0, py / TILE_SIDE * e->across + px / TILE_SIDE);
  return t == NULL ? 0 : t->rgba[4 * (py % TILE_SIDE * TILE_SIDE + px % TILE_SIDE) + 3];
}

// A long dab that points away from the middle does so in each image.
static void images_stand_around(void **state) {
  (void)state;
  const uint32_t folds[] = {6, 12};
  for (size_t f = 0; f < 2; f++) {
    easel e;
    brush_surface s;
    assert_int_equal(easel_init(&e, 256, 256, 1 << 20), OK);
    easel_begin(&e);
    brush_surface_init(&s, &e, 0, folds[f]);
    const double turn = 20 * 3.14159265 / 180;
    mypaint_surface_draw_dab(&s.base.parent, 128 + 80 * (float)cos(turn),
      128 + 80 * (float)sin(turn), 20, 1, 0, 0, 1, 1, 1, 4, 20, 0, 0);
    for (uint32_t n = 0; n < 36; n++) {
      const uint32_t apart = 720 / folds[f], degrees = n * 10;
      const bool there = degrees % apart == 20 || degrees % apart == 160 % apart;
      const double to = degrees * 3.14159265 / 180;
      for (int from_middle = 65; from_middle <= 95; from_middle += 15) {
        const uint16_t alpha =
          alpha_at(&e, 128 + from_middle * cos(to), 128 + from_middle * sin(to));
        assert_int_equal(alpha > 0, there);
      }
    }
    easel_take_back(&e);
    easel_finish(&e);
  }
}

int main(void) {
  static bool paint = true;
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(dabs_equal_theirs),
    cmocka_unit_test(dabs_of_paint_equal_theirs),
    cmocka_unit_test(recording_equals_theirs),
    cmocka_unit_test_prestate(recording_equals_theirs, &paint),
    cmocka_unit_test(stock_brushes_equal_theirs),
    cmocka_unit_test_prestate(stock_brushes_equal_theirs, &paint),
    cmocka_unit_test(black_is_black),
    cmocka_unit_test(yellow_and_blue_make_green),
    cmocka_unit_test(odd_dabs_paint_nothing),
    cmocka_unit_test(mirrors_are_even),
    cmocka_unit_test(images_stand_around),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
