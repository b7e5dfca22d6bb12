// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of a frame that must be drawn again: at most 16 rectangles of whole pixels.
#ifndef GESTO_UI_DIRTY_H
#define GESTO_UI_DIRTY_H

#include <stdbool.h>
#include <stdint.h>

enum { DIRTY_MAX = 16 };

typedef struct dirty_rect {
  int32_t x, y, w, h;
} dirty_rect;

typedef struct dirty {
  int32_t width, height; // of the frame; what lies outside is cut off
  uint32_t count;
  dirty_rect rects[DIRTY_MAX];
} dirty;

void dirty_resize(dirty *d, int32_t width, int32_t height); // all of it is dirty then
// Adds a rectangle. Those that touch become one; where there is no room left the two whose
// union wastes least do.
void dirty_add(dirty *d, dirty_rect r);
void dirty_add_all(dirty *d);
void dirty_clear(dirty *d);
bool dirty_covers(const dirty *d, int32_t x, int32_t y);

#endif
