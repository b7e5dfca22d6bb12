// SPDX-License-Identifier: GPL-3.0-or-later
// Eight pixels at a time, for processors with AVX2. The lanes hold the pixels in the order in
// which the two halves of a register take them apart and put them together. See dab_lanes.h.
#ifndef GESTO_STUDIO_DAB_LANES_AVX2_H
#define GESTO_STUDIO_DAB_LANES_AVX2_H
#ifdef __AVX2__

#include <immintrin.h>
#include <stdbool.h>
#include <stdint.h>

enum { LANES = 8, QUADS = 2, QUAD_PIXELS = 4 };

typedef float lanes_f __attribute__((vector_size(32)));
typedef int32_t lanes_i __attribute__((vector_size(32)));
typedef int16_t lanes_q __attribute__((vector_size(32)));
typedef uint32_t lanes_c __attribute__((vector_size(32)));

static const lanes_f lanes_order = {0, 1, 4, 5, 2, 3, 6, 7};
static const lanes_f lanes_count = {0, 1, 2, 3, 4, 5, 6, 7};

static inline lanes_f lanes_min(lanes_f a, lanes_f b) { return _mm256_min_ps(a, b); }
static inline lanes_f lanes_max(lanes_f a, lanes_f b) { return _mm256_max_ps(a, b); }
static inline lanes_f lanes_choose(lanes_i where, lanes_f yes, lanes_f no) {
  return _mm256_blendv_ps(no, yes, (__m256)where);
}
static inline lanes_i lanes_whole(lanes_f v) { return (lanes_i)_mm256_cvttps_epi32(v); }
static inline lanes_f lanes_float(lanes_i v) { return _mm256_cvtepi32_ps((__m256i)v); }
static inline bool lanes_none(lanes_i v) {
  return _mm256_testz_si256((__m256i)v, (__m256i)v);
}
static inline lanes_i lanes_product(lanes_i a, lanes_i b) {
  return (lanes_i)_mm256_madd_epi16((__m256i)a, (__m256i)b);
}

static inline void lanes_spread(lanes_i weights, lanes_q to[QUADS]) {
  const __m256i low = _mm256_setr_epi8(0, 1, 0, 1, 0, 1, 0, 1, 4, 5, 4, 5, 4, 5, 4, 5, 0,
    1, 0, 1, 0, 1, 0, 1, 4, 5, 4, 5, 4, 5, 4, 5);
  const __m256i high = _mm256_add_epi8(low, _mm256_set1_epi8(8));
  to[0] = (lanes_q)_mm256_shuffle_epi8((__m256i)weights, low);
  to[1] = (lanes_q)_mm256_shuffle_epi8((__m256i)weights, high);
}
static inline lanes_q lanes_high(lanes_q a, lanes_q b) {
  return (lanes_q)_mm256_mulhi_epi16((__m256i)a, (__m256i)b);
}
static inline lanes_q lanes_two_products(lanes_q a, lanes_q b, lanes_q c, lanes_q d) {
  const __m256i low = _mm256_madd_epi16(_mm256_unpacklo_epi16((__m256i)a, (__m256i)c),
    _mm256_unpacklo_epi16((__m256i)b, (__m256i)d));
  const __m256i high = _mm256_madd_epi16(_mm256_unpackhi_epi16((__m256i)a, (__m256i)c),
    _mm256_unpackhi_epi16((__m256i)b, (__m256i)d));
  return (lanes_q)_mm256_packs_epi32(
    _mm256_srai_epi32(low, 15), _mm256_srai_epi32(high, 15));
}
static inline lanes_q lanes_alpha(lanes_q v) {
  const __m256i four = _mm256_setr_epi8(6, 7, 6, 7, 6, 7, 6, 7, 14, 15, 14, 15, 14, 15,
    14, 15, 6, 7, 6, 7, 6, 7, 6, 7, 14, 15, 14, 15, 14, 15, 14, 15);
  return (lanes_q)_mm256_shuffle_epi8((__m256i)v, four);
}
static inline lanes_q lanes_pixels(uint64_t rgba) {
  return (lanes_q)_mm256_set1_epi64x((long long)rgba);
}
static inline lanes_q lanes_load(const uint16_t *rgba) {
  return (lanes_q)_mm256_loadu_si256((const __m256i *)(const void *)rgba);
}
static inline void lanes_store(uint16_t *rgba, lanes_q v) {
  _mm256_storeu_si256((__m256i *)(void *)rgba, (__m256i)v);
}

