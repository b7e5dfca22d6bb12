// SPDX-License-Identifier: GPL-3.0-or-later
// The limiter: whatever goes in, nothing comes out above -1 dB true peak or as a shock.
#include "core/studio/limiter.h"

#include <ebur128.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

enum { RATE = 48000, SECONDS = 3 };
static const double ceiling = 0.8912509; // -1 dB

typedef float signal_fn(uint32_t n, uint32_t *seed);

static float noise(uint32_t n, uint32_t *seed) {
  (void)n;
  *seed = *seed * 1664525 + 1013904223;
  return (float)((int32_t)*seed / 2147483648.0);
}
static float square(uint32_t n, uint32_t *seed) {
  (void)seed;
  return n / 50 % 2 ? 1 : -1;
}
static float quarter(uint32_t n, uint32_t *seed) { // peaks lie between its samples
  (void)seed;
  return (n + 1) / 2 % 2 ? 1 : -1;
}
static float clicks(uint32_t n, uint32_t *seed) {
  return n % 5000 == 0 ? noise(n, seed) * 3 : 0;
}
static float bursts(uint32_t n, uint32_t *seed) {
  return n / 12000 % 2 ? noise(n, seed) : 0.001f * noise(n, seed);
}
static float huge(uint32_t n, uint32_t *seed) { return noise(n, seed) * 1e20f; }

// The largest of left and right, and what a loudness meter calls the true peak.
static double true_peak(signal_fn *make, float *kept) {
  limiter l;
  uint32_t seed = 7;
  float block[2][64], woven[128];
  double peak = 0, found;
  ebur128_state *meter = ebur128_init(2, RATE, EBUR128_MODE_TRUE_PEAK);
  limiter_init(&l);
  for (uint32_t n = 0; n < SECONDS * RATE; n += 64) {
    for (uint32_t i = 0; i < 64; i++) {
      block[0][i] = make(n + i, &seed);
      block[1][i] = -block[0][i];
    }
    limiter_run_rt(&l, block[0], block[1], 64);
    for (uint32_t i = 0; i < 64; i++) {
      woven[i * 2] = block[0][i];
      woven[i * 2 + 1] = block[1][i];
      if (kept) kept[n + i] = block[0][i];
    }
    assert_int_equal(ebur128_add_frames_float(meter, woven, 64), EBUR128_SUCCESS);
  }
  for (uint32_t c = 0; c < 2; c++) {
    assert_int_equal(ebur128_true_peak(meter, c, &found), EBUR128_SUCCESS);
    peak = fmax(peak, found);
  }
  ebur128_destroy(&meter);
  return peak;
}

static void nothing_is_over_the_ceiling(void **state) {
  (void)state;
  signal_fn *const all[] = {noise, square, quarter, clicks, bursts, huge};
  for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
    double peak = true_peak(all[i], NULL);
    if (!(peak <= ceiling)) fail_msg("signal %zu reaches %f", i, peak);
    assert_true(peak > 0.1);
  }
}

static void soft_sound_is_not_touched(void **state) {
  (void)state;
  limiter l;
  limiter_init(&l);
  for (uint32_t n = 0; n < RATE; n++) {
    float left = 0.12f * sinf((float)n * 0.03f), right = -left;
    limiter_run_rt(&l, &left, &right, 1);
    float was = n < LIMITER_DELAY ? 0 : 0.12f * sinf((float)(n - LIMITER_DELAY) * 0.03f);
    assert_true(fabsf(left - was) < 1e-6f && fabsf(right + was) < 1e-6f);
  }
}

// From silence to full scale: the level of 10 ms pieces may not grow by more than 12 dB in
// 100 ms once it is over -18 dB, and needs 30 ms or more to get near the ceiling.
static void a_shock_grows_slowly(void **state) {
  (void)state;
  float *out = calloc(SECONDS * RATE, sizeof *out);
  true_peak(square, out);
  float level[SECONDS * 100];
  for (uint32_t piece = 0; piece < SECONDS * 100; piece++) {
    level[piece] = 0;
    for (uint32_t i = 0; i < 480; i++)
      level[piece] = fmaxf(level[piece], fabsf(out[piece * 480 + i]));
  }
  assert_true(level[3] < 0.25f);
  assert_true(level[40] > 0.5f);
  for (uint32_t piece = 1; piece + 10 < SECONDS * 100; piece++) {
    float from = fmaxf(level[piece], 0.126f);
    assert_true(level[piece + 10] <= from * 4.2f); // 12 dB and a hair
  }
  free(out);
}

static void what_is_no_number_becomes_silence(void **state) {
  (void)state;
  limiter l;
  limiter_init(&l);
  for (uint32_t n = 0; n < 4000; n++) {
    float left = n % 3 ? NAN : INFINITY, right = n % 5 ? -INFINITY : 0.1f;
    limiter_run_rt(&l, &left, &right, 1);
    assert_true(isfinite(left) && isfinite(right) && left == 0 && fabsf(right) <= 0.11f);
  }
}

static void pieces_of_any_length_are_the_same(void **state) {
  (void)state;
  limiter a, b;
  uint32_t seed = 3;
  float whole[2][1000], parts[2][1000];
  limiter_init(&a);
  limiter_init(&b);
  for (uint32_t i = 0; i < 1000; i++)
    whole[0][i] = whole[1][i] = parts[0][i] = parts[1][i] = noise(i, &seed) * 2;
  limiter_run_rt(&a, whole[0], whole[1], 1000);
  for (uint32_t at = 0, n = 1; at < 1000; at += n, n = n * 3 % 97 + 1)
    limiter_run_rt(&b, parts[0] + at, parts[1] + at, at + n > 1000 ? 1000 - at : n);
  assert_memory_equal(whole, parts, sizeof whole);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(nothing_is_over_the_ceiling),
    cmocka_unit_test(soft_sound_is_not_touched),
    cmocka_unit_test(a_shock_grows_slowly),
    cmocka_unit_test(what_is_no_number_becomes_silence),
    cmocka_unit_test(pieces_of_any_length_are_the_same),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
