// SPDX-License-Identifier: GPL-3.0-or-later
// The scroll of widgets.h: shows a part of one child that is taller than the room.
#include "core/ui/draw.h"
#include "core/ui/layout.h"
#include "core/ui/widgets.h"

#include <math.h>

enum { ARROW = 64 };

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

static rect arrow_of(const view *v, const widget *w, int way) {
  const double size = fmax(ARROW, v->target);
  const bool room = way < 0 ? w->value > 1 : w->value < w->high - 1;
  const bool wanted = v->access.dwell_ms > 0 || v->access.click_move_click;
  if (!room || !wanted) return (rect){0};
  const rect r = w->rect;
  return (rect){
    r.x + (r.w - size) / 2, way < 0 ? r.y + 4 : r.y + r.h - size - 4, size, size};
}

int scroll_arrow_at(const view *v, const widget *scroll, double x, double y) {
  if (rect_holds(arrow_of(v, scroll, -1), x, y)) return -1;
  return rect_holds(arrow_of(v, scroll, 1), x, y) ? 1 : 0;
}

static void draw_arrow(const widget *w, view *v, cairo_t *cr, int way) {
  const rect r = arrow_of(v, w, way);
  if (r.w <= 0) return;
  const double x = r.x + r.w / 2;
  const double y = r.y + r.h / 2;
  const uint32_t rgb = view_colour(v, TOKEN_INK);
  draw_round_fill(cr, r, r.w / 2, view_colour(v, TOKEN_SURFACE));
  draw_round_border(cr, r, r.w / 2, v->theme->border, view_colour(v, TOKEN_CONTROL));
  draw_line(cr, x - 10, y - 5 * way, x, y + 5 * way, 3, rgb);
  draw_line(cr, x + 10, y - 5 * way, x, y + 5 * way, 3, rgb);
}

static void draw_bar(widget *w, view *v, cairo_t *cr) {
  if (w->high < 1) return;
  draw_arrow(w, v, cr, -1);
  draw_arrow(w, v, cr, 1);
  const rect r = w->rect;
  const double all = r.h + w->high;
  const double h = fmax(32, r.h * r.h / all);
  const double y = r.y + (r.h - h) * w->value / w->high;
  draw_round_fill(cr, (rect){v->right_to_left ? r.x : r.x + r.w - 6, y, 6, h}, 3,
    view_colour(v, TOKEN_CONTROL));
}

// A press on bare ground slides it; view_input turns it into scroll_by.
static bool point_scroll(widget *w, view *v, const pointer *p) {
  if (p->phase == PHASE_UP)
    scroll_by(v, w, scroll_arrow_at(v, w, p->x, p->y) * w->rect.h * 0.8);
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
