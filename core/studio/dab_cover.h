// SPDX-License-Identifier: GPL-3.0-or-later
// How much of each pixel a dab covers, in lanes (see dab_lanes.h), row by row of a tile.
#ifndef GESTO_STUDIO_DAB_COVER_H
#define GESTO_STUDIO_DAB_COVER_H

#include "core/studio/dab.h"
#include "core/studio/dab_lanes.h"
#include "core/studio/tile.h"

#include <math.h>

// How a dab's cover falls off, times the strength of the pass.
typedef struct dab_fall {
  float most, inner, outer;
} dab_fall;

ALWAYS_INLINE dab_fall dab_fall_of(const dab_shape *s, uint16_t strength) {
  const float most = (float)strength;
  return (dab_fall){most, most * s->inner, most * s->outer};
}

// The lesser or, of a hollow dab, the greater of its two slopes; below 0 there is nothing.
ALWAYS_INLINE lanes_i dab_weights(bool hollow, lanes_f inner, lanes_f outer) {
  const lanes_f v = hollow ? lanes_max(inner, outer) : lanes_min(inner, outer);
  return lanes_whole(lanes_max(v, lanes_all(0.0f)));
}

ALWAYS_INLINE lanes_f dab_squared(const dab_shape *s, lanes_f x, lanes_f y) {
  return x * (x * s->xx + y * s->xy) + y * y * s->yy;
}

// A pixel of a small dab lies partly inside it. Its distance is judged from two points: the
// one of the pixel's square nearest to the dab's long axis, and one a pixel's radius further
// from the axis. x, y: the pixel's middle from the dab's.
ALWAYS_INLINE lanes_f dab_small_squared(const dab_shape *s, lanes_f x, float y_all) {
  const lanes_f y = lanes_all(y_all), half = lanes_all(0.5f), none = lanes_all(0.0f);
  // Half the diameter of a circle whose area is one pixel.
  const lanes_f pixel_radius = lanes_all(0.564189584f);
  const lanes_f along = x * s->cosine + y_all * s->sine;
  const lanes_i inside = (lanes_size(x) < half) & (lanes_size(y) < half);
  lanes_f near_x = lanes_between(along * s->cosine, x - half, x + half);
  lanes_f near_y = lanes_between(along * s->sine, y - half, y + half);
  near_x = lanes_choose(inside, none, near_x);
  near_y = lanes_choose(inside, none, near_y);
  const lanes_f near = dab_squared(s, near_x, near_y);
  const lanes_f side = (x + s->cosine) * s->sine - s->cosine * (y - s->sine);
  const lanes_f step = lanes_choose(side > none, -pixel_radius, pixel_radius);
  const lanes_f far = dab_squared(s, near_x - s->sine * step, near_y + s->cosine * step);
  const lanes_f edge = 1.0f - (1.0f - near) / (1.0f + far - near);
  const lanes_f within =
    lanes_choose(far < lanes_all(s->soft_from), (near + far) * 0.5f, edge);
  return lanes_choose(near > lanes_all(1.0f), near, within);
}

// The whole number at or below v, from 0 to TILE_SIDE.
ALWAYS_INLINE int dab_within_tile(float v) {
  const float above = v > 0.0f ? v : 0.0f;
  return (int)(above < (float)TILE_SIDE ? above : (float)TILE_SIDE);
}

// Does something with as many pixels as there are lanes, by their weights.
typedef void dab_use(const void *data, uint16_t *rgba, lanes_i weights);

// Columns from..to-1 as whole runs of lanes. Those around them have no weight.
typedef struct dab_run {
  int from, to;
} dab_run;

ALWAYS_INLINE dab_run dab_run_from(int first, int last) {
  const int count = (last - first + LANES - 1) & -LANES;
  const int latest = TILE_SIDE - count;
  const int start = first < latest ? first : latest;
  return (dab_run){start, start + count};
}

ALWAYS_INLINE dab_run dab_run_of(float from, float to) {
  return dab_run_from(dab_within_tile(from), dab_within_tile(to));
}

// Longer ones begin where pixels are loaded and stored fastest.
ALWAYS_INLINE dab_run dab_even_run(float from, float to) {
  return dab_run_from(dab_within_tile(from) & -QUAD_PIXELS, dab_within_tile(to));
}

