// SPDX-License-Identifier: GPL-3.0-or-later
// Which parts of the stage look different since the last picture, in units. Main thread.
#ifndef GESTO_PLAYER_STALE_H
#define GESTO_PLAYER_STALE_H

#include <stdbool.h>
#include <stdint.h>

enum { STALE_RECTS = 16 };

typedef struct stale_rect {
  float x, y, w, h;
} stale_rect;

typedef struct stale {
  stale_rect rects[STALE_RECTS];
  uint32_t count;
  bool all;
} stale;

// Adds a place; w = 0 or anything that is no rectangle: everything. When there are too many,
// the two that cost least together become one.
void stale_add(stale *d, float x, float y, float w, float h);
void stale_all(stale *d);
void stale_clear(stale *d);
bool stale_any(const stale *d);

#endif
