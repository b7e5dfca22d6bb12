// SPDX-License-Identifier: GPL-3.0-or-later
// What a dab does to pixels by its weights, in lanes (see dab_lanes.h). In integers where it
// mixes as light, so that a weak dab laid on often enough arrives, and one that rubs out leaves
// nothing.
#ifndef GESTO_STUDIO_DAB_MIX_H
#define GESTO_STUDIO_DAB_MIX_H

#include "core/studio/dab_cover.h"
#include "core/studio/dab_rare.h"
#include "core/studio/pigment_lanes.h"

// a * b / 32768 rounded down, of signed a and of b from 0 to 32767; doubled: 2 * b.
ALWAYS_INLINE lanes_q dab_scaled(lanes_q a, lanes_q doubled) {
  return lanes_high(a, doubled) + ((doubled >> 15) & a);
}

// The same for b under 16384.
ALWAYS_INLINE lanes_q dab_scaled_lightly(lanes_q a, lanes_q doubled) {
  return lanes_high(a, doubled);
}

typedef struct dab_towards {
  lanes_q target;
} dab_towards;

ALWAYS_INLINE void dab_mix_plain(const void *data, uint16_t *rgba, lanes_i weights) {
  const dab_towards *t = data;
  lanes_q doubled[QUADS];
  lanes_spread(weights + weights, doubled);
  for (int i = 0; i < QUADS; i++) {
    uint16_t *at = rgba + i * QUAD_PIXELS * 4;
    const lanes_q old = lanes_load(at);
    lanes_store(at, old + dab_scaled(t->target - old, doubled[i]));
  }
}

ALWAYS_INLINE void dab_mix_lightly(const void *data, uint16_t *rgba, lanes_i weights) {
  const dab_towards *t = data;
  lanes_q doubled[QUADS];
  lanes_spread(weights + weights, doubled);
  for (int i = 0; i < QUADS; i++) {
    uint16_t *at = rgba + i * QUAD_PIXELS * 4;
    const lanes_q old = lanes_load(at);
    lanes_store(at, old + dab_scaled_lightly(t->target - old, doubled[i]));
  }
}

typedef struct dab_smudging {
  lanes_q colour, doubled_alpha; // the colour's own alpha is one
} dab_smudging;

ALWAYS_INLINE void dab_mix_smudge(const void *data, uint16_t *rgba, lanes_i weights) {
  const dab_smudging *s = data;
  lanes_q spread[QUADS];
  lanes_spread(weights, spread);
  for (int i = 0; i < QUADS; i++) {
    uint16_t *at = rgba + i * QUAD_PIXELS * 4;
    const lanes_q old = lanes_load(at), paint = dab_scaled(spread[i], s->doubled_alpha);
    lanes_store(at, old + lanes_two_products(paint, s->colour, -spread[i], old));
  }
}

// The target's alpha is one, so it scales to the alpha that is there; that itself stays.
ALWAYS_INLINE void dab_mix_locked(const void *data, uint16_t *rgba, lanes_i weights) {
  const dab_towards *t = data;
  const lanes_q colours = lanes_pixels(0x0000FFFFFFFFFFFF);
  lanes_q doubled[QUADS];
  lanes_spread(weights + weights, doubled);
  for (int i = 0; i < QUADS; i++) {
    uint16_t *at = rgba + i * QUAD_PIXELS * 4;
    const lanes_q old = lanes_load(at), alpha = lanes_alpha(old);
    const lanes_q target = dab_scaled(alpha, lanes_doubled(t->target));
    lanes_store(at, old + (dab_scaled(target - old, doubled[i]) & colours));
  }
}

typedef struct dab_painting {
  pigment paint;
  lanes_i colour[4];
} dab_painting;

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

ALWAYS_INLINE void dab_mix_rarely(const void *data, uint16_t *rgba, lanes_i weights) {
  const dab_pass *p = data;
  int32_t list[LANES];
  lanes_list(weights, list);
  for (int i = 0; i < LANES; i++) {
    if (p->kind == DAB_TINT)
      dab_tint(p, rgba + 4 * i, list[i]);
    else
      dab_poster(p, rgba + 4 * i, list[i]);
  }
}

#endif
