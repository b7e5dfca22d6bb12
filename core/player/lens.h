// SPDX-License-Identifier: GPL-3.0-or-later
// Between pixels of a paper and the stage that shows it. Its numbers are such that Cairo's
// fixed-point arithmetic holds them exactly: a part that is drawn by itself has the same
// pixels as if all had been drawn. Pure; any thread.
#ifndef GESTO_PLAYER_LENS_H
#define GESTO_PLAYER_LENS_H

#include "core/base/paper_view.h"
#include "core/player/stale.h"
#include "core/studio/canvas.h"

#include <cairo.h>

enum { LENS_ONE = 4096 };

typedef struct lens {
  uint32_t step;      // pixels of the paper for one of the stage, in LENS_ONEs
  double left, top;   // whole pixels of the stage: the paper's corner
  double stage_scale; // pixels of the stage per unit
} lens;

// Both scales are pixels per unit and above 0.
lens lens_make(
  const paper_room *room, paper_view view, double paper_scale, double stage_scale);
// A place of the stage (units) as a place of the paper (pixels).
paper_place lens_find(const lens *l, double x, double y);
// What of the stage (units) looks different when `r` does.
stale_rect lens_damage(const lens *l, canvas_rect r);
// Paints the paper where it is on the stage; `to` is in units.
void lens_paint(const lens *l, cairo_t *to, cairo_surface_t *paper);

#endif
