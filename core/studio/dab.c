// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/studio/dab.h"

#include "core/studio/tile.h"

#include <math.h>
#include <stddef.h>

// Dabs smaller than this cover pixels in part, and the mask must say how much.
static const float small_radius = 3.0f;
// Half the diameter of a circle whose area is one pixel.
static const float pixel_radius = 0.564189584f;

dab_shape dab_shape_of(const dab *d) {
  float turn = d->angle * (3.14159265f / 180.0f), h = d->hardness;
  dab_shape s = {.x = d->x, .y = d->y, .radius = d->radius, .hardness = h, .aspect = d->aspect};
  s.cosine = cosf(turn);
  s.sine = sinf(turn);
  s.inverse_square = 1.0f / (d->radius * d->radius);
  s.inner_slope = 1.0f / h - 1.0f;
  s.outer_slope = h < 1.0f ? h / (1.0f - h) : 0.0f;
  s.small = d->radius < small_radius;
  float solid = d->radius > 1.0f ? d->radius - 1.0f : 0.0f;
  s.soft_from = solid * solid / d->aspect * s.inverse_square;
  return s;
}

static int clamped(float v, int low, int high) {
  if (!(v > (float)low)) return low;
  return v < (float)high ? (int)v : high;
}

bool dab_reach(const dab *d, int width, int height, dab_area *area) {
  float fringe = d->radius + 1.0f;
  area->x0 = clamped(floorf(d->x - fringe), 0, width);
  area->y0 = clamped(floorf(d->y - fringe), 0, height);
  area->x1 = clamped(floorf(d->x + fringe) + 1.0f, 0, width);
  area->y1 = clamped(floorf(d->y + fringe) + 1.0f, 0, height);
  return area->x0 < area->x1 && area->y0 < area->y1;
}

bool dab_touches(const dab_shape *s, dab_area a) {
  float dx = fmaxf(fmaxf((float)a.x0 - s->x, s->x - (float)a.x1), 0.0f);
  float dy = fmaxf(fmaxf((float)a.y0 - s->y, s->y - (float)a.y1), 0.0f);
  float reach = s->radius + 1.0f;
  return dx * dx + dy * dy <= reach * reach;
}

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

// The cover of `n` pixels in a row, the first of which is at x, y from the dab's middle.
static void cover_row(const dab_shape *s, float x, float y, int n, uint16_t *mask) {
  if (s->small) {
    for (int i = 0; i < n; i++) mask[i] = cover(s, small_distance(s, x + (float)i, y));
    return;
  }
  for (int i = 0; i < n; i++) mask[i] = cover(s, squared(s, x + (float)i, y));
}

static inline uint16_t mixed(uint32_t new_weight, uint32_t new, uint32_t old_weight, uint32_t old) {
  return (uint16_t)((new_weight * new + old_weight * old) / TILE_ONE);
}

static void blend_row(const dab *d, const uint16_t *mask, int n, uint16_t *rgba) {
  for (int i = 0; i < n; i++, rgba += 4) {
    uint32_t all = (uint32_t)mask[i] * d->opacity / TILE_ONE;
    uint32_t old = TILE_ONE - all;
    uint32_t new = all * d->alpha / TILE_ONE;
    rgba[0] = mixed(new, d->red, old, rgba[0]);
    rgba[1] = mixed(new, d->green, old, rgba[1]);
    rgba[2] = mixed(new, d->blue, old, rgba[2]);
    rgba[3] = (uint16_t)(new + old * rgba[3] / TILE_ONE);
  }
}

// The columns of row y that a round dab can reach; y from the dab's middle.
static bool row_span(const dab_shape *s, float y, int left, dab_area in, int *from, int *to) {
  float reach = s->radius + 1.0f;
  float half = reach * reach - y * y;
  if (half <= 0.0f) return false;
  half = sqrtf(half);
  *from = clamped(floorf(s->x - half) - (float)left, in.x0, in.x1);
  *to = clamped(floorf(s->x + half) + 1.0f - (float)left, in.x0, in.x1);
  return *from < *to;
}

void dab_paint(const dab *d, const dab_shape *s, uint16_t *rgba, int left, int top,
  dab_area in) {
  uint16_t mask[TILE_SIDE];
  for (int row = in.y0; row < in.y1; row++) {
    float y = (float)(top + row) + 0.5f - s->y;
    int from, to;
    if (!row_span(s, y, left, in, &from, &to)) continue;
    cover_row(s, (float)(left + from) + 0.5f - s->x, y, to - from, mask);
    blend_row(d, mask, to - from, rgba + (row * TILE_SIDE + from) * 4);
  }
}

void dab_weigh(const dab_shape *s, const uint16_t *rgba, int left, int top, dab_area in,
  dab_sums *sums) {
  uint16_t mask[TILE_SIDE];
  for (int row = in.y0; row < in.y1; row++) {
    float y = (float)(top + row) + 0.5f - s->y;
    int from, to;
    if (!row_span(s, y, left, in, &from, &to)) continue;
    cover_row(s, (float)(left + from) + 0.5f - s->x, y, to - from, mask);
    const uint16_t *p = rgba == NULL ? NULL : rgba + (row * TILE_SIDE + from) * 4;
    for (int i = 0; i < to - from; i++) {
      sums->weight += mask[i];
      if (p == NULL) continue;
      sums->red += (uint32_t)mask[i] * p[4 * i] / TILE_ONE;
      sums->green += (uint32_t)mask[i] * p[4 * i + 1] / TILE_ONE;
      sums->blue += (uint32_t)mask[i] * p[4 * i + 2] / TILE_ONE;
      sums->alpha += (uint32_t)mask[i] * p[4 * i + 3] / TILE_ONE;
    }
  }
}
