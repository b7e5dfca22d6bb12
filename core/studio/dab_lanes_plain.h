// SPDX-License-Identifier: GPL-3.0-or-later
// One pixel at a time, for any processor: this says what is right. See dab_lanes.h.
#ifndef GESTO_STUDIO_DAB_LANES_PLAIN_H
#define GESTO_STUDIO_DAB_LANES_PLAIN_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { LANES = 1, QUADS = 1, QUAD_PIXELS = 1 };

typedef float lanes_f __attribute__((vector_size(4)));
typedef int32_t lanes_i __attribute__((vector_size(4)));
typedef int16_t lanes_q __attribute__((vector_size(8)));
typedef uint32_t lanes_c __attribute__((vector_size(16))); // sums of four channels

// Which pixel stands in which lane.
static const lanes_f lanes_order = {0};
// Each its place in memory.
static const lanes_f lanes_count = {0};

static inline lanes_f lanes_min(lanes_f a, lanes_f b) { return a[0] < b[0] ? a : b; }
static inline lanes_f lanes_max(lanes_f a, lanes_f b) { return a[0] > b[0] ? a : b; }
// By lane: all bits of `where` set, or none.
static inline lanes_f lanes_choose(lanes_i where, lanes_f yes, lanes_f no) {
  return where[0] ? yes : no;
}
static inline lanes_i lanes_whole(lanes_f v) { return (lanes_i){(int32_t)v[0]}; }
static inline lanes_f lanes_float(lanes_i v) { return (lanes_f){(float)v[0]}; }
static inline bool lanes_none(lanes_i v) { return v[0] == 0; }
// Of numbers from 0 to 32767.
static inline lanes_i lanes_product(lanes_i a, lanes_i b) { return a * b; }

// Each pixel's weight on its four channels.
static inline void lanes_spread(lanes_i weights, lanes_q to[QUADS]) {
  const int16_t w = (int16_t)weights[0];
  to[0] = (lanes_q){w, w, w, w};
}
// The upper 16 bits of the products.
static inline lanes_q lanes_high(lanes_q a, lanes_q b) {
  lanes_q high = {0};
  for (int i = 0; i < 4; i++) high[i] = (int16_t)((int32_t)a[i] * b[i] >> 16);
  return high;
}
// (a * b + c * d) / 32768, rounded down.
static inline lanes_q lanes_two_products(lanes_q a, lanes_q b, lanes_q c, lanes_q d) {
  lanes_q v = {0};
  for (int i = 0; i < 4; i++)
    v[i] = (int16_t)(((int32_t)a[i] * b[i] + (int32_t)c[i] * d[i]) >> 15);
  return v;
}
// The alpha of each pixel on all of its channels.
static inline lanes_q lanes_alpha(lanes_q v) { return (lanes_q){v[3], v[3], v[3], v[3]}; }
static inline lanes_q lanes_pixels(uint64_t rgba) {
  lanes_q v;
  memcpy(&v, &rgba, sizeof v);
  return v;
}
static inline lanes_q lanes_load(const uint16_t *rgba) {
  lanes_q v;
  memcpy(&v, rgba, sizeof v);
  return v;
}
static inline void lanes_store(uint16_t *rgba, lanes_q v) { memcpy(rgba, &v, sizeof v); }

// Red, green, blue and alpha of the pixels.
static inline void lanes_take(const uint16_t *rgba, lanes_i channels[4]) {
  for (int i = 0; i < 4; i++) channels[i] = (lanes_i){rgba[i]};
}
static inline void lanes_put(uint16_t *rgba, const lanes_i channels[4]) {
  for (int i = 0; i < 4; i++) rgba[i] = (uint16_t)channels[i][0];
}
// Each channel times its pixel's weight, of up to four pixels in a sum.
static inline lanes_c lanes_weigh(const uint16_t *rgba, lanes_i weights) {
  lanes_c sum = {0};
  for (int i = 0; i < 4; i++) sum[i] = (uint32_t)rgba[i] * (uint32_t)weights[0];
  return sum;
}
// Such sums as one of each channel.
static inline void lanes_fold(lanes_c v, uint32_t channels[4]) {
  memcpy(channels, &v, sizeof v);
}
static inline uint32_t lanes_total(lanes_i v) { return (uint32_t)v[0]; }
// In the order of the pixels.
static inline void lanes_list(lanes_i v, int32_t to[LANES]) { to[0] = v[0]; }

#endif
