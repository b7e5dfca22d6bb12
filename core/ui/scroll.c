// SPDX-License-Identifier: GPL-3.0-or-later
// The scroll of widgets.h: shows a part of one child that is taller than the room.
#include "core/ui/draw.h"
#include "core/ui/layout.h"
#include "core/ui/widgets.h"

#include <math.h>

// `value` is how far it is scrolled, `high` how far it can be.

static extent measure_scroll(widget *w, view *v, double width) {
  return w->first ? layout_measure(w->first, v, width) : (extent){0, 0};
}

static void place_scroll(widget *w, view *v, rect in) {
  widget *c = w->first;
  if (!c) return;
  const double tall = fmax(in.h, layout_measure(c, v, in.w).h);
  w->high = tall - in.h;
  w->value = number_between(w->value, 0, w->high);
  layout_place(c, v, (rect){in.x, in.y - w->value, in.w, tall});
}

static void draw_bar(widget *w, view *v, cairo_t *cr) {
  if (w->high < 1) return;
  const rect r = w->rect;
  const double all = r.h + w->high;
  const double h = fmax(32, r.h * r.h / all);
  const double y = r.y + (r.h - h) * w->value / w->high;
  draw_round_fill(cr, (rect){v->right_to_left ? r.x : r.x + r.w - 6, y, 6, h}, 3,
    view_colour(v, TOKEN_CONTROL));
}

// A press on bare ground slides it; view_input turns it into scroll_by.
static bool point_scroll(widget *w, view *v, const pointer *p) {
  (void)w;
  (void)v;
  (void)p;
  return true;
}

static const widget_sort scroll_sort = {.role = ROLE_SCROLL,
  .measure = measure_scroll,
  .place = place_scroll,
  .draw_after = draw_bar,
  .point = point_scroll};

widget *scroll_create(widget *parent, const char *id, const char *label) {
  widget *w = widget_create(&scroll_sort, parent, id, label);
  w->box.grow = 1;
  w->value = w->high = 0;
  return w;
}

void scroll_by(view *v, widget *scroll, double dy) {
  view_place(v);
  const double to = number_between(scroll->value + dy, 0, scroll->high);
  const double by = round((to - scroll->value) * v->scale) / v->scale;
  if (fabs(by) < 1e-9) return;
  scroll->value += by;
  layout_shift(scroll, 0, -by);
  v->scan.stale = true;
  view_changed(v, scroll);
}

void scroll_show(view *v, widget *inside) {
  for (widget *s = inside->parent; s; s = s->parent) {
    if (s->sort->role != ROLE_SCROLL) continue;
    const double above = s->rect.y + 12 - inside->rect.y;
    const double below = inside->rect.y + inside->rect.h + 12 - (s->rect.y + s->rect.h);
    if (above > 0)
      scroll_by(v, s, -above);
    else if (below > 0)
      scroll_by(v, s, fmin(below, -above));
  }
}
