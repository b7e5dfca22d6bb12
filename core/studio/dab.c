// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/studio/dab.h"

#include "core/studio/dab_rows.h"
#include "core/studio/tile.h"

#include <math.h>
#include <stddef.h>

// Dabs smaller than this cover pixels in part, and the mask must say how much.
static const float small_radius = 3.0f;

#ifdef __SSE2__
#define cover_row dab_rows_cover_sse2
#define blend_row dab_rows_blend_sse2
#else
#define cover_row dab_rows_cover_plain
#define blend_row dab_rows_blend_plain
#endif

dab_shape dab_shape_of(const dab *d) {
  float turn = d->angle * (3.14159265f / 180.0f), h = d->hardness;
  dab_shape s = {
    .x = d->x, .y = d->y, .radius = d->radius, .hardness = h, .aspect = d->aspect};
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

// The whole part of v, from low, which is not below 0, to high.
static int clamped(float v, int low, int high) {
  if (!(v > (float)low)) return low;
  return v < (float)high ? (int)v : high;
}

bool dab_reach(const dab *d, int width, int height, dab_area *area) {
  float fringe = d->radius + 1.0f;
  area->x0 = clamped(d->x - fringe, 0, width);
  area->y0 = clamped(d->y - fringe, 0, height);
  area->x1 = clamped(d->x + fringe + 1.0f, 0, width);
  area->y1 = clamped(d->y + fringe + 1.0f, 0, height);
  return area->x0 < area->x1 && area->y0 < area->y1;
}

bool dab_touches(const dab_shape *s, dab_area a) {
  float dx = fmaxf(fmaxf((float)a.x0 - s->x, s->x - (float)a.x1), 0.0f);
  float dy = fmaxf(fmaxf((float)a.y0 - s->y, s->y - (float)a.y1), 0.0f);
  float reach = s->radius + 1.0f;
  return dx * dx + dy * dy <= reach * reach;
}

// The columns of row y that a round dab can reach; y from the dab's middle.
static bool row_span(
  const dab_shape *s, float y, int left, dab_area in, int *from, int *to) {
  float reach = s->radius + 1.0f;
  float half = reach * reach - y * y;
  if (half <= 0.0f) return false;
  half = sqrtf(half);
  *from = clamped(s->x - half - (float)left, in.x0, in.x1);
  *to = clamped(s->x + half + 1.0f - (float)left, in.x0, in.x1);
  return *from < *to;
}

void dab_paint(
  const dab *d, const dab_shape *s, uint16_t *rgba, int left, int top, dab_area in) {
  uint16_t mask[DAB_ROW_ROOM];
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
  uint16_t mask[DAB_ROW_ROOM];
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
