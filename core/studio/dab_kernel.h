// SPDX-License-Identifier: GPL-3.0-or-later
// The work of a dab on a tile, once for each kind of processor: the file that includes this is
// compiled for one of them, and wraps dab_kernel_* up as a dab_kernel.
#ifndef GESTO_STUDIO_DAB_KERNEL_H
#define GESTO_STUDIO_DAB_KERNEL_H

#include "core/studio/dab_mix.h"
#include "core/studio/dab_mix_paint.h"

#include <string.h>

// The pass's colour with that alpha, of which there is all or nothing.
static inline lanes_q dab_colour(const dab_pass *p, uint16_t alpha) {
  const uint64_t all = ~(uint64_t)0 * (alpha > 0);
  return lanes_pixels(all &
    (p->red | (uint64_t)p->green << 16 | (uint64_t)p->blue << 32 |
      (uint64_t)alpha << 48));
}

static inline void dab_paint_light(
  const dab_shape *s, const dab_pass *p, uint16_t *rgba, int left, int top) {
  const dab_towards t = {dab_colour(p, p->alpha)};
  if (p->strength < 16384)
    dab_each(s, p->strength, rgba, left, top, dab_mix_lightly, &t);
  else
    dab_each(s, p->strength, rgba, left, top, dab_mix_plain, &t);
}

static inline void dab_paint_smudge(
  const dab_shape *s, const dab_pass *p, uint16_t *rgba, int left, int top) {
  const uint64_t doubled = 2u * p->alpha;
  const dab_smudging smudging = {
    dab_colour(p, TILE_MOST), lanes_pixels(doubled * 0x0001000100010001u)};
  dab_each(s, p->strength, rgba, left, top, dab_mix_smudge, &smudging);
}

static inline void dab_paint_locked(
  const dab_shape *s, const dab_pass *p, uint16_t *rgba, int left, int top) {
  const dab_towards t = {dab_colour(p, TILE_MOST)};
  dab_each(s, p->strength, rgba, left, top, dab_mix_locked, &t);
}

ALWAYS_INLINE void dab_paint_pigment(const dab_shape *s, const dab_pass *p,
  uint16_t *rgba, int left, int top, dab_use *use) {
  const dab_painting paint = dab_paint_of(p);
  dab_each(s, p->strength, rgba, left, top, use, &paint);
}

static void dab_kernel_paint(
  const dab_shape *s, const dab_pass *p, uint16_t *rgba, int left, int top) {
  switch (p->kind) {
  case DAB_PLAIN: dab_paint_light(s, p, rgba, left, top); break;
  case DAB_SMUDGE: dab_paint_smudge(s, p, rgba, left, top); break;
  case DAB_LOCKED: dab_paint_locked(s, p, rgba, left, top); break;
  case DAB_PIGMENT: dab_paint_pigment(s, p, rgba, left, top, dab_mix_pigment); break;
  case DAB_PIGMENT_SMUDGE:
    dab_paint_pigment(s, p, rgba, left, top, dab_mix_pigment_smudge);
    break;
  case DAB_PIGMENT_LOCKED:
    dab_paint_pigment(s, p, rgba, left, top, dab_mix_pigment_locked);
    break;
  case DAB_TINT:
  case DAB_POSTER: dab_each(s, p->strength, rgba, left, top, dab_mix_rarely, p); break;
  }
}

// Of one tile: the lower and the upper halves of products, so that no sum is too large.
typedef struct dab_lane_sums {
  lanes_c low, high;
  lanes_i weight;
} dab_lane_sums;

ALWAYS_INLINE void dab_weigh_pixels(const void *data, uint16_t *rgba, lanes_i weights) {
  dab_lane_sums *const *sums = data;
  lanes_c products[QUADS];
  lanes_weigh(rgba, weights, products);
  for (int i = 0; i < QUADS; i++) {
    (*sums)->low += products[i] & 0xFFFF;
    (*sums)->high += products[i] >> 16;
  }
  (*sums)->weight += weights;
}

static void dab_kernel_weigh(
  const dab_shape *s, const uint16_t *rgba, int left, int top, dab_sums *sums) {
  enum { PLACES = sizeof(lanes_c) / sizeof(int32_t) };
  dab_lane_sums here = {.low = {0}}, *to = &here;
  dab_each(s, TILE_MOST, (uint16_t *)rgba, left, top, dab_weigh_pixels, &to);
  uint64_t channels[4] = {0};
  for (int i = 0; i < PLACES; i++)
    channels[i % 4] += (uint64_t)here.low[i] + ((uint64_t)here.high[i] << 16);
  sums->red += channels[0];
  sums->green += channels[1];
  sums->blue += channels[2];
  sums->alpha += channels[3];
  sums->weight += lanes_total(here.weight);
}

// Here lanes hold the bands of one colour.
enum { DAB_BAND_LANES = PIGMENT_ROOM / LANES };

ALWAYS_INLINE lanes_f dab_side_by_side(const float *bands) {
  lanes_f v;
  memcpy(&v, bands, sizeof v);
  return v;
}

ALWAYS_INLINE void dab_bands(const float rgb[3], lanes_f bands[DAB_BAND_LANES]) {
  const pigment_light dimmed = pigment_dimmed(
    (pigment_light){lanes_all(rgb[0]), lanes_all(rgb[1]), lanes_all(rgb[2])});
  for (int i = 0; i < DAB_BAND_LANES; i++) {
    bands[i] = dimmed.red * dab_side_by_side(pigment_red + i * LANES) +
      dimmed.green * dab_side_by_side(pigment_green + i * LANES) +
      dimmed.blue * dab_side_by_side(pigment_blue + i * LANES);
  }
  pigment_logs(bands, DAB_BAND_LANES);
}

static void dab_kernel_take_paint(const float rgb[3], pigment *paint) {
  lanes_f bands[DAB_BAND_LANES];
  dab_bands(rgb, bands);
  memcpy(paint->bands, bands, sizeof bands);
}

static inline void dab_show_bands(lanes_f bands[DAB_BAND_LANES], float rgb[3]) {
  float list[PIGMENT_ROOM];
  lanes_f v[PIGMENT_BANDS];
  pigment_powers(bands, DAB_BAND_LANES);
  memcpy(list, bands, sizeof list);
  for (int i = 0; i < PIGMENT_BANDS; i++) v[i] = lanes_all(list[i]);
  const pigment_light seen = pigment_seen(v);
  rgb[0] = seen.red[0];
  rgb[1] = seen.green[0];
  rgb[2] = seen.blue[0];
}

// One place after the other, so that sums are the same however many lanes there are.
static bool dab_kernel_mix(const dab_places *p, float rgb[3], float *alpha) {
  lanes_f sum[DAB_BAND_LANES] = {{0}}, bands[DAB_BAND_LANES];
  float total = 0.0f, weight = 0.0f;
  for (int i = 0; i < p->count; i++) {
    const uint16_t *c = &p->rgba[4 * i];
    weight += p->weight[i];
    if (c[3] == 0) continue;
    const float inverse = 1.0f / (float)c[3], share = p->weight[i] * (float)c[3];
    dab_bands(
      (float[]){(float)c[0] * inverse, (float)c[1] * inverse, (float)c[2] * inverse},
      bands);
    for (int b = 0; b < DAB_BAND_LANES; b++) sum[b] += bands[b] * share;
    total += share;
  }
  if (!(total > 0.0f)) return false;
  for (int b = 0; b < DAB_BAND_LANES; b++) sum[b] /= total;
  dab_show_bands(sum, rgb);
  *alpha = total / (weight * (float)TILE_MOST);
  return true;
}

#endif
