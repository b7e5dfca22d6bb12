// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ui/focus.h"

#include "core/ui/draw.h"
#include "core/ui/over.h"
#include "core/ui/spoken.h"
#include "core/ui/widgets.h"

#include <math.h>

// An area may be most of a large window: what lies within its ring stays as it is.
static void ring_changed(view *v, const widget *w) {
  if (w->sort->role != ROLE_AREA) {
    view_changed(v, w);
    return;
  }
  const rect r = rect_grown(w->rect, VIEW_RING_REACH);
  const double deep = fmin(VIEW_RING_REACH + w->radius, r.h);
  view_dirty(v, (rect){r.x, r.y, r.w, deep});
  view_dirty(v, (rect){r.x, r.y + r.h - deep, r.w, deep});
  view_dirty(v, (rect){r.x, r.y, deep, r.h});
  view_dirty(v, (rect){r.x + r.w - deep, r.y, deep, r.h});
}

void focus_show_ring(view *v, bool shown) {
  if (v->focus_shown == shown) return;
  v->focus_shown = shown;
  if (v->focus) ring_changed(v, v->focus);
}

void focus_leave(view *v) {
  if (v->focus && v->focus->sort->leave) v->focus->sort->leave(v->focus, v);
}

void focus_set(view *v, widget *w) {
  if (v->focus == w) return;
  if (v->focus) ring_changed(v, v->focus);
  focus_leave(v);
  if (v->over && w != v->over_for) over_away(v);
  v->focus = w;
  if (!w) return;
  view_place(v);
  scroll_show(v, w);
  ring_changed(v, w);
  spoken_tell(v, w);
}

int focus_gather(view *v, widget *only, widget *stops[FOCUS_STOPS]) {
  int count = 0;
  widget *top = only ? only : view_top(v);
  for (widget *w = top; w && count < FOCUS_STOPS; w = widget_after(top, w))
    if (widget_can_focus(w)) stops[count++] = w;
  if (!v->sheet && !only) return count;
  for (widget *w = v->root; w && count < FOCUS_STOPS; w = widget_after(v->root, w))
    if (widget_is(w, STATE_ABOVE) && widget_can_focus(w)) stops[count++] = w;
  return count;
}

void focus_step(view *v, bool backwards) {
  widget *stops[FOCUS_STOPS];
  const int count = focus_gather(v, NULL, stops);
  if (count == 0) return;
  focus_show_ring(v, true);
  int now = backwards ? 0 : -1;
  for (int i = 0; i < count; i++)
    if (stops[i] == v->focus) now = i;
  focus_set(v, stops[(now + (backwards ? count - 1 : 1)) % count]);
}

typedef struct span {
  double from, to;
} span;

static span along_of(rect r, key arrow) {
  switch (arrow) {
  case KEY_LEFT: return (span){-(r.x + r.w), -r.x};
  case KEY_RIGHT: return (span){r.x, r.x + r.w};
  case KEY_UP: return (span){-(r.y + r.h), -r.y};
  default: return (span){r.y, r.y + r.h};
  }
}

static span across_of(rect r, key arrow) {
  return arrow == KEY_LEFT || arrow == KEY_RIGHT ? (span){r.y, r.y + r.h}
                                                 : (span){r.x, r.x + r.w};
}

// What begins and ends farther that way; what lies straight ahead comes long before what lies
// aside. Below 0: it does not lie that way.
static double distance(rect from, rect to, key arrow) {
  const span a = along_of(from, arrow);
  const span b = along_of(to, arrow);
  if (b.from <= a.from + 1 || b.to <= a.to + 1) return -1;
  const span c = across_of(from, arrow);
  const span d = across_of(to, arrow);
  const double aside = fabs((c.from + c.to) - (d.from + d.to)) / 2;
  const bool ahead = fmin(c.to, d.to) > fmax(c.from, d.from);
  return fmax(0, b.from - a.to) + (ahead ? 0.1 : 3) * aside;
}

bool focus_go(view *v, key arrow) {
  widget *stops[FOCUS_STOPS];
  const int count = focus_gather(v, NULL, stops);
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
