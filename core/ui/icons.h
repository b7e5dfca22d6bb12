// SPDX-License-Identifier: GPL-3.0-or-later
// Our own icons: strokes on a grid of 24 units, found by name. Any thread.
#ifndef GESTO_UI_ICONS_H
#define GESTO_UI_ICONS_H

#include <cairo.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct icon icon;

// NULL: there is none of that name. Borrowed for ever.
const icon *icon_find(const char *name);
// How many there are, and each one's name.
size_t icon_count(void);
const char *icon_name(size_t index);
// The one that means the same where one reads from the right: arrows and undo turn, play,
// record and clocks do not.
const icon *icon_facing(const icon *i, bool right_to_left);
// Draws into the square at x, y with lines of `stroke` grid units.
// False: its path data is broken (a test looks).
bool icon_draw(const icon *i, cairo_t *cr, double x, double y, double size, double stroke,
  uint32_t rgb);

#endif