static inline void lanes_take(const uint16_t *rgba, lanes_i channels[4]) {
  const __m256 a = (__m256)lanes_load(rgba), b = (__m256)lanes_load(rgba + 16);
  const lanes_i red_green = (lanes_i)_mm256_shuffle_ps(a, b, 0x88);
  const lanes_i blue_alpha = (lanes_i)_mm256_shuffle_ps(a, b, 0xDD);
  channels[0] = red_green & 0xFFFF;
  channels[1] = (lanes_i)_mm256_srli_epi32((__m256i)red_green, 16);
  channels[2] = blue_alpha & 0xFFFF;
  channels[3] = (lanes_i)_mm256_srli_epi32((__m256i)blue_alpha, 16);
}
static inline void lanes_put(uint16_t *rgba, const lanes_i channels[4]) {
  const __m256i red_green = (__m256i)(channels[0] | channels[1] << 16);
  const __m256i blue_alpha = (__m256i)(channels[2] | channels[3] << 16);
  lanes_store(rgba, (lanes_q)_mm256_unpacklo_epi32(red_green, blue_alpha));
  lanes_store(rgba + 16, (lanes_q)_mm256_unpackhi_epi32(red_green, blue_alpha));
}
static inline lanes_c lanes_weigh(const uint16_t *rgba, lanes_i weights) {
  const __m256i pairs = _mm256_setr_epi8(0, 1, 8, 9, 2, 3, 10, 11, 4, 5, 12, 13, 6, 7, 14,
    15, 0, 1, 8, 9, 2, 3, 10, 11, 4, 5, 12, 13, 6, 7, 14, 15);
  const __m256i low = _mm256_set1_epi32(0x05040100);
  const __m256i high = _mm256_set1_epi32(0x0D0C0908);
  const __m256i a = _mm256_shuffle_epi8((__m256i)lanes_load(rgba), pairs);
  const __m256i b = _mm256_shuffle_epi8((__m256i)lanes_load(rgba + 16), pairs);
  return (lanes_c)_mm256_madd_epi16(a, _mm256_shuffle_epi8((__m256i)weights, low)) +
    (lanes_c)_mm256_madd_epi16(b, _mm256_shuffle_epi8((__m256i)weights, high));
}
static inline void lanes_fold(lanes_c v, uint32_t channels[4]) {
  const __m128i upper = _mm256_extracti128_si256((__m256i)v, 1);
  const __m128i sum = _mm_add_epi32(_mm256_castsi256_si128((__m256i)v), upper);
  _mm_storeu_si128((__m128i *)(void *)channels, sum);
}
static inline uint32_t lanes_total(lanes_i v) {
  const __m128i upper = _mm256_extracti128_si256((__m256i)v, 1);
  const __m128i four = _mm_add_epi32(_mm256_castsi256_si128((__m256i)v), upper);
  const __m128i pairs = _mm_hadd_epi32(four, four);
  return (uint32_t)_mm_cvtsi128_si32(_mm_hadd_epi32(pairs, pairs));
}
static inline void lanes_list(lanes_i v, int32_t to[LANES]) {
  const __m256i order = _mm256_setr_epi32(0, 1, 4, 5, 2, 3, 6, 7);
  _mm256_storeu_si256(
    (__m256i *)(void *)to, _mm256_permutevar8x32_epi32((__m256i)v, order));
}

#endif
#endif