ALWAYS_INLINE void dab_small_row(const dab_shape *s, const dab_fall *f, float y,
  float left, dab_run run, uint16_t *row, dab_use *use, const void *data) {
  lanes_f x = lanes_order + (left + (float)run.from + 0.5f);
  for (int i = run.from; i < run.to; i += LANES, x += (float)LANES) {
    const lanes_f squared = dab_small_squared(s, x - s->x, y);
    const lanes_f inner = f->most - squared * f->inner;
    const lanes_f outer = f->outer - squared * f->outer;
    const lanes_i weights = dab_weights(s->hollow, inner, outer);
    use(data, row + 4 * i, weights);
  }
}

ALWAYS_INLINE void dab_small_rows(const dab_shape *s, uint16_t strength, uint16_t *rgba,
  int left, int top, dab_use *use, const void *data) {
  const dab_fall fall = dab_fall_of(s, strength);
  const float x = s->x - (float)left, y = s->y - (float)top, reach = s->reach_x + 0.01f;
  const int last = dab_within_tile(y + reach + 1.0f);
  const dab_run run = dab_run_of(x - reach, x + reach + 1.0f);
  for (int row = dab_within_tile(y - reach); row < last; row++) {
    const float from_middle = (float)(top + row) + 0.5f - s->y;
    dab_small_row(
      s, &fall, from_middle, (float)left, run, rgba + row * TILE_SIDE * 4, use, data);
  }
}

// A row of a large dab: where its middle lies, and the cover there and off it.
typedef struct dab_row {
  float middle, rest, inner, outer, inner_square, outer_square;
} dab_row;

ALWAYS_INLINE dab_row dab_row_of(const dab_shape *s, const dab_fall *f, float y) {
  const float rest = 1.0f - s->rest * y * y;
  return (dab_row){.middle = s->x + s->lean * y,
    .rest = rest,
    .inner = f->most - f->inner * (1.0f - rest),
    .outer = f->outer * rest,
    .inner_square = f->inner * s->square,
    .outer_square = f->outer * s->square};
}

// As far as the dab reaches in this row.
ALWAYS_INLINE dab_run dab_row_run(const dab_shape *s, const dab_row *r, int left) {
  const float rest = r->rest > 0.0f ? r->rest : 0.0f;
  const float half = sqrtf(rest * s->inverse_square) + 0.75f;
  const float middle = r->middle - (float)left;
  return dab_even_run(middle - half, middle + half);
}

ALWAYS_INLINE void dab_large_row(const dab_row *r, dab_run run, int left, bool hollow,
  uint16_t *row, dab_use *use, const void *data) {
  lanes_f x = lanes_order + ((float)left + (float)run.from + 0.5f);
  for (int i = run.from; i < run.to; i += LANES, x += (float)LANES) {
    const lanes_f from_middle = x - r->middle, squared = from_middle * from_middle;
    const lanes_i weights = dab_weights(
      hollow, r->inner - squared * r->inner_square, r->outer - squared * r->outer_square);
    use(data, row + 4 * i, weights);
  }
}

// The rows of a dab that is not broad are all treated alike: a processor foresees that.
static const float dab_broad = 12.0f;

ALWAYS_INLINE void dab_large_rows(const dab_shape *s, uint16_t strength, bool hollow,
  uint16_t *rgba, int left, int top, dab_use *use, const void *data) {
  const dab_fall fall = dab_fall_of(s, strength);
  const float x = s->x - (float)left, y = s->y - (float)top;
  const bool broad = s->reach_x > dab_broad;
  const dab_run all = dab_even_run(x - s->reach_x - 0.75f, x + s->reach_x + 0.75f);
  const int first = dab_within_tile(y - s->reach_y - 1.0f);
  const int last = dab_within_tile(y + s->reach_y + 1.0f);
  dab_run runs[TILE_SIDE];
  dab_row rows[TILE_SIDE];
  for (int i = first; i < last; i++) {
    rows[i] = dab_row_of(s, &fall, (float)(top + i) + 0.5f - s->y);
    runs[i] = broad ? dab_row_run(s, &rows[i], left) : all;
  }
  for (int i = first; i < last; i++) {
    if (!(rows[i].rest > 0.0f)) continue;
    dab_large_row(&rows[i], runs[i], left, hollow, rgba + i * TILE_SIDE * 4, use, data);
  }
}

// For every pixel of the tile that the dab can reach.
ALWAYS_INLINE void dab_each(const dab_shape *s, uint16_t strength, uint16_t *rgba,
  int left, int top, dab_use *use, const void *data) {
  if (s->small)
    dab_small_rows(s, strength, rgba, left, top, use, data);
  else if (s->hollow)
    dab_large_rows(s, strength, true, rgba, left, top, use, data);
  else
    dab_large_rows(s, strength, false, rgba, left, top, use, data);
}

#endif
