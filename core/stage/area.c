// SPDX-License-Identifier: GPL-3.0-or-later
// The exercise's area of pages.h.
#include "core/stage/pages.h"
#include "core/ui/draw.h"

static void draw_kept(widget *w, cairo_t *cr, const stage *s) {
  cairo_save(cr);
  cairo_rectangle(cr, w->rect.x, w->rect.y, w->rect.w, w->rect.h);
  cairo_clip(cr);
  cairo_translate(cr, w->rect.x, w->rect.y);
  cairo_scale(cr, 1 / s->view.scale, 1 / s->view.scale);
  cairo_set_source_surface(cr, s->live.kept, 0, 0);
  cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_NEAREST);
  cairo_paint(cr);
  cairo_restore(cr);
}

// Rounded corners cost nothing while one draws: only what lies outside of them is painted.
static void draw_corners(widget *w, view *v, cairo_t *cr) {
  cairo_save(cr);
  draw_round_path(cr, w->rect, w->radius);
  cairo_rectangle(cr, w->rect.x, w->rect.y, w->rect.w, w->rect.h);
  cairo_set_fill_rule(cr, CAIRO_FILL_RULE_EVEN_ODD);
  draw_colour(cr, view_colour(v, TOKEN_PAPER));
  cairo_fill(cr);
  cairo_restore(cr);
}

static bool touches_corner(const widget *w, cairo_t *cr) {
  double x1 = 0;
  double y1 = 0;
  double x2 = 0;
  double y2 = 0;
  cairo_clip_extents(cr, &x1, &y1, &x2, &y2);
  const rect r = rect_grown(w->rect, -w->radius);
  const bool across = x1 < r.x || x2 > r.x + r.w;
  const bool down = y1 < r.y || y2 > r.y + r.h;
  return across && down;
}

static void draw_area(widget *w, view *v, cairo_t *cr) {
  const stage *s = w->own;
  if (s->live.kept) {
    draw_kept(w, cr, s);
  } else {
    draw_colour(cr, view_colour(v, TOKEN_SURFACE));
    cairo_rectangle(cr, w->rect.x, w->rect.y, w->rect.w, w->rect.h);
    cairo_fill(cr);
  }
  if (touches_corner(w, cr)) draw_corners(w, v, cr);
  if (v->theme->solid)
    draw_round_border(cr, w->rect, w->radius, 3, view_colour(v, TOKEN_LINE));
}

static bool point_area(widget *w, view *v, const pointer *p) {
  static const uint16_t types[] = {[PHASE_DOWN] = GESTO_POINTER_DOWN,
    [PHASE_MOVE] = GESTO_POINTER_MOVE,
    [PHASE_UP] = GESTO_POINTER_UP,
    [PHASE_CANCEL] = GESTO_POINTER_UP}; // no line is lost (decision 27)
  stage *s = w->own;
  (void)v;
  if (!s->live.here) return true;
  gesto_event e = {.type = types[p->phase], .source = p->source};
  e.as.pointer.x = (float)(p->x - w->rect.x);
  e.as.pointer.y = (float)(p->y - w->rect.y);
  e.as.pointer.pressure = (float)p->pressure;
  e.as.pointer.tilt_x = (float)p->tilt_x;
  e.as.pointer.tilt_y = (float)p->tilt_y;
  e.as.pointer.tool = p->tool;
  const uint64_t at = p->time_us ? p->time_us : s->now_us;
  e.as.pointer.age_us = s->now_us > at ? (uint32_t)(s->now_us - at) : 0;
  if (p->phase == PHASE_CANCEL)
    input_let_go(&s->input, s->now_us);
  else
    input_pointer(&s->input, e, at);
  return true;
}

// Space is a tap in the middle, so that the area does something without a pointer.
static bool press_area(widget *w, view *v, key k, uint32_t with) {
  if (k != KEY_SPACE || with) return false;
  pointer p = {.phase = PHASE_DOWN,
    .source = 3,
    .tool = GESTO_SWITCH,
    .pressure = 0.5,
    .x = w->rect.x + w->rect.w / 2,
    .y = w->rect.y + w->rect.h / 2};
  point_area(w, v, &p);
  p.phase = PHASE_UP;
  return point_area(w, v, &p);
}

static const widget_sort area_sort = {.role = ROLE_AREA,
  .focusable = true,
  .draw = draw_area,
  .point = point_area,
  .press = press_area};

widget *area_create(stage *s, widget *parent, const char *label) {
  widget *w = widget_create(&area_sort, parent, "area", label);
  w->own = s;
  w->radius = 20;
  w->box.grow = 1;
  w->box.min_w = 200;
  w->box.min_h = 160;
  s->area = w;
  return w;
}
