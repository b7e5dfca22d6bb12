// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/studio/dab_rare.h"

#include "core/studio/tile.h"

typedef struct straight {
  int32_t v[3]; // red, green, blue: TILE_ONE is one
} straight;

// Of the sRGB primaries.
static int32_t lightness(const straight *c) {
  const float sum = (float)c->v[0] * 0.2126f + (float)c->v[1] * 0.7152f;
  return (int32_t)(sum + (float)c->v[2] * 0.0722f);
}

static int32_t least(const straight *c) {
  const int32_t v = c->v[0] < c->v[1] ? c->v[0] : c->v[1];
  return v < c->v[2] ? v : c->v[2];
}

static int32_t most(const straight *c) {
  const int32_t v = c->v[0] > c->v[1] ? c->v[0] : c->v[1];
  return v > c->v[2] ? v : c->v[2];
}

// Each channel that much closer to the lightness.
static void draw_in(straight *c, int32_t light, int32_t by, int32_t of) {
  for (int i = 0; i < 3; i++) {
    c->v[i] = light + (int32_t)((int64_t)(c->v[i] - light) * by / of);
  }
}

static straight as_light_as(straight c, int32_t wanted) {
  const int32_t more = wanted - lightness(&c);
  for (int i = 0; i < 3; i++) c.v[i] += more;
  const int32_t light = lightness(&c), low = least(&c), high = most(&c);
  if (low < 0 && light > low) draw_in(&c, light, light, light - low);
  if (high > TILE_ONE && high > light) draw_in(&c, light, TILE_ONE - light, high - light);
  return c;
}

static void move_towards(uint16_t rgba[4], const straight *target, int32_t weight) {
  for (int i = 0; i < 3; i++) {
    int32_t v = target->v[i] < 0 ? 0 : target->v[i];
    if (v > rgba[3]) v = rgba[3];
    rgba[i] = (uint16_t)(rgba[i] + ((v - rgba[i]) * weight >> 15));
  }
}

void dab_tint(const dab_pass *p, uint16_t rgba[4], int32_t weight) {
  const int32_t alpha = rgba[3];
  if (alpha == 0 || weight == 0) return;
  straight below, colour = {{p->red, p->green, p->blue}};
  for (int i = 0; i < 3; i++) below.v[i] = rgba[i] * TILE_ONE / alpha;
  colour = as_light_as(colour, lightness(&below));
  for (int i = 0; i < 3; i++) colour.v[i] = colour.v[i] * alpha / TILE_ONE;
  move_towards(rgba, &colour, weight);
}

void dab_poster(const dab_pass *p, uint16_t rgba[4], int32_t weight) {
  if (weight == 0) return;
  straight nearest;
  for (int i = 0; i < 3; i++) {
    const int32_t level = (rgba[i] * p->levels + TILE_ONE / 2) / TILE_ONE;
    nearest.v[i] = level * TILE_ONE / p->levels;
  }
  move_towards(rgba, &nearest, weight);
}
