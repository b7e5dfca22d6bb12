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

enum { STOPS_MAX = 512 };

// All that can have the focus now, in reading order: the sheet's, then what stays in reach
// beside it.
static int gather(view *v, widget *stops[STOPS_MAX]) {
  int count = 0;
  widget *top = view_top(v);
  for (widget *w = top; w && count < STOPS_MAX; w = widget_after(top, w))
    if (widget_can_focus(w)) stops[count++] = w;
  if (!v->sheet) return count;
  for (widget *w = v->root; w && count < STOPS_MAX; w = widget_after(v->root, w))
    if (widget_is(w, STATE_ABOVE) && widget_can_focus(w)) stops[count++] = w;
  return count;
}

void focus_step(view *v, bool backwards) {
  widget *stops[STOPS_MAX];
  const int count = gather(v, stops);
  if (count == 0) return;
  focus_show_ring(v, true);
  int now = backwards ? 0 : -1;
  for (int i = 0; i < count; i++)
    if (stops[i] == v->focus) now = i;
  focus_set(v, stops[(now + (backwards ? count - 1 : 1)) % count]);
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
  widget *stops[STOPS_MAX];
  const int count = gather(v, stops);
  if (count == 0) return false;
  if (!v->focus) {
    focus_step(v, false);
    return true;
  }
  view_place(v);
  widget *best = NULL;
  double nearest = 0;
  for (int i = 0; i < count; i++) {
    if (stops[i] == v->focus) continue;
    const double d = distance(v->focus->rect, stops[i]->rect, arrow);
    if (d < 0 || (best && d >= nearest)) continue;
    best = stops[i];
    nearest = d;
  }
  if (!best) return false;
  focus_show_ring(v, true);
  focus_set(v, best);
  return true;
}

void focus_draw_ring(view *v, const widget *w, cairo_t *cr) {
  draw_round_border(
    cr, rect_grown(w->rect, 7), w->radius + 7, 4, view_colour(v, TOKEN_FOCUS));
}
