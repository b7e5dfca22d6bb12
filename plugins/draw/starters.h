// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures to begin on, against the fear of the empty page: outlines to fill, to change or to
// draw over.
#ifndef DRAW_STARTERS_H
#define DRAW_STARTERS_H

#include <cairo.h>
#include <stdint.h>

typedef struct starter starter;

// The one with this number, from 0 in the order of their choices. NULL: there is none.
const starter *starter_find(uint32_t number);
// Draws it onto paper of that size, whatever its shape. `data`: a starter.
void starter_draw(const void *data, cairo_t *to, float width, float height);

#endif
