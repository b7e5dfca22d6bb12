// SPDX-License-Identifier: GPL-3.0-or-later
// One touch of a brush: an ellipse that is laid over the pixels of a tile, or that weighs
// what is there. The masks are those that libmypaint's brushes are tuned to, its coverage of
// pixels by dabs under 3 px included; blending is in integers, so that every machine gives
// the same pixels. Pure; any thread.
#ifndef GESTO_STUDIO_DAB_H
#define GESTO_STUDIO_DAB_H

#include <stdbool.h>
#include <stdint.h>

typedef struct dab {
  float x, y, radius; // pixels of the paper
  float hardness;     // above 0, up to 1
  float aspect;       // 1 or more: length to width
  float angle;        // degrees
  uint16_t red, green, blue;
  uint16_t alpha;   // what it paints towards: TILE_ONE paints, 0 rubs out
  uint16_t opacity; // these five: up to TILE_ONE
} dab;

// Pixels x0..x1-1, y0..y1-1.
typedef struct dab_area {
  int x0, y0, x1, y1;
} dab_area;

// What a dab needs for each pixel, worked out once.
typedef struct dab_shape {
  float x, y, radius, hardness, aspect, cosine, sine, inverse_square, inner_slope,
    outer_slope, soft_from;
  bool small;
} dab_shape;

// Sums over pixels, each weighed by its cover.
typedef struct dab_sums {
  uint64_t red, green, blue, alpha, weight;
} dab_sums;

dab_shape dab_shape_of(const dab *d);
// The pixels that it can reach of a paper of that size; false: none.
bool dab_reach(const dab *d, int width, int height, dab_area *area);
// False: no pixel of the rectangle of the paper can be touched.
bool dab_touches(const dab_shape *s, dab_area of_paper);

// `rgba` is the tile whose top left pixel is at left, top on the paper; `in_tile` the part
// of it to treat.
void dab_paint(
  const dab *d, const dab_shape *s, uint16_t *rgba, int left, int top, dab_area in_tile);
// `rgba` NULL: a transparent tile.
void dab_weigh(const dab_shape *s, const uint16_t *rgba, int left, int top,
  dab_area in_tile, dab_sums *sums);

#endif
