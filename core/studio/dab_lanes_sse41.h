// SPDX-License-Identifier: GPL-3.0-or-later
// Four pixels at a time, for processors with SSE4.1. See dab_lanes.h.
#ifndef GESTO_STUDIO_DAB_LANES_SSE41_H
#define GESTO_STUDIO_DAB_LANES_SSE41_H
#ifdef __SSE4_1__

#include <smmintrin.h>
#include <stdbool.h>
#include <stdint.h>

enum { LANES = 4, QUADS = 2, QUAD_PIXELS = 2 };

typedef float lanes_f __attribute__((vector_size(16)));
typedef int32_t lanes_i __attribute__((vector_size(16)));
typedef int16_t lanes_q __attribute__((vector_size(16)));
typedef uint32_t lanes_c __attribute__((vector_size(16)));

static const lanes_f lanes_order = {0, 1, 2, 3}, lanes_count = {0, 1, 2, 3};

static inline lanes_f lanes_min(lanes_f a, lanes_f b) { return _mm_min_ps(a, b); }
static inline lanes_f lanes_max(lanes_f a, lanes_f b) { return _mm_max_ps(a, b); }
static inline lanes_f lanes_choose(lanes_i where, lanes_f yes, lanes_f no) {
  return _mm_blendv_ps(no, yes, (__m128)where);
}
static inline lanes_i lanes_whole(lanes_f v) { return (lanes_i)_mm_cvttps_epi32(v); }
static inline lanes_f lanes_float(lanes_i v) { return _mm_cvtepi32_ps((__m128i)v); }
static inline bool lanes_none(lanes_i v) {
  return _mm_testz_si128((__m128i)v, (__m128i)v);
}
static inline lanes_i lanes_product(lanes_i a, lanes_i b) {
  return (lanes_i)_mm_madd_epi16((__m128i)a, (__m128i)b);
}

static inline void lanes_spread(lanes_i weights, lanes_q to[QUADS]) {
  const __m128i low = _mm_setr_epi8(0, 1, 0, 1, 0, 1, 0, 1, 4, 5, 4, 5, 4, 5, 4, 5);
  const __m128i high = _mm_add_epi8(low, _mm_set1_epi8(8));
  to[0] = (lanes_q)_mm_shuffle_epi8((__m128i)weights, low);
  to[1] = (lanes_q)_mm_shuffle_epi8((__m128i)weights, high);
}
static inline lanes_q lanes_high(lanes_q a, lanes_q b) {
  return (lanes_q)_mm_mulhi_epi16((__m128i)a, (__m128i)b);
}
static inline lanes_q lanes_two_products(lanes_q a, lanes_q b, lanes_q c, lanes_q d) {
  const __m128i low = _mm_madd_epi16(_mm_unpacklo_epi16((__m128i)a, (__m128i)c),
    _mm_unpacklo_epi16((__m128i)b, (__m128i)d));
  const __m128i high = _mm_madd_epi16(_mm_unpackhi_epi16((__m128i)a, (__m128i)c),
    _mm_unpackhi_epi16((__m128i)b, (__m128i)d));
  return (lanes_q)_mm_packs_epi32(_mm_srai_epi32(low, 15), _mm_srai_epi32(high, 15));
}
static inline lanes_q lanes_alpha(lanes_q v) {
  const __m128i four =
    _mm_setr_epi8(6, 7, 6, 7, 6, 7, 6, 7, 14, 15, 14, 15, 14, 15, 14, 15);
  return (lanes_q)_mm_shuffle_epi8((__m128i)v, four);
}
static inline lanes_q lanes_pixels(uint64_t rgba) {
  return (lanes_q)_mm_set1_epi64x((long long)rgba);
}
static inline lanes_q lanes_load(const uint16_t *rgba) {
  return (lanes_q)_mm_loadu_si128((const __m128i *)(const void *)rgba);
}
static inline void lanes_store(uint16_t *rgba, lanes_q v) {
  _mm_storeu_si128((__m128i *)(void *)rgba, (__m128i)v);
}

static inline void lanes_take(const uint16_t *rgba, lanes_i channels[4]) {
  const __m128 a = (__m128)lanes_load(rgba), b = (__m128)lanes_load(rgba + 8);
  const lanes_i red_green = (lanes_i)_mm_shuffle_ps(a, b, 0x88);
  const lanes_i blue_alpha = (lanes_i)_mm_shuffle_ps(a, b, 0xDD);
  channels[0] = red_green & 0xFFFF;
  channels[1] = (lanes_i)_mm_srli_epi32((__m128i)red_green, 16);
  channels[2] = blue_alpha & 0xFFFF;
  channels[3] = (lanes_i)_mm_srli_epi32((__m128i)blue_alpha, 16);
}
static inline void lanes_put(uint16_t *rgba, const lanes_i channels[4]) {
  const __m128i red_green = (__m128i)(channels[0] | channels[1] << 16);
  const __m128i blue_alpha = (__m128i)(channels[2] | channels[3] << 16);
  lanes_store(rgba, (lanes_q)_mm_unpacklo_epi32(red_green, blue_alpha));
  lanes_store(rgba + 8, (lanes_q)_mm_unpackhi_epi32(red_green, blue_alpha));
}
static inline lanes_c lanes_weigh(const uint16_t *rgba, lanes_i weights) {
  const __m128i pairs =
    _mm_setr_epi8(0, 1, 8, 9, 2, 3, 10, 11, 4, 5, 12, 13, 6, 7, 14, 15);
  const __m128i low = _mm_set1_epi32(0x05040100), high = _mm_set1_epi32(0x0D0C0908);
  const __m128i a = _mm_shuffle_epi8((__m128i)lanes_load(rgba), pairs);
  const __m128i b = _mm_shuffle_epi8((__m128i)lanes_load(rgba + 8), pairs);
  return (lanes_c)_mm_madd_epi16(a, _mm_shuffle_epi8((__m128i)weights, low)) +
    (lanes_c)_mm_madd_epi16(b, _mm_shuffle_epi8((__m128i)weights, high));
}
static inline void lanes_fold(lanes_c v, uint32_t channels[4]) {
  _mm_storeu_si128((__m128i *)(void *)channels, (__m128i)v);
}
static inline uint32_t lanes_total(lanes_i v) {
  const __m128i pairs = _mm_hadd_epi32((__m128i)v, (__m128i)v);
  return (uint32_t)_mm_cvtsi128_si32(_mm_hadd_epi32(pairs, pairs));
}
static inline void lanes_list(lanes_i v, int32_t to[LANES]) {
  _mm_storeu_si128((__m128i *)(void *)to, (__m128i)v);
}

#endif
#endif
