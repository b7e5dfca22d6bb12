// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ui/over.h"

#include "core/ui/focus.h"
#include "core/ui/layout.h"

#include <math.h>

enum { MARGIN = 16, LEAST = 176 };

void over_away(view *v) {
  widget *target = v->over_for;
  v->over_for = NULL;
  view_remove(v, v->over);
  if (!target || !v->access.rest_on_last || !widget_can_focus(target)) return;
  scan_stay(v, target, true);
}

void over_show(view *v, widget *keys, widget *target) {
  over_away(v);
  v->over = keys;
  v->over_for = target;
  focus_set(v, target);
  view_moved(v);
}

static double beside(const view *v, rect by, double tall) {
  if (by.y + by.h + MARGIN + tall <= v->height - MARGIN) return by.y + by.h + MARGIN;
  if (by.y - MARGIN - tall >= MARGIN) return by.y - MARGIN - tall;
  return v->height - MARGIN - tall;
}

// At the foot of the window or, where there is more room, at its top; never over what it is
// for, as long as there is room for two rows of keys.
static rect at_end(const view *v, rect by, extent wish) {
  const double below = v->height - by.y - by.h - 2 * MARGIN;
  const double above = by.y - 2 * MARGIN;
  const bool foot = below >= wish.h || below >= above;
  const double h = fmin(wish.h, fmax(LEAST, foot ? below : above));
  return (rect){
    (v->width - wish.w) / 2, foot ? v->height - MARGIN - h : MARGIN, wish.w, h};
}

void over_place(view *v) {
  if (!v->over || !v->over_for) return;
  const double room = v->width - 2 * MARGIN;
  const rect by = v->over_for->rect;
  const extent e =
    layout_measure(v->over, v, fmin(room, layout_measure(v->over, v, 0).w));
  const double h = fmin(e.h, v->height - 2 * MARGIN);
  const double x = number_between(
    by.x + (by.w - e.w) / 2, MARGIN, fmax(MARGIN, v->width - MARGIN - e.w));
  rect there = {x, beside(v, by, h), e.w, h};
  if (v->over->box.centred) there = at_end(v, by, (extent){e.w, h});
  layout_place(v->over, v, rect_snapped(there, 1));
}
