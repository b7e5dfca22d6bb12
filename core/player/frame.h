// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures: the exercise draws the parts that changed into the frame, and a commit tells the
// driver which; it copies them before the next are drawn. Main thread.
#ifndef GESTO_PLAYER_FRAME_H
#define GESTO_PLAYER_FRAME_H

#include "core/base/memory_map.h"
#include "core/player/machine.h"

#include <cairo.h>

typedef struct frame {
  memory_map map; // bytes NULL: no frame
  uint32_t width, height;
  bool fresh; // nothing was drawn into it yet
} frame;

// Takes a frame that the keeper made; the caller closes fd. BAD_DATA: its size is not what its
// head says.
MUST_USE result frame_open(frame *f, int fd);
void frame_finish(frame *f);
// Draws and commits if something changed and the driver has taken the picture before. True:
// a picture was committed.
bool frame_draw(frame *f, machine *m, player_page *page);
// Draws the parts of the stage that lie in `rects` into an RGB24 surface.
void frame_draw_parts(
  machine *m, cairo_surface_t *to, const page_rect *rects, uint32_t count);

#endif
