// SPDX-License-Identifier: GPL-3.0-or-later
// Where widgets go: rows, columns, grids, wrapping lines and stacks. One pass asks for
// sizes, from the width that is there; one gives places. Thread of the window.
#ifndef GESTO_UI_LAYOUT_H
#define GESTO_UI_LAYOUT_H

#include "core/ui/widget.h"

// The size that `w` and all in it would like when `width` is there (0: no limit).
extent layout_measure(widget *w, view *v, double width);
// Puts it there, and all in it where they belong.
void layout_place(widget *w, view *v, rect there);
// Turns left and right round in a window of `width`, as each box wishes (box.sides), after all
// was placed. `window`: for a left hand or from the right; `reading`: from the right.
void layout_mirror(widget *w, double width, bool window, bool reading);
// Moves all below `w`, not itself: for scrolling.
void layout_shift(widget *w, double dx, double dy);

#endif
