// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base studio
// The fast form of a row and the plain one give the same bits.
#include "core/studio/dab_rows.h"

#include "core/studio/tile.h"
#include "tests/unit/canvas_hand.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#ifdef __SSE2__
static float between(uint64_t *seed, float low, float high) {
  return low + (high - low) * (float)hand_chance(seed, 1u << 24) / (float)(1 << 24);
}

static void covers_are_equal(void **state) {
  (void)state;
  uint64_t seed = 4;
  for (int i = 0; i < 200000; i++) {
    dab d = {
      .x = 0, .y = 0, .radius = expf(between(&seed, -2.3f, 5)), .aspect = 1, .alpha = 1};
    d.hardness = i % 7 == 0 ? 1.0f : between(&seed, 0.001f, 1);
    if (i % 2 == 0) d.aspect = between(&seed, 1, 10);
    d.angle = between(&seed, -360, 360);
    dab_shape s = dab_shape_of(&d);
    uint16_t plain[DAB_ROW_ROOM] = {0}, fast[DAB_ROW_ROOM] = {0};
    int n = 1 + (int)hand_chance(&seed, DAB_ROW_ROOM);
    float x = between(&seed, -1.2f, 1) * d.radius,
          y = between(&seed, -1.2f, 1.2f) * d.radius;
    if (i % 100 == 0) x = y = 0.5f;
    dab_rows_cover_plain(&s, x, y, n, plain);
    dab_rows_cover_sse2(&s, x, y, n, fast);
    assert_memory_equal(plain, fast, (size_t)n * sizeof *plain);
  }
}

static uint16_t up_to_one(uint64_t *seed) {
  uint32_t kind = hand_chance(seed, 8);
  if (kind == 0) return 0;
  if (kind == 1) return TILE_ONE;
  return (uint16_t)hand_chance(seed, TILE_ONE + 1);
}

static void blends_are_equal(void **state) {
  (void)state;
  uint64_t seed = 5;
  for (int i = 0; i < 200000; i++) {
    dab d = {
      .red = up_to_one(&seed), .green = up_to_one(&seed), .blue = up_to_one(&seed)};
    d.alpha = up_to_one(&seed);
    d.opacity = up_to_one(&seed);
    int n = 1 + (int)hand_chance(&seed, i % 50 == 0 ? DAB_ROW_ROOM : 9);
    uint16_t mask[DAB_ROW_ROOM] = {0}, plain[DAB_ROW_ROOM * 4], fast[DAB_ROW_ROOM * 4];
    for (int k = 0; k < n; k++) mask[k] = up_to_one(&seed);
    for (int k = 0; k < DAB_ROW_ROOM * 4; k++) plain[k] = fast[k] = up_to_one(&seed);
    dab_rows_blend_plain(&d, mask, n, plain);
    dab_rows_blend_sse2(&d, mask, n, fast);
    assert_memory_equal(plain, fast, sizeof plain); // what lies after the n is as it was
  }
}
#else
static void covers_are_equal(void **state) {
  (void)state;
  skip();
}

static void blends_are_equal(void **state) {
  (void)state;
  skip();
}
#endif

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(covers_are_equal),
    cmocka_unit_test(blends_are_equal),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
