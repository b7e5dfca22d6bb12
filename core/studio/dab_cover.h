// SPDX-License-Identifier: GPL-3.0-or-later
// How much of each pixel a dab covers, in lanes (see dab_lanes.h), row by row of a tile.
#ifndef GESTO_STUDIO_DAB_COVER_H
#define GESTO_STUDIO_DAB_COVER_H

#include "core/studio/dab.h"
#include "core/studio/dab_lanes.h"
#include "core/studio/tile.h"

#include <math.h>
#include <string.h>

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

// Half the diameter of a circle whose area is one pixel.
static const float dab_pixel_radius = 0.564189584f;

// The cover's distance between that of a pixel's nearest and that of its furthest point.
ALWAYS_INLINE lanes_f dab_small_between(const dab_shape *s, lanes_f near, lanes_f far) {
  const lanes_f edge = 1.0f - (1.0f - near) / (1.0f + far - near);
  const lanes_f within =
    lanes_choose(far < lanes_all(s->soft_from), (near + far) * 0.5f, edge);
  return lanes_choose(near > lanes_all(1.0f), near, within);
}

// A pixel of a small dab lies partly inside it. Its distance is judged from two points: the
// one of the pixel's square nearest to the dab's long axis, and one a pixel's radius further
// from the axis. x, y: the pixel's middle from the dab's.
ALWAYS_INLINE lanes_f dab_small_squared(const dab_shape *s, lanes_f x, float y_all) {
  const lanes_f y = lanes_all(y_all), half = lanes_all(0.5f), none = lanes_all(0.0f);
  const lanes_f pixel_radius = lanes_all(dab_pixel_radius);
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
  return dab_small_between(s, near, far);
}

