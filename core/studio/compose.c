// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/studio/compose.h"

#include <string.h>

// Two pixels.
typedef uint16_t two __attribute__((vector_size(16)));
typedef int16_t two_signed __attribute__((vector_size(16)));

static two load(const uint16_t *rgba) {
  two v;
  memcpy(&v, rgba, sizeof v);
  return v;
}

static void store(uint16_t *rgba, two v) { memcpy(rgba, &v, sizeof v); }

static two all(uint32_t v) { return (two){0} + (uint16_t)v; }

// The upper 16 bits of the products.
#ifdef __SSE2__
#include <emmintrin.h>
static two upper(two a, two b) { return (two)_mm_mulhi_epu16((__m128i)a, (__m128i)b); }
#else
static two upper(two a, two b) {
  two high;
  for (int i = 0; i < 8; i++) high[i] = (uint16_t)((uint32_t)a[i] * b[i] >> 16);
  return high;
}
#endif

// a * b / TILE_ONE, rounded down.
static two times(two a, two b) { return upper(a, b) << 1 | (a * b) >> 15; }

// v * 255 / TILE_ONE, rounded.
static two bytes_of(two v) { return upper(v, all(510)) + ((v * 510) >> 15); }

static uint32_t channel(uint32_t rgb, int shift) {
  return ((rgb >> shift & 255) * TILE_ONE + 127) / 255;
}

// Within 0..TILE_ONE. The light is dim against what 16 bits hold.
static two lit(two paper, two_signed light) {
  const two_signed v = (two_signed)(paper - TILE_ONE / 2) + light;
  const two_signed low = v<-TILE_ONE / 2, high = v> TILE_ONE / 2;
  const two_signed held =
    (v & ~low & ~high) | (low & -TILE_ONE / 2) | (high & TILE_ONE / 2);
  return (two)held + TILE_ONE / 2;
}

static void light_up(compose_row *row, two paper, const int16_t *light) {
  for (uint32_t x = row->from & ~1u; x < row->to; x += 2) {
    const int16_t one = light[x], next = light[x + 1];
    const two_signed shine = {one, one, one, 0, next, next, next, 0};
    store(row->rgba + 4 * x, lit(paper, shine));
  }
}

void compose_ground(compose_row *row, uint32_t rgb, const int16_t light[TILE_SIDE]) {
  const uint16_t r = (uint16_t)channel(rgb, 16), g = (uint16_t)channel(rgb, 8);
  const uint16_t b = (uint16_t)channel(rgb, 0);
  const two paper = {r, g, b, 0, r, g, b, 0};
  if (light != NULL)
    light_up(row, paper, light);
  else
    for (uint32_t x = row->from & ~1u; x < row->to; x += 2)
      store(row->rgba + 4 * x, paper);
}

void compose_over(compose_row *row, const uint16_t *rgba, uint32_t percent) {
  const two strength = all(percent * TILE_ONE / 100);
  for (uint32_t x = row->from & ~1u; x < row->to; x += 2) {
    two v = load(rgba + 4 * x);
    if (percent < 100) v = times(v, strength);
    const two left = TILE_ONE - __builtin_shufflevector(v, v, 3, 3, 3, 3, 7, 7, 7, 7);
    store(row->rgba + 4 * x, v + times(load(row->rgba + 4 * x), left));
  }
}

// XRGB32 is blue, green, red and nothing in memory.
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "pixels are stored as bytes");

void compose_show(const compose_row *row, uint32_t *xrgb) {
  typedef uint8_t bytes __attribute__((vector_size(8)));
  const two colours = {255, 255, 255, 0, 255, 255, 255, 0};
  uint32_t shown[TILE_SIDE];
  for (uint32_t x = row->from & ~1u; x < row->to; x += 2) {
    const two v = bytes_of(load(row->rgba + 4 * x)) & colours;
    const two turned = __builtin_shufflevector(v, v, 2, 1, 0, 3, 6, 5, 4, 7);
    const bytes packed = __builtin_convertvector(turned, bytes);
    memcpy(shown + x, &packed, sizeof packed);
  }
  memcpy(xrgb, shown + row->from, (row->to - row->from) * sizeof *xrgb);
}
