// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base studio
// What a dab does to pixels is the same to the last bit on every kind of processor.
#include "core/studio/brush_surface.h"
#include "core/studio/dab.h"
#include "core/studio/easel.h"
#include "core/studio/stroke.h"
#include "tests/unit/canvas_hand.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

// Those that this processor can run, plain first.
typedef struct kernel_list {
  const dab_kernel *kernels[4];
  int count;
} kernel_list;

static kernel_list kernels_here(void) {
  kernel_list l = {.kernels = {&dab_kernel_plain}, .count = 1};
#if defined __x86_64__ || defined __i386__
  if (__builtin_cpu_supports("sse4.1")) l.kernels[l.count++] = &dab_kernel_sse41;
  if (__builtin_cpu_supports("avx2")) l.kernels[l.count++] = &dab_kernel_avx2;
  if (dab_kernel_avx512_runs()) l.kernels[l.count++] = &dab_kernel_avx512;
#endif
  if (l.count < 4) print_message("# only %d of 4 kinds of processor here\n", l.count);
  return l;
}

static float between(uint64_t *seed, float low, float high) {
  return low + (high - low) * (float)hand_chance(seed, 1u << 24) / (float)(1 << 24);
}

// 0 and 1 come often.
static float part(uint64_t *seed) {
  const uint32_t kind = hand_chance(seed, 4);
  return kind < 2 ? (float)kind : between(seed, 0, 1);
}

static dab any_dab(uint64_t *seed) {
  dab d = {.x = between(seed, -20, 84), .y = between(seed, -20, 84)};
  d.radius = expf(between(seed, -2.3f, 4.5f));
  d.hardness = fmaxf(part(seed), 0.001f);
  d.aspect = hand_chance(seed, 2) == 0 ? 1 : between(seed, 1, 10);
  d.angle = between(seed, -360, 360);
  d.red = part(seed);
  d.green = part(seed);
  d.blue = part(seed);
  d.alpha = part(seed);
  d.opacity = hand_chance(seed, 3) == 0 ? 1 : between(seed, 0.001f, 1);
  d.levels = between(seed, 0, 1);
  d.pigment = part(seed);
  if (hand_chance(seed, 4) == 0) d.lock = part(seed);
  if (hand_chance(seed, 8) == 0) d.tint = part(seed);
  if (hand_chance(seed, 8) == 0) d.poster = part(seed);
  return d;
}

static uint16_t up_to(uint64_t *seed, uint32_t most) {
  const uint32_t kind = hand_chance(seed, 8);
  if (kind == 0) return 0;
  return kind == 1 ? (uint16_t)most : (uint16_t)hand_chance(seed, most + 1);
}

// Whatever a tile can hold.
static void fill_tile(uint64_t *seed, uint16_t *rgba) {
  for (int i = 0; i < TILE_PIXELS; i++, rgba += 4) {
    rgba[3] = up_to(seed, TILE_MOST);
    for (int k = 0; k < 3; k++) rgba[k] = up_to(seed, rgba[3]);
  }
}

static void paint_all(const dab_kernel *k, const dab *d, uint16_t *rgba) {
  dab_shape shape;
  dab_pass passes[DAB_PASSES];
  pigment paint;
  k->take_paint((float[]){d->red, d->green, d->blue}, &paint);
  const int count = dab_passes(d, &paint, passes);
  if (!dab_shape_of(d, &shape)) return;
  for (int i = 0; i < count; i++) k->paint(&shape, &passes[i], rgba, 0, 0);
}

static void assert_holds(const uint16_t *rgba) {
  for (int i = 0; i < TILE_PIXELS; i++, rgba += 4) {
    if (rgba[3] <= TILE_MOST && rgba[0] <= rgba[3] && rgba[1] <= rgba[3] &&
      rgba[2] <= rgba[3])
      continue;
    fail_msg("no tile can hold %d %d %d %d", rgba[0], rgba[1], rgba[2], rgba[3]);
  }
}

static void dabs_are_equal(void **state) {
  (void)state;
  const kernel_list l = kernels_here();
  static uint16_t rgba[4][TILE_PIXELS * 4];
  uint64_t seed = 4;
  for (int i = 0; i < 6000; i++) {
    if (i % 200 == 0) fill_tile(&seed, rgba[0]);
    const dab d = any_dab(&seed);
    for (int k = 1; k < l.count; k++) memcpy(rgba[k], rgba[0], sizeof rgba[k]);
    for (int k = 0; k < l.count; k++) paint_all(l.kernels[k], &d, rgba[k]);
    for (int k = 1; k < l.count; k++) {
      if (memcmp(rgba[k], rgba[0], sizeof rgba[k]) == 0) continue;
      fail_msg("dab %d differs on %s", i, l.kernels[k]->name);
    }
    if (i % 50 == 49) assert_holds(rgba[0]);
  }
}

