// SPDX-License-Identifier: GPL-3.0-or-later
// A decoded picture as a Cairo surface, to be painted smaller or larger. Any thread.
#ifndef GESTO_PLAYER_SURFACE_H
#define GESTO_PLAYER_SURFACE_H

#include "core/media/picture.h"

#include <cairo.h>
#include <stdbool.h>

// Never NULL; the caller destroys it. One with an error where there was no memory.
cairo_surface_t *surface_of(const picture *p);
// Over what is there: all of it from the origin on, width x height units large. The caller has
// clipped to those.
void surface_paint(cairo_t *to, cairo_surface_t *from, double width, double height);

#endif
