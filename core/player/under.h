// SPDX-License-Identifier: GPL-3.0-or-later
// What lies under the sheets of a canvas: what an exercise draws, or the picture that was put
// for the client. Main thread.
#ifndef GESTO_PLAYER_UNDER_H
#define GESTO_PLAYER_UNDER_H

#include "core/base/result.h"
#include "core/studio/canvas.h"

#include <cairo.h>
#include <stddef.h>

typedef struct under_drawing {
  void (*draw)(const void *data, cairo_t *to, float width, float height); // units
  const void *data;
  float scale; // pixels per unit
} under_drawing;

// Errors as canvas_put_under; NO_MEMORY.
MUST_USE result under_put_drawing(canvas *c, const under_drawing *d);
// A PNG, as large as the paper lets all of it be seen, in its middle. BAD_DATA, TOO_LARGE: as
// picture_read_png, and what lay there lies there still.
MUST_USE result under_put_picture(canvas *c, const void *png, size_t size);

#endif