// The same of a dab that stands straight: `along` and `across` are how far the pixel's middle
// is from the dab's along its axis and across it.
ALWAYS_INLINE lanes_f dab_straight_squared(
  const dab_shape *s, lanes_f along, lanes_f across) {
  const lanes_f half = lanes_all(0.5f), none = lanes_all(0.0f);
  const lanes_i inside = (along < half) & (across < half);
  const lanes_f beyond = lanes_max(across - half, none);
  const lanes_f furthest = beyond + dab_pixel_radius;
  const lanes_f there = lanes_choose(inside, none, along * along * s->along);
  return dab_small_between(
    s, there + beyond * beyond * s->across, there + furthest * furthest * s->across);
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

// How a small dab lies.
typedef enum dab_lie { DAB_ASLANT, DAB_LEVEL, DAB_UPRIGHT } dab_lie;

ALWAYS_INLINE lanes_f dab_lying_squared(
  const dab_shape *s, dab_lie lie, lanes_f x, float y) {
  const lanes_f off_x = lanes_size(x), off_y = lanes_size(lanes_all(y));
  if (lie == DAB_LEVEL) return dab_straight_squared(s, off_x, off_y);
  if (lie == DAB_UPRIGHT) return dab_straight_squared(s, off_y, off_x);
  return dab_small_squared(s, x, y);
}

// A small dab in a tile.
typedef struct dab_small {
  const dab_shape *shape;
  dab_lie lie;
  dab_fall fall;
  dab_run run;
  float left;
} dab_small;

ALWAYS_INLINE void dab_small_row(
  const dab_small *d, float y, uint16_t *row, dab_use *use, const void *data) {
  const dab_shape *s = d->shape;
  lanes_f x = lanes_order + (d->left + (float)d->run.from + 0.5f);
  for (int i = d->run.from; i < d->run.to; i += LANES, x += (float)LANES) {
    const lanes_f squared = dab_lying_squared(s, d->lie, x - s->x, y);
    const lanes_f inner = d->fall.most - squared * d->fall.inner;
    const lanes_f outer = d->fall.outer - squared * d->fall.outer;
    use(data, row + 4 * i, dab_weights(s->hollow, inner, outer));
  }
}

ALWAYS_INLINE void dab_small_rows(const dab_shape *s, dab_lie lie, uint16_t strength,
  uint16_t *rgba, int left, int top, dab_use *use, const void *data) {
  const float x = s->x - (float)left, y = s->y - (float)top, reach = s->reach_x + 0.01f;
  const dab_small small = {.shape = s,
    .lie = lie,
    .fall = dab_fall_of(s, strength),
    .run = dab_run_of(x - reach, x + reach + 1.0f),
    .left = (float)left};
  const int last = dab_within_tile(y + reach + 1.0f);
  for (int row = dab_within_tile(y - reach); row < last; row++) {
    const float from_middle = (float)(top + row) + 0.5f - s->y;
    dab_small_row(&small, from_middle, rgba + row * TILE_SIDE * 4, use, data);
  }
}

// Rows first..last-1 of a tile; a large dab has no cover in any other.
typedef struct dab_extent {
  int first, last;
} dab_extent;

ALWAYS_INLINE dab_extent dab_extent_of(float middle, float half) {
  return (dab_extent){
    dab_within_tile(middle - half + 0.25f), dab_within_tile(middle + half + 0.75f)};
}

// Of as many rows as there are lanes, how far their middles are below the dab's.
ALWAYS_INLINE lanes_f dab_down(const dab_shape *s, int row) {
  return lanes_count + ((float)row + 0.5f) - s->y;
}

// The rows of a large dab in a tile: where the middle of each lies, and the cover there and
// off it. One array for each number, so that many rows are worked out at once.
enum { DAB_ROWS = TILE_SIDE + LANES };
typedef struct dab_rows {
  float middle[DAB_ROWS], rest[DAB_ROWS], inner[DAB_ROWS], outer[DAB_ROWS];
  float inner_square, outer_square;
  int first, last;
} dab_rows;

ALWAYS_INLINE void dab_keep(float *to, lanes_f v) { memcpy(to, &v, sizeof v); }

ALWAYS_INLINE void dab_find_rows(
  const dab_shape *s, const dab_fall *f, int top, dab_rows *r) {
  const dab_extent e = dab_extent_of(s->y - (float)top, s->reach_y);
  r->inner_square = f->inner * s->square;
  r->outer_square = f->outer * s->square;
  r->first = e.first;
  r->last = e.last;
  for (int i = e.first; i < e.last; i += LANES) {
    const lanes_f down = dab_down(s, top + i), rest = 1.0f - s->rest * down * down;
    dab_keep(r->middle + i, s->x + s->lean * down);
    dab_keep(r->rest + i, rest);
    dab_keep(r->inner + i, f->most - f->inner * (1.0f - rest));
    dab_keep(r->outer + i, f->outer * rest);
  }
}

// As far as the dab reaches in row i.
ALWAYS_INLINE dab_run dab_row_run(
  const dab_shape *s, const dab_rows *r, int i, int left) {
  const float rest = r->rest[i] > 0.0f ? r->rest[i] : 0.0f;
  const float half = sqrtf(rest * s->inverse_square);
  const float middle = r->middle[i] - (float)left;
  return dab_even_run(middle - half + 0.25f, middle + half + 0.75f);
}

// The rows of a dab that is not broad are all as long as its longest: a processor foresees
// that.
static const float dab_broad = 12.0f;

// Where each row starts; returns how long they are.
ALWAYS_INLINE int dab_find_starts(
  const dab_shape *s, const dab_rows *r, int left, int starts[DAB_ROWS]) {
  const float half = sqrtf(s->inverse_square);
  const int count = ((int)(half + half + 1.5f) + LANES - 1) & -LANES;
  for (int i = r->first; i < r->last; i += LANES) {
    lanes_f middle;
    memcpy(&middle, r->middle + i, sizeof middle);
    const lanes_f start = lanes_between(middle - (float)left - half + 0.25f,
      lanes_all(0.0f), lanes_all((float)(TILE_SIDE - count)));
    const lanes_i whole = lanes_whole(start);
    memcpy(starts + i, &whole, sizeof whole);
  }
  return count;
}

ALWAYS_INLINE void dab_large_row(const dab_rows *r, int i, dab_run run, int left,
  bool hollow, uint16_t *rgba, dab_use *use, const void *data) {
  uint16_t *row = rgba + i * TILE_SIDE * 4;
  lanes_f x = lanes_order + ((float)left + (float)run.from + 0.5f);
  for (int at = run.from; at < run.to; at += LANES, x += (float)LANES) {
    const lanes_f from_middle = x - r->middle[i], squared = from_middle * from_middle;
    const lanes_i weights = dab_weights(hollow, r->inner[i] - squared * r->inner_square,
      r->outer[i] - squared * r->outer_square);
    use(data, row + 4 * at, weights);
  }
}

ALWAYS_INLINE void dab_broad_rows(const dab_shape *s, const dab_rows *r, int left,
  bool hollow, uint16_t *rgba, dab_use *use, const void *data) {
  dab_run runs[TILE_SIDE];
  for (int i = r->first; i < r->last; i++) runs[i] = dab_row_run(s, r, i, left);
  for (int i = r->first; i < r->last; i++)
    dab_large_row(r, i, runs[i], left, hollow, rgba, use, data);
}

ALWAYS_INLINE void dab_leaning_rows(const dab_shape *s, const dab_rows *r, int left,
  bool hollow, uint16_t *rgba, dab_use *use, const void *data) {
  int starts[DAB_ROWS];
  const int count = dab_find_starts(s, r, left, starts);
  for (int i = r->first; i < r->last; i++) {
    const dab_run run = {starts[i], starts[i] + count};
    dab_large_row(r, i, run, left, hollow, rgba, use, data);
  }
}

ALWAYS_INLINE void dab_large_rows(const dab_shape *s, uint16_t strength, bool hollow,
  uint16_t *rgba, int left, int top, dab_use *use, const void *data) {
  const dab_fall fall = dab_fall_of(s, strength);
  const float x = s->x - (float)left;
  const dab_run all = dab_even_run(x - s->reach_x + 0.25f, x + s->reach_x + 0.75f);
  dab_rows rows;
  dab_find_rows(s, &fall, top, &rows);
  if (s->reach_x > dab_broad)
    dab_broad_rows(s, &rows, left, hollow, rgba, use, data);
  else if (s->lean < 0.0f || s->lean > 0.0f)
    dab_leaning_rows(s, &rows, left, hollow, rgba, use, data);
  else
    for (int i = rows.first; i < rows.last; i++)
      dab_large_row(&rows, i, all, left, hollow, rgba, use, data);
}

// For every pixel of the tile that the dab can reach.
ALWAYS_INLINE void dab_each(const dab_shape *s, uint16_t strength, uint16_t *rgba,
  int left, int top, dab_use *use, const void *data) {
  if (s->level)
    dab_small_rows(s, DAB_LEVEL, strength, rgba, left, top, use, data);
  else if (s->upright)
    dab_small_rows(s, DAB_UPRIGHT, strength, rgba, left, top, use, data);
  else if (s->small)
    dab_small_rows(s, DAB_ASLANT, strength, rgba, left, top, use, data);
  else if (s->hollow)
    dab_large_rows(s, strength, true, rgba, left, top, use, data);
  else
    dab_large_rows(s, strength, false, rgba, left, top, use, data);
}

#endif
