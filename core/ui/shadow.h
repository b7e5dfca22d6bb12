// SPDX-License-Identifier: GPL-3.0-or-later
// The soft shadow under cards, blurred once and then stretched as nine pieces.
// Thread of the window.
#ifndef GESTO_UI_SHADOW_H
#define GESTO_UI_SHADOW_H

#include "core/ui/geometry.h"

#include <cairo.h>

enum { SHADOW_REACH = 32 }; // layout pixels beyond the card that it may touch

typedef struct shadow {
  cairo_surface_t *patch; // NULL: not made yet
  double scale;
  int corner; // pixels of the patch that are not stretched
} shadow;

void shadow_finish(shadow *s);
// Under a card at r with a radius of 16 to 32. `scale`: pixels per layout pixel, also the
// scale of cr's matrix.
void shadow_draw(shadow *s, cairo_t *cr, rect r, double scale);

#endif
