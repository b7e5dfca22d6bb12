// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ui/focus.h"

#include "core/ui/draw.h"
#include "core/ui/widgets.h"

#include <math.h>

void focus_show_ring(view *v, bool shown) {
  if (v->focus_shown == shown) return;
  v->focus_shown = shown;
  if (v->focus) view_changed(v, v->focus);
}

void focus_set(view *v, widget *w) {
  if (v->focus == w) return;
  if (v->focus) view_changed(v, v->focus);
  v->focus = w;
  if (!w) return;
  view_place(v);
  scroll_show(v, w);
  view_changed(v, w);
}

static widget *first_of(widget *top) {
  for (widget *w = top; w; w = widget_after(top, w))
    if (widget_can_focus(w)) return w;
  return NULL;
}

static widget *last_before(widget *top, const widget *end) {
  widget *found = NULL;
  for (widget *w = top; w && w != end; w = widget_after(top, w))
    if (widget_can_focus(w)) found = w;
  return found;
}

void focus_step(view *v, bool backwards) {
  widget *top = view_top(v);
  if (!top) return;
  focus_show_ring(v, true);
  widget *next = NULL;
  if (backwards) {
    next = v->focus ? last_before(top, v->focus) : NULL;
    if (!next) next = last_before(top, NULL);
  } else {
    for (widget *w = v->focus; w; ) {
      w = widget_after(top, w);
      if (w && widget_can_focus(w)) {
        next = w;
        break;
      }
    }
    if (!next) next = first_of(top);
  }
  focus_set(v, next);
}

// Along the direction counts once, aside of it three times.
static double distance(rect from, rect to, key arrow) {
  const double dx = (to.x + to.w / 2) - (from.x + from.w / 2);
  const double dy = (to.y + to.h / 2) - (from.y + from.h / 2);
  const bool across = arrow == KEY_LEFT || arrow == KEY_RIGHT;
  const double sign = arrow == KEY_LEFT || arrow == KEY_UP ? -1 : 1;
  const double along = sign * (across ? dx : dy);
  const double overlap = across ? fmin(from.y + from.h, to.y + to.h) - fmax(from.y, to.y)
                                : fmin(from.x + from.w, to.x + to.w) - fmax(from.x, to.x);
  if (along <= 1) return -1;
  return along + (overlap > 0 ? 0 : 3 * fabs(across ? dy : dx));
}

bool focus_go(view *v, key arrow) {
  widget *top = view_top(v);
  if (!top || !v->focus) return false;
  view_place(v);
  widget *best = NULL;
  double nearest = 0;
  for (widget *w = top; w; w = widget_after(top, w)) {
    if (w == v->focus || !widget_can_focus(w)) continue;
    const double d = distance(v->focus->rect, w->rect, arrow);
    if (d < 0 || (best && d >= nearest)) continue;
    best = w;
    nearest = d;
  }
  if (!best) return false;
  focus_show_ring(v, true);
  focus_set(v, best);
  return true;
}

void focus_draw_ring(view *v, const widget *w, cairo_t *cr) {
  draw_round_border(cr, rect_grown(w->rect, 7), w->radius + 7, 4, view_colour(v, TOKEN_FOCUS));
}
