// SPDX-License-Identifier: GPL-3.0-or-later
// libmypaint's own surface over plain tiles, beside which ours is held, and what they differ
// by. Included once by each program that compares.
#ifndef TESTS_BRUSH_ORACLE_H
#define TESTS_BRUSH_ORACLE_H

#include "core/studio/easel.h"

#include <libmypaint/mypaint-brush.h>
#include <libmypaint/mypaint-tiled-surface.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct oracle {
  MyPaintTiledSurface2 base;
  uint32_t across, down;
  uint16_t (*tiles)[TILE_PIXELS * 4]; // the last one stands for all that lies outside
} oracle;

static inline uint32_t oracle_tiles(const oracle *o) { return o->across * o->down; }

static inline void oracle_lend(MyPaintTiledSurface2 *s, MyPaintTileRequest *request) {
  oracle *o = (oracle *)s;
  const int tx = request->tx, ty = request->ty;
  const bool inside = tx >= 0 && ty >= 0 && tx < (int)o->across && ty < (int)o->down;
  request->buffer =
    o->tiles[inside ? (uint32_t)ty * o->across + (uint32_t)tx : oracle_tiles(o)];
}

static inline void oracle_take_back(
  MyPaintTiledSurface2 *s, MyPaintTileRequest *request) {
  (void)s;
  (void)request;
}

static inline oracle *oracle_create(uint32_t width, uint32_t height) {
  oracle *o = calloc(1, sizeof *o);
  if (o == NULL) abort();
  o->across = (width + TILE_SIDE - 1) / TILE_SIDE;
  o->down = (height + TILE_SIDE - 1) / TILE_SIDE;
  o->tiles = calloc(oracle_tiles(o) + 1, sizeof *o->tiles);
  if (o->tiles == NULL) abort();
  mypaint_tiled_surface2_init(&o->base, oracle_lend, oracle_take_back);
  return o;
}

static inline void oracle_destroy(oracle *o) {
  mypaint_tiled_surface2_destroy(&o->base);
  free(o->tiles);
  free(o);
}

static inline MyPaintSurface2 *oracle_surface(oracle *o) { return &o->base.parent; }

// One call for each event, as MyPaint does.
static inline void oracle_end_event(MyPaintSurface2 *s) {
  MyPaintRectangle rects[8] = {{0}};
  MyPaintRectangles roi = {8, rects};
  mypaint_surface2_end_atomic(s, &roi);
}

typedef struct oracle_difference {
  double mean, most;      // of 255, over the channels that were touched
  size_t touched, beyond; // beyond: those that differ by more than `limit`
} oracle_difference;

static inline void oracle_compare_tile(
  const uint16_t *ours, const uint16_t *theirs, double limit, oracle_difference *d) {
  for (int k = 0; k < TILE_PIXELS * 4; k++) {
    const int a = ours == NULL ? 0 : ours[k];
    const double by = abs(a - theirs[k]) / (TILE_ONE / 255.0);
    if (a == 0 && theirs[k] == 0) continue;
    d->touched++;
    d->mean += by;
    d->beyond += by > limit;
    if (by > d->most) d->most = by;
  }
}

static inline oracle_difference oracle_compare(
  const oracle *o, const easel *e, double limit) {
  oracle_difference d = {0};
  for (uint32_t i = 0; i < oracle_tiles(o); i++) {
    const tile *t = easel_see(e, 0, i);
    oracle_compare_tile(t == NULL ? NULL : t->rgba, o->tiles[i], limit, &d);
  }
  if (d.touched > 0) d.mean /= (double)d.touched;
  return d;
}

// Both begin as the same opaque white.
static inline void oracle_whiten(oracle *o, easel *e) {
  for (uint32_t i = 0; i < oracle_tiles(o); i++) {
    tile *t = easel_touch(e, 0, i);
    if (t == NULL) abort();
    for (int k = 0; k < TILE_PIXELS * 4; k++) {
      t->rgba[k] = TILE_MOST;
      o->tiles[i][k] = TILE_ONE;
    }
  }
}

// Puts a brush down where a stroke begins. A new brush of libmypaint 1.6 counts its first dabs
// by numbers that nobody has set yet, each time others: it stands still first, then has them.
static inline void oracle_set_down(
  MyPaintBrush *b, MyPaintSurface2 *s, float x, float y) {
  static const int counts[][2] = {{MYPAINT_BRUSH_SETTING_DABS_PER_ACTUAL_RADIUS,
                                    MYPAINT_BRUSH_STATE_DABS_PER_ACTUAL_RADIUS},
    {MYPAINT_BRUSH_SETTING_DABS_PER_BASIC_RADIUS,
      MYPAINT_BRUSH_STATE_DABS_PER_BASIC_RADIUS},
    {MYPAINT_BRUSH_SETTING_DABS_PER_SECOND, MYPAINT_BRUSH_STATE_DABS_PER_SECOND}};
  const MyPaintBrushSetting noise = MYPAINT_BRUSH_SETTING_TRACKING_NOISE;
  const float shaking = mypaint_brush_get_base_value(b, noise);
  mypaint_brush_set_base_value(b, noise, 0);
  mypaint_brush_stroke_to_2(b, s, x, y, 0, 0, 0, 10, 1, 0, 0);
  mypaint_brush_stroke_to_2(b, s, x, y, 0, 0, 0, 0.0001, 1, 0, 0);
  mypaint_brush_set_base_value(b, noise, shaking);
  for (int i = 0; i < 3; i++) {
    const float count =
      mypaint_brush_get_base_value(b, (MyPaintBrushSetting)counts[i][0]);
    mypaint_brush_set_state(b, (MyPaintBrushState)counts[i][1], count);
  }
}

// The text of one of the brushes that come with MyPaint; the caller frees. NULL: not there.
#define ORACLE_BRUSHES "/usr/share/mypaint-data/2.0/brushes"

#endif