static void looks_are_equal(void **state) {
  (void)state;
  const kernel_list l = kernels_here();
  static uint16_t rgba[TILE_PIXELS * 4];
  uint64_t seed = 5;
  fill_tile(&seed, rgba);
  for (int i = 0; i < 2000; i++) {
    const dab d = any_dab(&seed);
    dab_shape shape;
    dab_sums first = {0};
    if (!dab_look_of(d.x, d.y, d.radius, &shape)) continue;
    l.kernels[0]->weigh(&shape, rgba, 0, 0, &first);
    for (int k = 1; k < l.count; k++) {
      dab_sums sums = {0};
      l.kernels[k]->weigh(&shape, rgba, 0, 0, &sums);
      assert_memory_equal(&sums, &first, sizeof sums);
    }
  }
}

static void mixtures_are_equal(void **state) {
  (void)state;
  const kernel_list l = kernels_here();
  uint64_t seed = 6;
  for (int i = 0; i < 2000; i++) {
    dab_places p = {.count = (int)hand_chance(&seed, DAB_PLACES + 1)};
    for (int k = 0; k < p.count; k++) {
      p.weight[k] = between(&seed, 0, 1);
      p.rgba[4 * k + 3] = up_to(&seed, TILE_MOST);
      for (int c = 0; c < 3; c++) p.rgba[4 * k + c] = up_to(&seed, p.rgba[4 * k + 3]);
    }
    float first[4] = {0};
    const bool any = l.kernels[0]->mix(&p, first, &first[3]);
    for (int k = 1; k < l.count; k++) {
      float mixed[4] = {0};
      assert_int_equal(l.kernels[k]->mix(&p, mixed, &mixed[3]), any);
      assert_memory_equal(mixed, first, sizeof mixed);
    }
  }
}

// The recording through every brush, one over the other.
static uint64_t recorded_hash(const dab_kernel *kernel) {
  static hand_sample samples[HAND_SAMPLES_MAX];
  const int count = hand_recording(samples);
  assert_int_equal(count, 2937);
  hand_brushes brushes = {0};
  easel e;
  assert_int_equal(easel_init(&e, 640, 576, 1 << 20), OK);
  easel_begin(&e);
  uint64_t hash = 0;
  for (int b = 0; b < HAND_BRUSHES; b++) {
    const stroke_look look = {.brush = hand_brush(&brushes, hand_brush_names[b]),
      .size = 1,
      .rgb = b % 2 == 0 ? 0xE6C15A : 0x3B5FA0};
    stroke s = {0};
    brush_surface_init(&s.surface, &e, 0, b % 2 == 0 ? 1 : 2);
    s.surface.kernel = kernel;
    for (int i = 0; i < count; i++) {
      const hand_sample *h = &samples[i];
      const stroke_point p = {.x = (float)(h->x * 0.6 + 30),
        .y = (float)(h->y * 0.6 + 90),
        .pressure = (float)h->pressure,
        .time = (uint64_t)(h->t * 1e6)};
      if (i == 0)
        assert_int_equal(stroke_begin(&s, &look, &p), OK);
      else
        stroke_move(&s, &p);
    }
    stroke_drop(&s);
  }
  for (uint32_t i = 0; i < e.across * e.down; i++) {
    const tile *t = easel_see(&e, 0, i);
    for (int k = 0; t != NULL && k < TILE_PIXELS * 4; k++)
      hash = (hash ^ t->rgba[k]) * 0x100000001B3u;
  }
  easel_take_back(&e);
  easel_finish(&e);
  hand_brushes_finish(&brushes);
  return hash;
}

static void recordings_are_equal(void **state) {
  (void)state;
  const kernel_list l = kernels_here();
  const uint64_t plain = recorded_hash(l.kernels[0]);
  assert_int_not_equal(plain, 0);
  for (int k = 1; k < l.count; k++) {
    assert_int_equal(recorded_hash(l.kernels[k]), plain);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(dabs_are_equal),
    cmocka_unit_test(looks_are_equal),
    cmocka_unit_test(mixtures_are_equal),
    cmocka_unit_test(recordings_are_equal),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
