// SPDX-License-Identifier: GPL-3.0-or-later
// So many pixels at once as the processor that a file is compiled for takes: numbers for each
// of LANES pixels (lanes_f, lanes_i), and their colours in QUADS parts of QUAD_PIXELS pixels of
// four 16-bit channels each (lanes_q). Everything else is written once, in terms of these.
#ifndef GESTO_STUDIO_DAB_LANES_H
#define GESTO_STUDIO_DAB_LANES_H

#if defined __AVX512BW__
#include "core/studio/dab_lanes_avx512.h"
#elif defined __AVX2__
#include "core/studio/dab_lanes_avx2.h"
#elif defined __SSE4_1__
#include "core/studio/dab_lanes_sse41.h"
#else
#include "core/studio/dab_lanes_plain.h"
#endif

#define ALWAYS_INLINE static inline __attribute__((always_inline))

typedef uint16_t lanes_u __attribute__((vector_size(sizeof(lanes_q))));

// Twice as much, without a sign: what multiplies takes it so.
ALWAYS_INLINE lanes_q lanes_doubled(lanes_q v) {
  return (lanes_q)((lanes_u)v + (lanes_u)v);
}

// All lanes the same.
ALWAYS_INLINE lanes_f lanes_all(float v) { return (lanes_f){0} + v; }

ALWAYS_INLINE lanes_f lanes_between(lanes_f v, lanes_f low, lanes_f high) {
  return lanes_min(lanes_max(v, low), high);
}

ALWAYS_INLINE lanes_f lanes_size(lanes_f v) { return (lanes_f)((lanes_i)v & 0x7FFFFFFF); }

#ifndef LANES_HAVE_PARTS
// The parts of numbers above 0 that are not tiny: mantissa * 2^exponent, 1 <= mantissa < 2.
ALWAYS_INLINE lanes_f lanes_exponent(lanes_f v) {
  return lanes_float(((lanes_i)v - 0x3F800000) >> 23);
}
ALWAYS_INLINE lanes_f lanes_mantissa(lanes_f v) {
  return (lanes_f)(((lanes_i)v & 0x007FFFFF) | 0x3F800000);
}
// The whole part of v; the same as a number; v * 2^by.
typedef lanes_i lanes_e;
ALWAYS_INLINE lanes_e lanes_cut(lanes_f v) { return lanes_whole(v); }
ALWAYS_INLINE lanes_f lanes_of_cut(lanes_e whole) { return lanes_float(whole); }
ALWAYS_INLINE lanes_f lanes_raised(lanes_f v, lanes_e by) {
  return (lanes_f)((lanes_i)v + (by << 23));
}
#endif

#endif
