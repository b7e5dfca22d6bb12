// SPDX-License-Identifier: GPL-3.0-or-later
// The focus: who has it, in reading order by Tab and by place with arrows, and its ring.
// Thread of the window.
#ifndef GESTO_UI_FOCUS_H
#define GESTO_UI_FOCUS_H

#include "core/ui/view.h"

// Whoever has it is about to lose it.
void focus_leave(view *v);
// NULL: to nobody. Brings it into sight where it lies in a scroll.
void focus_set(view *v, widget *w);
// To the next or the one before, round the end. Shows the ring.
void focus_step(view *v, bool backwards);
// To the nearest one in that direction (an arrow key), to the first if nobody has it. False:
// there is none.
bool focus_go(view *v, key arrow);
void focus_show_ring(view *v, bool shown);
// All that can have the focus now, in reading order: the sheet's, then what stays in reach
// beside it; in the place of the sheet that below `only`, unless it is NULL. Returns how many.
enum { FOCUS_STOPS = 512 };
int focus_gather(view *v, widget *only, widget *stops[FOCUS_STOPS]);
void focus_draw_ring(view *v, const widget *w, cairo_t *cr);

#endif
