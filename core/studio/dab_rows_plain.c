// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/studio/dab_rows.h"
#include "core/studio/tile.h"

#include <math.h>
#include <stdbool.h>

// Half the diameter of a circle whose area is one pixel.
static const float pixel_radius = 0.564189584f;

// The squared distance from the middle in units of the radius; x, y from the middle.
static inline float squared(const dab_shape *s, float x, float y) {
  float across = (y * s->cosine - x * s->sine) * s->aspect;
  float along = y * s->sine + x * s->cosine;
  return (across * across + along * along) * s->inverse_square;
}

// How much of the dab there is at that squared distance, 0..TILE_ONE.
static inline uint16_t cover(const dab_shape *s, float rr) {
  float inner = 1.0f - rr * s->inner_slope;
  float outer = s->outer_slope - rr * s->outer_slope;
  float v = rr <= s->hardness ? inner : outer;
  v = rr <= 1.0f ? v : 0.0f;
  return (uint16_t)(int)(v * (float)TILE_ONE);
}

static inline float between(float v, float low, float high) {
  v = v > low ? v : low;
  return v < high ? v : high;
}

// A pixel of a small dab lies partly inside it. Its distance is judged from two points: the
// one of the pixel's square nearest to the dab's long axis, and one a pixel's radius further
// from the axis. x, y: the pixel's middle from the dab's.
static float small_distance(const dab_shape *s, float x, float y) {
  float along = x * s->cosine + y * s->sine;
  bool inside = fabsf(x) < 0.5f && fabsf(y) < 0.5f;
  float near_x = inside ? 0.0f : between(along * s->cosine, x - 0.5f, x + 0.5f);
  float near_y = inside ? 0.0f : between(along * s->sine, y - 0.5f, y + 0.5f);
  float near = squared(s, near_x, near_y);
  if (near > 1.0f) return near;
  float side = (x + s->cosine) * s->sine - s->cosine * (y - s->sine);
  float step = side > 0.0f ? -pixel_radius : pixel_radius;
  float far = squared(s, near_x - s->sine * step, near_y + s->cosine * step);
  if (far < s->soft_from) return (near + far) * 0.5f;
  return 1.0f - (1.0f - near) / (1.0f + far - near);
}

void dab_rows_cover_plain(const dab_shape *s, float x, float y, int n, uint16_t *mask) {
  if (s->small) {
    for (int i = 0; i < n; i++) mask[i] = cover(s, small_distance(s, x + (float)i, y));
    return;
  }
  for (int i = 0; i < n; i++) mask[i] = cover(s, squared(s, x + (float)i, y));
}

static inline uint16_t mixed(
  uint32_t new_weight, uint32_t new, uint32_t old_weight, uint32_t old) {
  return (uint16_t)((new_weight * new + old_weight *old) / TILE_ONE);
}

void dab_rows_blend_plain(const dab *d, const uint16_t *mask, int n, uint16_t *rgba) {
  for (int i = 0; i < n; i++, rgba += 4) {
    uint32_t all = (uint32_t)mask[i] * d->opacity / TILE_ONE;
    uint32_t old = TILE_ONE - all;
    uint32_t new = all * d->alpha / TILE_ONE;
    rgba[0] = mixed(new, d->red, old, rgba[0]);
    rgba[1] = mixed(new, d->green, old, rgba[1]);
    rgba[2] = mixed(new, d->blue, old, rgba[2]);
    rgba[3] = (uint16_t)(new + old *rgba[3] / TILE_ONE);
  }
}
