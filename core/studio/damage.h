// SPDX-License-Identifier: GPL-3.0-or-later
// What looks different since somebody last asked: the smallest rectangle in each tile,
// joined to a few rectangles on asking. One thread.
#ifndef GESTO_STUDIO_DAMAGE_H
#define GESTO_STUDIO_DAMAGE_H

#include "core/base/result.h"
#include "core/studio/canvas.h"

#include <stdint.h>

typedef struct damage {
  struct damage_part *parts; // one per tile
  uint32_t *dirty;           // the tiles that have one, in the order they came
  uint32_t dirty_count, across, down;
} damage;

MUST_USE result damage_init(damage *d, uint32_t tiles_across, uint32_t tiles_down);
void damage_finish(damage *d); // takes a zeroed one

// Pixels x0..x1-1, y0..y1-1 within the tile at `index` changed.
void damage_add(damage *d, uint32_t index, int x0, int y0, int x1, int y1);
// All of a paper of width x height pixels.
void damage_add_all(damage *d, uint32_t width, uint32_t height);

// At most `room` rectangles that hold all of it, in reading order where they were not
// joined; none is left afterwards. `room` is not 0.
uint32_t damage_take(damage *d, canvas_rect *rects, uint32_t room);

#endif
