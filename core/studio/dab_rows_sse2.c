// SPDX-License-Identifier: GPL-3.0-or-later
// Four pixels' cover at once, two pixels' blending. Every sum and product is the one of
// dab_rows_plain.c, in the same order, so that the results are the same bits.
#include "core/studio/dab_rows.h"

#ifdef __SSE2__
#include "core/studio/tile.h"

#include <emmintrin.h>

typedef float four __attribute__((vector_size(16)));
typedef int32_t four_int __attribute__((vector_size(16)));

static inline four all_four(float v) { return (four){v, v, v, v}; }

static inline four choose(four_int where, four yes, four no) {
  return (four)((where & (four_int)yes) | (~where & (four_int)no));
}

static inline four size_of(four v) { return (four)((four_int)v & 0x7FFFFFFF); }

// The shape with each number four times, for the length of a row.
typedef struct shape4 {
  four cosine, sine, aspect, inverse_square, hardness, inner_slope, outer_slope,
    soft_from;
} shape4;

static inline shape4 shape4_of(const dab_shape *s) {
  return (shape4){.cosine = all_four(s->cosine),
    .sine = all_four(s->sine),
    .aspect = all_four(s->aspect),
    .inverse_square = all_four(s->inverse_square),
    .hardness = all_four(s->hardness),
    .inner_slope = all_four(s->inner_slope),
    .outer_slope = all_four(s->outer_slope),
    .soft_from = all_four(s->soft_from)};
}

static inline four squared(const shape4 *s, four x, four y) {
  four across = (y * s->cosine - x * s->sine) * s->aspect;
  four along = y * s->sine + x * s->cosine;
  return (across * across + along * along) * s->inverse_square;
}

static inline four_int cover(const shape4 *s, four rr) {
  four inner = 1.0f - rr * s->inner_slope;
  four outer = s->outer_slope - rr * s->outer_slope;
  four v = choose(rr <= s->hardness, inner, outer);
  v = choose(rr <= 1.0f, v, all_four(0.0f));
  return __builtin_convertvector(v * (float)TILE_ONE, four_int);
}

static inline four between(four v, four low, four high) {
  v = choose(v > low, v, low);
  return choose(v < high, v, high);
}

static inline four small_distance(const shape4 *s, four x, four y) {
  const four none = all_four(0.0f), pixel_radius = all_four(0.564189584f);
  four along = x * s->cosine + y * s->sine;
  four_int inside = (size_of(x) < 0.5f) & (size_of(y) < 0.5f);
  four near_x = choose(inside, none, between(along * s->cosine, x - 0.5f, x + 0.5f));
  four near_y = choose(inside, none, between(along * s->sine, y - 0.5f, y + 0.5f));
  four near = squared(s, near_x, near_y);
  four side = (x + s->cosine) * s->sine - s->cosine * (y - s->sine);
  four step = choose(side > 0.0f, -pixel_radius, pixel_radius);
  four far = squared(s, near_x - s->sine * step, near_y + s->cosine * step);
  four edge = 1.0f - (1.0f - near) / (1.0f + far - near);
  four within = choose(far < s->soft_from, (near + far) * 0.5f, edge);
  return choose(near > 1.0f, near, within);
}

// Numbers up to TILE_ONE are one too large for a signed 16 bits: they are packed, and
// multiplied, less half of it.
enum { HALF = TILE_ONE / 2 };

static inline void put_eight(uint16_t *to, four_int a, four_int b) {
  __m128i packed = _mm_packs_epi32((__m128i)(a - HALF), (__m128i)(b - HALF));
  _mm_storeu_si128((__m128i *)(void *)to, _mm_add_epi16(packed, _mm_set1_epi16(HALF)));
}

void dab_rows_cover_sse2(const dab_shape *s, float x, float y, int n, uint16_t *mask) {
  const shape4 wide = shape4_of(s);
  const four steps = {0, 1, 2, 3}, row = all_four(y);
  for (int i = 0; i < n; i += 8) {
    four a = x + (steps + (float)i), b = x + (steps + (float)(i + 4));
    if (s->small) {
      put_eight(mask + i, cover(&wide, small_distance(&wide, a, row)),
        cover(&wide, small_distance(&wide, b, row)));
    } else {
      put_eight(mask + i, cover(&wide, squared(&wide, a, row)),
        cover(&wide, squared(&wide, b, row)));
    }
  }
}

