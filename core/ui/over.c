// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ui/over.h"

#include "core/ui/focus.h"
#include "core/ui/layout.h"

#include <math.h>

enum { MARGIN = 16 };

void over_away(view *v) {
  widget *target = v->over_for;
  v->over_for = NULL;
  view_remove(v, v->over);
  if (!target || !v->access.rest_on_last || !widget_can_focus(target)) return;
  v->scan.at = target; // scanning goes on from where it was
  v->scan.within = true;
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

// At the foot of the window; at its top where it would hide what it is for.
static double at_end(const view *v, rect by, double tall) {
  const double foot = v->height - MARGIN - tall;
  return by.y + by.h > foot && by.y - MARGIN > tall ? MARGIN : foot;
}

void over_place(view *v) {
  if (!v->over || !v->over_for) return;
  const double room = v->width - 2 * MARGIN;
  const rect by = v->over_for->rect;
  const extent e =
    layout_measure(v->over, v, fmin(room, layout_measure(v->over, v, 0).w));
  const double h = fmin(e.h, v->height - 2 * MARGIN);
  const bool end = v->over->box.centred;
  const double x = end ? (v->width - e.w) / 2
                       : number_between(by.x + (by.w - e.w) / 2, MARGIN,
                           fmax(MARGIN, v->width - MARGIN - e.w));
  const double y = end ? at_end(v, by, h) : beside(v, by, h);
  layout_place(v->over, v, (rect){floor(x), floor(y), e.w, h});
}
