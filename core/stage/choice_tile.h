// SPDX-License-Identifier: GPL-3.0-or-later
// A choice with a small picture above its name, in the ink of the theme. Those of the brushes
// are masks that our own engine painted (tests/tools/brush_strokes.c); others are lines that
// the exercise declares. Thread of the window.
#ifndef GESTO_STAGE_CHOICE_TILE_H
#define GESTO_STAGE_CHOICE_TILE_H

#include "core/ui/widget.h"

#include <cairo.h>

// A stroke of the brush of that name, as CAIRO_FORMAT_A8; the caller destroys it. NULL: there
// is none.
cairo_surface_t *choice_tile_stroke(const char *brush);
// What the lines draw, in the same way; whatever they are, nothing else is drawn on. NULL: it
// is none.
cairo_surface_t *choice_tile_lines(const char *lines);
// Takes over `mask`; NULL: the name stands alone.
widget *choice_tile_create(
  widget *parent, const char *id, const char *name, cairo_surface_t *mask);

#endif