// a * b / TILE_ONE of eight numbers up to TILE_ONE.
static inline __m128i product(__m128i a, __m128i b) {
  __m128i high = _mm_slli_epi16(_mm_mulhi_epu16(a, b), 1);
  return _mm_or_si128(high, _mm_srli_epi16(_mm_mullo_epi16(a, b), 15));
}

// One pixel: `both` holds the new colour and the old by turns, `weights` theirs four times,
// all of them less HALF. What that leaves out of the products is added again.
static inline __m128i mixed(__m128i both, __m128i weights) {
  const __m128i half = _mm_set1_epi16(HALF), one = _mm_set1_epi16(1);
  __m128i sum = _mm_add_epi32(_mm_madd_epi16(both, weights), _mm_madd_epi16(both, half));
  __m128i left_out = _mm_slli_epi32(_mm_madd_epi16(weights, one), 14);
  sum = _mm_add_epi32(_mm_add_epi32(sum, left_out), _mm_set1_epi32(HALF * TILE_ONE));
  return _mm_srli_epi32(sum, 15);
}

static inline __m128i mixed_pair(
  __m128i old, __m128i colour, __m128i first, __m128i second) {
  old = _mm_sub_epi16(old, _mm_set1_epi16(HALF));
  __m128i a = mixed(_mm_unpacklo_epi16(colour, old), first);
  __m128i b = mixed(_mm_unpackhi_epi16(colour, old), second);
  const __m128i half = _mm_set1_epi32(HALF);
  __m128i packed = _mm_packs_epi32(_mm_sub_epi32(a, half), _mm_sub_epi32(b, half));
  return _mm_add_epi16(packed, _mm_set1_epi16(HALF));
}

// Up to four pixels; a pair of weights in each 32 bits.
static inline void blend_four(__m128i colour, __m128i weights, int n, uint16_t *rgba) {
  __m128i *to = (__m128i *)(void *)rgba;
  __m128i first = _mm_shuffle_epi32(weights, 0x00),
          second = _mm_shuffle_epi32(weights, 0x55);
  if (n == 1) {
    _mm_storel_epi64(to, mixed_pair(_mm_loadl_epi64(to), colour, first, second));
    return;
  }
  _mm_storeu_si128(to, mixed_pair(_mm_loadu_si128(to), colour, first, second));
  first = _mm_shuffle_epi32(weights, 0xAA);
  second = _mm_shuffle_epi32(weights, 0xFF);
  to++;
  if (n == 3)
    _mm_storel_epi64(to, mixed_pair(_mm_loadl_epi64(to), colour, first, second));
  if (n == 4)
    _mm_storeu_si128(to, mixed_pair(_mm_loadu_si128(to), colour, first, second));
}

static inline __m128i eight_of(uint16_t v) { return _mm_set1_epi16((short)v); }

void dab_rows_blend_sse2(const dab *d, const uint16_t *mask, int n, uint16_t *rgba) {
  const __m128i opacity = eight_of(d->opacity), alpha = eight_of(d->alpha);
  const __m128i one = eight_of(TILE_ONE), half = eight_of(HALF);
  const short red = (short)(d->red - HALF), green = (short)(d->green - HALF);
  const short blue = (short)(d->blue - HALF);
  const __m128i colour = _mm_setr_epi16(red, green, blue, HALF, red, green, blue, HALF);
  for (int i = 0; i < n; i += 8) {
    __m128i all =
      product(_mm_loadu_si128((const __m128i *)(const void *)(mask + i)), opacity);
    __m128i old = _mm_sub_epi16(_mm_sub_epi16(one, all), half);
    __m128i new = _mm_sub_epi16(product(all, alpha), half);
    int left = n - i;
    blend_four(colour, _mm_unpacklo_epi16(new, old), left < 4 ? left : 4, rgba + 4 * i);
    if (left <= 4) return;
    left -= 4;
    blend_four(
      colour, _mm_unpackhi_epi16(new, old), left < 4 ? left : 4, rgba + 4 * i + 16);
  }
}
#endif
