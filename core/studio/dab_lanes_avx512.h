// SPDX-License-Identifier: GPL-3.0-or-later
// Sixteen pixels at a time, for processors with AVX-512 (F, BW and DQ). The lanes hold the
// pixels in the order in which the quarters of a register take them apart and put them
// together. See dab_lanes.h.
#ifndef GESTO_STUDIO_DAB_LANES_AVX512_H
#define GESTO_STUDIO_DAB_LANES_AVX512_H
#ifdef __AVX512BW__

#include <immintrin.h>
#include <stdbool.h>
#include <stdint.h>

enum { LANES = 16, QUADS = 2, QUAD_PIXELS = 8 };

typedef float lanes_f __attribute__((vector_size(64)));
typedef int32_t lanes_i __attribute__((vector_size(64)));
typedef int16_t lanes_q __attribute__((vector_size(64)));

static const lanes_f lanes_order = {0, 1, 8, 9, 2, 3, 10, 11, 4, 5, 12, 13, 6, 7, 14, 15};
static const lanes_f lanes_count = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

static inline lanes_f lanes_min(lanes_f a, lanes_f b) { return _mm512_min_ps(a, b); }
static inline lanes_f lanes_max(lanes_f a, lanes_f b) { return _mm512_max_ps(a, b); }
static inline lanes_f lanes_choose(lanes_i where, lanes_f yes, lanes_f no) {
  return _mm512_mask_blend_ps(_mm512_movepi32_mask((__m512i)where), no, yes);
}
static inline lanes_i lanes_whole(lanes_f v) { return (lanes_i)_mm512_cvttps_epi32(v); }
static inline lanes_f lanes_float(lanes_i v) { return _mm512_cvtepi32_ps((__m512i)v); }
static inline bool lanes_none(lanes_i v) {
  return _mm512_test_epi32_mask((__m512i)v, (__m512i)v) == 0;
}
static inline lanes_i lanes_product(lanes_i a, lanes_i b) {
  return (lanes_i)_mm512_madd_epi16((__m512i)a, (__m512i)b);
}

// The parts of floating point numbers have instructions of their own here.
#define LANES_HAVE_PARTS
typedef lanes_f lanes_e;
static inline lanes_f lanes_exponent(lanes_f v) { return _mm512_getexp_ps(v); }
static inline lanes_f lanes_mantissa(lanes_f v) {
  return _mm512_getmant_ps(v, _MM_MANT_NORM_1_2, _MM_MANT_SIGN_src);
}
static inline lanes_e lanes_cut(lanes_f v) {
  return _mm512_roundscale_ps(v, _MM_FROUND_TO_ZERO);
}
static inline lanes_f lanes_of_cut(lanes_e whole) { return whole; }
static inline lanes_f lanes_raised(lanes_f v, lanes_e by) {
  return _mm512_scalef_ps(v, by);
}

static inline lanes_q lanes_load(const uint16_t *rgba) {
  return (lanes_q)_mm512_loadu_si512((const void *)rgba);
}
static inline void lanes_store(uint16_t *rgba, lanes_q v) {
  _mm512_storeu_si512((void *)rgba, (__m512i)v);
}

static inline void lanes_take(const uint16_t *rgba, lanes_i channels[4]) {
  const __m512 a = (__m512)lanes_load(rgba), b = (__m512)lanes_load(rgba + 32);
  const lanes_i red_green = (lanes_i)_mm512_shuffle_ps(a, b, 0x88);
  const lanes_i blue_alpha = (lanes_i)_mm512_shuffle_ps(a, b, 0xDD);
  channels[0] = red_green & 0xFFFF;
  channels[1] = (lanes_i)_mm512_srli_epi32((__m512i)red_green, 16);
  channels[2] = blue_alpha & 0xFFFF;
  channels[3] = (lanes_i)_mm512_srli_epi32((__m512i)blue_alpha, 16);
}
static inline void lanes_put(uint16_t *rgba, const lanes_i channels[4]) {
  const __m512i red_green = (__m512i)(channels[0] | channels[1] << 16);
  const __m512i blue_alpha = (__m512i)(channels[2] | channels[3] << 16);
  lanes_store(rgba, (lanes_q)_mm512_unpacklo_epi32(red_green, blue_alpha));
  lanes_store(rgba + 32, (lanes_q)_mm512_unpackhi_epi32(red_green, blue_alpha));
}

#endif
#endif
