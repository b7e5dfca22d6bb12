// SPDX-License-Identifier: GPL-3.0-or-later
// What a dab that mixes as light does to pixels by its weights, in lanes (see dab_lanes.h). In
// integers, so that a weak dab laid on often enough arrives, and one that rubs out leaves
// nothing.
#ifndef GESTO_STUDIO_DAB_MIX_H
#define GESTO_STUDIO_DAB_MIX_H

#include "core/studio/dab_cover.h"
#include "core/studio/dab_rare.h"

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
