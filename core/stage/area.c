// SPDX-License-Identifier: GPL-3.0-or-later
// The exercise's area of pages.h.
#include "core/stage/pages.h"
#include "core/ui/draw.h"
#include "core/ui/focus.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { KEY_SOURCE = 3 }; // as a contact's source: the keyboard or a switch

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

// The focus goes along with a finger to what it touches.
static void follow_pointer(const widget *w, view *v, const pointer *p) {
  for (widget *c = w->last; c; c = c->previous)
    if (widget_can_focus(c) && rect_holds(c->rect, p->x, p->y)) {
      focus_set(v, c);
      return;
    }
}

static bool point_area(widget *w, view *v, const pointer *p) {
  static const uint16_t types[] = {[PHASE_DOWN] = GESTO_POINTER_DOWN,
    [PHASE_MOVE] = GESTO_POINTER_MOVE,
    [PHASE_UP] = GESTO_POINTER_UP,
    [PHASE_CANCEL] = GESTO_POINTER_UP}; // no line is lost
  stage *s = w->own;
  if (p->phase == PHASE_DOWN && p->source != KEY_SOURCE) follow_pointer(w, v, p);
  panel_fade_point(s, p);
  if (fingers_take(s, p) || !(s->live.here || s->awaited)) return true;
  if (p->phase == PHASE_DOWN) closer_settle(s);
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

// ---- By key -----------------------------------------------------------------------------

static pointer tap_on(const widget *w, phase p) {
  return (pointer){.phase = p,
    .source = KEY_SOURCE,
    .tool = GESTO_SWITCH,
    .pressure = 0.5,
    .x = w->rect.x + w->rect.w / 2,
    .y = w->rect.y + w->rect.h / 2};
}

// Down in the middle for as long as the key is: a pad sounds on, a tap is a tap.
static bool press_middle(widget *w, view *v, key k, uint32_t with) {
  if (with || (k != KEY_SPACE && k != KEY_ENTER)) return false;
  const pointer p = tap_on(w, PHASE_DOWN);
  return point_area(w->sort->role == ROLE_AREA ? w : w->parent, v, &p);
}

static void lift_middle(widget *w, view *v) {
  const pointer p = tap_on(w, PHASE_UP);
  point_area(w->sort->role == ROLE_AREA ? w : w->parent, v, &p);
}

// ---- The places in it -------------------------------------------------------------------

static extent measure_area(widget *w, view *v, double width) {
  (void)w;
  (void)v;
  (void)width;
  return (extent){0, 0};
}

static void place_spot(widget *w, view *v, rect in, const spot *at) {
  const rect whole = {in.x + at->where.x, in.y + at->where.y, at->where.w, at->where.h};
  const rect r = rect_common(whole, in);
  const bool moved = memcmp(&r, &w->rect, sizeof r) != 0;
  if (moved && v->focus == w) view_changed(v, w);
  w->rect = r;
  if (moved && v->focus == w) view_changed(v, w);
  widget_set_state(w, STATE_DISABLED, r.w < 1 || r.h < 1); // out of sight
}

static void place_spots(widget *w, view *v, rect in) {
  const stage *s = w->own;
  for (widget *c = w->first; c; c = c->next) {
    const spot *at = spots_find(&s->spots, c->number);
    if (at) place_spot(c, v, in, at);
  }
}

static void draw_above(widget *w, view *v, cairo_t *cr) {
  lines_draw(w, v, cr);
  dab_draw(w, v, cr);
}

static const widget_sort area_sort = {.role = ROLE_AREA,
  .focusable = true,
  .draw_after = draw_above,
  .measure = measure_area,
  .place = place_spots,
  .draw = draw_area,
  .point = point_area,
  .press = press_middle,
  .lift = lift_middle};

// An area that has spots gives the focus to them.
static const widget_sort spotted_area_sort = {.role = ROLE_AREA,
  .measure = measure_area,
  .place = place_spots,
  .draw = draw_area,
  .point = point_area};

// It takes no pointer: what touches it touches the area.
static const widget_sort spot_sort = {
  .role = ROLE_BUTTON, .focusable = true, .press = press_middle, .lift = lift_middle};

static widget *spot_widget(const widget *area, uint32_t id) {
  for (widget *c = area->first; c; c = c->next)
    if (c->number == id) return c;
  return NULL;
}

static void remove_gone(stage *s, widget *area) {
  for (widget *c = area->first; c;) {
    widget *next = c->next;
    if (!spots_find(&s->spots, c->number)) {
      view_changed(&s->view, c);
      view_forget(&s->view, c);
      widget_destroy(c);
    }
    c = next;
  }
}

static void put_spot(widget *area, const spot *one) {
  char id[24];
  snprintf(id, sizeof id, "spot-%u", one->id);
  widget *w = spot_widget(area, one->id);
  if (!w) w = widget_create(&spot_sort, area, id, one->name);
  w->number = one->id;
  w->radius = 14;
  widget_to_end(w);
  if (strcmp(w->label, one->name) != 0) widget_set_label(w, one->name);
}

static double away(rect a, rect b) {
  return hypot(a.x + a.w / 2 - b.x - b.w / 2, a.y + a.h / 2 - b.y - b.h / 2);
}

static widget *nearest_to(widget *area, rect r) {
  widget *best = NULL;
  for (widget *c = area->first; c; c = c->next)
    if (!best || away(c->rect, r) < away(best->rect, r)) best = c;
  return best;
}

// To the same place; where it is gone to the nearest one, from the area to its first.
static void keep_focus(view *v, widget *area, bool had, bool spotted, rect before) {
  if (!had || (v->focus && v->focus != area)) return;
  focus_set(v, !area->first ? area : spotted ? nearest_to(area, before) : area->first);
}

void area_show_spots(stage *s) {
  widget *area = s->area;
  view *v = &s->view;
  if (!area) return;
  const widget *f = v->focus;
  const bool had = f && (f == area || f->parent == area);
  const bool spotted = area->first != NULL;
  const rect before = had ? f->rect : area->rect;
  remove_gone(s, area);
  for (uint32_t i = 0; i < s->spots.count; i++) put_spot(area, &s->spots.all[i]);
  area->sort = area->first ? &spotted_area_sort : &area_sort;
  if (v->placed) place_spots(area, v, area->rect);
  keep_focus(v, area, had, spotted, before);
}

widget *area_create(stage *s, widget *parent, const char *label) {
  widget *w = widget_create(&area_sort, parent, "area", label);
  w->own = s;
  w->radius = 20;
  w->box.grow = 1;
  w->box.sides = SIDES_FIXED; // the exercise's picture is never turned
  w->box.min_w = 200;
  w->box.min_h = 160;
  s->area = w;
  s->view.area_steadies = s->chosen && s->chosen->canvas;
  widget_set_state(w, STATE_EMPTY, !s->live.kept);
  area_show_spots(s);
  return w;
}
