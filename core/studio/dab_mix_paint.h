// SPDX-License-Identifier: GPL-3.0-or-later
// What a dab that mixes as paint does to pixels by its weights, in lanes (see dab_lanes.h).
#ifndef GESTO_STUDIO_DAB_MIX_PAINT_H
#define GESTO_STUDIO_DAB_MIX_PAINT_H

#include "core/studio/dab_cover.h"
#include "core/studio/pigment_lanes.h"

typedef struct dab_painting {
  pigment paint;
  lanes_i colour[4];
} dab_painting;

ALWAYS_INLINE dab_painting dab_paint_of(const dab_pass *p) {
  const lanes_i none = {0};
  return (dab_painting){.paint = *p->paint,
    .colour = {none + p->red, none + p->green, none + p->blue, none + p->alpha}};
}

// a * b / 32768, rounded down, of numbers from 0 to 32767.
ALWAYS_INLINE lanes_i dab_times(lanes_i a, lanes_i b) {
  return lanes_product(a, b) >> 15;
}

// What is left of a under a cover of b.
ALWAYS_INLINE lanes_i dab_under(lanes_i a, lanes_i b) {
  return a - ((lanes_product(a, b) + 32767) >> 15);
}

ALWAYS_INLINE lanes_i dab_select(lanes_i where, lanes_i yes, lanes_i no) {
  return (lanes_i)lanes_choose(where, (lanes_f)yes, (lanes_f)no);
}

ALWAYS_INLINE void dab_put_where(
  uint16_t *rgba, lanes_i where, const lanes_i fresh[4], const lanes_i old[4]) {
  lanes_i put[4];
  for (int i = 0; i < 4; i++) put[i] = dab_select(where, fresh[i], old[i]);
  lanes_put(rgba, put);
}

ALWAYS_INLINE lanes_f dab_inverse(lanes_i v) {
  return 1.0f / lanes_max(lanes_float(v), lanes_all(1.0f));
}

ALWAYS_INLINE pigment_light dab_ground(const lanes_i old[4]) {
  const lanes_f inverse = dab_inverse(old[3]);
  return (pigment_light){lanes_float(old[0]) * inverse, lanes_float(old[1]) * inverse,
    lanes_float(old[2]) * inverse};
}

// Where there is nothing yet, paint covers as light would: there is nothing to mix with.
ALWAYS_INLINE void dab_mix_on_bare(
  const dab_painting *p, uint16_t *rgba, lanes_i weights) {
  lanes_i fresh[4];
  for (int i = 0; i < 3; i++) fresh[i] = dab_times(p->colour[i], weights);
  fresh[3] = weights;
  lanes_put(rgba, fresh);
}

ALWAYS_INLINE void dab_mix_pigment(const void *data, uint16_t *rgba, lanes_i weights) {
  if (lanes_none(weights)) return;
  const dab_painting *p = data;
  lanes_i old[4], fresh[4];
  lanes_take(rgba, old);
  if (lanes_none(old[3])) {
    dab_mix_on_bare(p, rgba, weights);
    return;
  }
  fresh[3] = weights + dab_under(old[3], weights);
  const lanes_f alpha = lanes_float(fresh[3]);
  const lanes_f share = lanes_float(weights) * dab_inverse(fresh[3]);
  const pigment_light mixed = pigment_mixed(&p->paint, share, dab_ground(old));
  const lanes_f light[3] = {mixed.red, mixed.green, mixed.blue};
  for (int i = 0; i < 3; i++) {
    const lanes_i as_paint = lanes_whole(light[i] * alpha + 0.5f);
    fresh[i] = dab_select(old[3] == 0, dab_times(p->colour[i], weights), as_paint);
  }
  dab_put_where(rgba, weights > 0, fresh, old);
}

ALWAYS_INLINE void dab_mix_pigment_locked(
  const void *data, uint16_t *rgba, lanes_i weights) {
  if (lanes_none(weights)) return;
  const dab_painting *p = data;
  lanes_i old[4], fresh[4];
  lanes_take(rgba, old);
  const lanes_f alpha = lanes_float(old[3]);
  const lanes_f share = lanes_float(weights) * (1.0f / (float)TILE_ONE);
  const pigment_light mixed = pigment_mixed(&p->paint, share, dab_ground(old));
  fresh[0] = lanes_whole(mixed.red * alpha + 0.5f);
  fresh[1] = lanes_whole(mixed.green * alpha + 0.5f);
  fresh[2] = lanes_whole(mixed.blue * alpha + 0.5f);
  fresh[3] = old[3];
  dab_put_where(rgba, weights > 0, fresh, old);
}

// From thin paint, which mixes as light, to thick, which mixes as paint: 0 to 1.
ALWAYS_INLINE lanes_f dab_thickness(lanes_i alpha) {
  const lanes_f b = lanes_float(alpha) * (8.0f / (float)TILE_ONE) - 3.0f;
  const lanes_f v = b / (lanes_size(b) * 1.65f + 1.0f) + 0.5f;
  return lanes_between(v, lanes_all(0.0f), lanes_all(1.0f));
}

ALWAYS_INLINE void dab_mix_pigment_smudge(
  const void *data, uint16_t *rgba, lanes_i weights) {
  if (lanes_none(weights)) return;
  const dab_painting *p = data;
  lanes_i old[4], fresh[4];
  lanes_take(rgba, old);
  const lanes_i paint = dab_times(p->colour[3], weights);
  const lanes_i ground = dab_under(old[3], weights);
  fresh[3] = paint + ground;
  const lanes_f alpha = lanes_float(fresh[3]);
  const lanes_f share = lanes_float(weights) * dab_inverse(weights + ground) *
    (lanes_float(p->colour[3]) * (1.0f / (float)TILE_ONE));
  const pigment_light mixed = pigment_mixed(&p->paint, share, dab_ground(old));
  const lanes_f thick = dab_thickness(old[3]), thin = 1.0f - thick;
  const lanes_f light[3] = {mixed.red, mixed.green, mixed.blue};
  for (int i = 0; i < 3; i++) {
    const lanes_i change =
      lanes_product(paint, p->colour[i]) - lanes_product(weights, old[i]);
    const lanes_f as_light = lanes_float(old[i] + (change >> 15));
    fresh[i] = lanes_whole(thin * as_light + thick * light[i] * alpha);
  }
  dab_put_where(rgba, weights > 0, fresh, old);
}

#endif
