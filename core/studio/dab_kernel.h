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

// Of one tile: sums of products, of which 32 bits are kept, and of their upper halves, which
// say what is missing.
typedef struct dab_lane_sums {
  lanes_c whole, upper;
  lanes_i weight;
} dab_lane_sums;

ALWAYS_INLINE void dab_weigh_pixels(
  const uint16_t *rgba, lanes_f covers, dab_lane_sums *sums) {
  const lanes_i weights = lanes_whole(lanes_max(covers, lanes_all(0.0f)));
  const lanes_c products = lanes_weigh(rgba, weights);
  sums->whole += products;
  sums->upper += products >> 16;
  sums->weight += weights;
}

// A look's two slopes are alike, and it is a circle. It goes through as many columns as there
// are lanes row by row: what is the same in every row is worked out once.

static inline void dab_weigh_small(
  const dab_shape *s, const uint16_t *rgba, int left, int top, dab_lane_sums *sums) {
  const float most = (float)TILE_MOST, x = s->x - (float)left, y = s->y - (float)top;
  const float reach = s->reach_x + 0.01f;
  const dab_run run = dab_run_of(x - reach, x + reach + 1.0f);
  const int first = dab_within_tile(y - reach), last = dab_within_tile(y + reach + 1.0f);
  for (int at = run.from; at < run.to; at += LANES) {
    const lanes_f off_x = lanes_size(lanes_order + ((float)(left + at) + 0.5f) - s->x);
    for (int i = first; i < last; i++) {
      const lanes_f off_y = lanes_size(lanes_all((float)(top + i) + 0.5f - s->y));
      const lanes_f squared = dab_straight_squared(s, off_x, off_y);
      dab_weigh_pixels(rgba + (i * TILE_SIDE + at) * 4, most - squared * most, sums);
    }
  }
}

static inline void dab_weigh_large(
  const dab_shape *s, const uint16_t *rgba, int left, int top, dab_lane_sums *sums) {
  const float most = (float)TILE_MOST, x = s->x - (float)left, y = s->y - (float)top;
  const dab_extent rows = dab_extent_of(y, s->reach_y);
  float covers[TILE_SIDE + LANES]; // in the middle of each row
  for (int i = rows.first; i < rows.last; i += LANES) {
    const lanes_f down = dab_down(s, top + i), rest = 1.0f - s->rest * down * down;
    dab_keep(covers + i, lanes_min(most - most * (1.0f - rest), most * rest));
  }
  const dab_run run = dab_run_of(x - s->reach_x + 0.25f, x + s->reach_x + 0.75f);
  for (int at = run.from; at < run.to; at += LANES) {
    const lanes_f off_x = lanes_order + ((float)(left + at) + 0.5f) - s->x;
    const lanes_f less = off_x * off_x * (most * s->square);
    for (int i = rows.first; i < rows.last; i++)
      dab_weigh_pixels(rgba + (i * TILE_SIDE + at) * 4, covers[i] - less, sums);
  }
}

static void dab_kernel_weigh(
  const dab_shape *s, const uint16_t *rgba, int left, int top, dab_sums *sums) {
  dab_lane_sums here = {.whole = {0}};
  if (s->small)
    dab_weigh_small(s, rgba, left, top, &here);
  else
    dab_weigh_large(s, rgba, left, top, &here);
  uint32_t whole[4], upper[4];
  lanes_fold(here.whole, whole);
  lanes_fold(here.upper, upper);
  for (int i = 0; i < 4; i++)
    sums->channels[i] +=
      ((int64_t)upper[i] << 16) + (uint32_t)(whole[i] - (upper[i] << 16));
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
