// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base studio
// Rows of pixels over each other are what plain sums of whole numbers say.
#include "core/studio/compose.h"
#include "tests/unit/canvas_hand.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static uint32_t any_part(uint64_t *seed, uint32_t most) {
  const uint32_t kind = hand_chance(seed, 6);
  if (kind == 0) return 0;
  return kind == 1 ? most : hand_chance(seed, most + 1);
}

static void any_layer(uint64_t *seed, uint16_t rgba[TILE_SIDE * 4]) {
  for (uint16_t *p = rgba; p < rgba + TILE_SIDE * 4; p += 4) {
    p[3] = (uint16_t)any_part(seed, TILE_MOST);
    for (int k = 0; k < 3; k++) p[k] = (uint16_t)any_part(seed, p[3]);
  }
}

static uint32_t expected_ground(uint32_t byte, int32_t light) {
  const int32_t v = (int32_t)((byte * TILE_ONE + 127) / 255) + light;
  return v < 0 ? 0 : v > TILE_ONE ? TILE_ONE : (uint32_t)v;
}

static uint32_t expected_over(
  uint32_t below, const uint16_t *p, int k, uint32_t percent) {
  const uint32_t strength = percent * TILE_ONE / 100, alpha = p[3] * strength / TILE_ONE;
  return p[k] * strength / TILE_ONE + below * (TILE_ONE - alpha) / TILE_ONE;
}

static uint32_t expected_byte(uint32_t v) { return (v * 255 + TILE_ONE / 2) / TILE_ONE; }

typedef struct scene {
  uint32_t paper, percent[2];
  int16_t light[TILE_SIDE];
  uint16_t layers[2][TILE_SIDE * 4];
} scene;

static uint32_t expected_pixel(const scene *s, bool lit, uint32_t x) {
  uint32_t xrgb = 0;
  for (int k = 0; k < 3; k++) {
    const uint32_t byte = s->paper >> (16 - 8 * k) & 255;
    uint32_t v = expected_ground(byte, lit ? s->light[x] : 0);
    for (int i = 0; i < 2; i++)
      v = expected_over(v, s->layers[i] + 4 * x, k, s->percent[i]);
    xrgb = xrgb << 8 | expected_byte(v);
  }
  return xrgb;
}

static void rows_are_as_summed(void **state) {
  (void)state;
  static scene s;
  uint64_t seed = 11;
  for (int round = 0; round < 400; round++) {
    const bool lit = hand_chance(&seed, 2) == 0;
    s.paper = hand_chance(&seed, 3) == 0 ? 0xFFFFFF : hand_chance(&seed, 1 << 24);
    for (int i = 0; i < 2; i++) {
      any_layer(&seed, s.layers[i]);
      s.percent[i] = hand_chance(&seed, 2) == 0 ? 100 : hand_chance(&seed, 101);
    }
    for (int i = 0; i < TILE_SIDE; i++)
      s.light[i] = (int16_t)((int32_t)hand_chance(&seed, 2611) - 1305);
    compose_row row;
    uint32_t shown[TILE_SIDE + 1];
    row.from = hand_chance(&seed, TILE_SIDE);
    row.to = row.from + 1 + hand_chance(&seed, TILE_SIDE - row.from);
    const uint32_t n = row.to - row.from;
    shown[n] = 0xDEAD;
    compose_ground(&row, s.paper, lit ? s.light : NULL);
    for (int i = 0; i < 2; i++) compose_over(&row, s.layers[i], s.percent[i]);
    compose_show(&row, shown);
    for (uint32_t i = 0; i < n; i++)
      assert_int_equal(shown[i], expected_pixel(&s, lit, row.from + i));
    assert_int_equal(shown[n], 0xDEAD);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(rows_are_as_summed)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
