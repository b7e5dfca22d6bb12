// SPDX-License-Identifier: GPL-3.0-or-later
// Sliders of widgets.h: lying, or upright as the size of a brush.
#include "core/ui/draw.h"
#include "core/ui/widgets.h"

#include <math.h>

enum { KNOB = 18, DAB_KNOB = 24 };

// How it stands is kept in `number`, how large its dab is in `icon_size`.
enum { LYING, UPRIGHT };

static bool upright(const widget *w) { return w->number != LYING; }

static double knob(const widget *w) { return upright(w) ? DAB_KNOB : KNOB; }

// A lying one begins where one begins to read.
static bool turned(const widget *w, const view *v) {
  return v->right_to_left && !upright(w);
}

static double part_of(const widget *w) {
  if (widget_is(w, STATE_EMPTY)) return 0.5;
  const double room = w->high - w->low;
  return room > 0 ? number_between((w->value - w->low) / room, 0, 1) : 0;
}

static extent measure_slider(widget *w, view *v, double width) {
  (void)v;
  if (upright(w)) return (extent){64, 136};
  return (extent){width > 0 ? width : 160, 48};
}

static void draw_lying(widget *w, view *v, cairo_t *cr) {
  const rect r = w->rect;
  const bool empty = widget_is(w, STATE_EMPTY);
  const double from = r.x + KNOB;
  const double part = turned(w, v) ? 1 - part_of(w) : part_of(w);
  const double at = from + part * (r.w - 2 * KNOB);
  const rect track = {from, r.y + r.h / 2 - 4, r.w - 2 * KNOB, 8};
  draw_round_fill(cr, track, 4, view_colour(v, TOKEN_SUNKEN));
  draw_round_border(cr, track, 4, 1.5, view_colour(v, TOKEN_CONTROL));
  if (!empty)
    draw_round_fill(cr,
      turned(w, v) ? (rect){at, track.y, track.x + track.w - at, 8}
                   : (rect){track.x, track.y, at - track.x, 8},
      4, view_colour(v, TOKEN_PRIMARY));
  draw_disc(cr, at, r.y + r.h / 2, KNOB, view_colour(v, TOKEN_SURFACE));
  cairo_new_path(cr);
  cairo_arc(cr, at, r.y + r.h / 2, KNOB - 1.5, 0, 6.2831853);
  cairo_set_line_width(cr, 3);
  const double dashes[] = {4, 4};
  if (empty) cairo_set_dash(cr, dashes, 2, 0);
  draw_colour(cr, view_colour(v, empty ? TOKEN_CONTROL : TOKEN_PRIMARY));
  cairo_stroke(cr);
  cairo_set_dash(cr, NULL, 0, 0);
}

static void draw_upright(widget *w, view *v, cairo_t *cr) {
  const rect r = w->rect;
  const double middle = r.x + r.w / 2;
  cairo_new_path(cr);
  cairo_move_to(cr, middle - 18, r.y);
  cairo_line_to(cr, middle + 18, r.y);
  cairo_line_to(cr, middle + 4, r.y + r.h);
  cairo_line_to(cr, middle - 4, r.y + r.h);
  cairo_close_path(cr);
  draw_colour(cr, view_colour(v, TOKEN_SUNKEN));
  cairo_fill_preserve(cr);
  cairo_set_line_width(cr, 1.5);
  draw_colour(cr, view_colour(v, v->theme->solid ? TOKEN_CONTROL : TOKEN_SUNKEN));
  cairo_stroke(cr);
  const double at = r.y + DAB_KNOB + (1 - part_of(w)) * (r.h - 2 * DAB_KNOB);
  draw_disc(cr, middle, at, DAB_KNOB, view_colour(v, TOKEN_PRIMARY));
  draw_disc(cr, middle, at, DAB_KNOB - 3, view_colour(v, TOKEN_SURFACE));
  const double dab = w->icon_size > 0 ? fmin(w->icon_size, DAB_KNOB - 5) : 10;
  const uint32_t rgb = w->colour ? w->colour : view_colour(v, TOKEN_PRIMARY);
  draw_disc(cr, middle, at, dab, rgb);
}

static void draw_slider(widget *w, view *v, cairo_t *cr) {
  if (upright(w))
    draw_upright(w, v, cr);
  else
    draw_lying(w, v, cr);
}

static double stepped(const widget *w, double value) {
  if (w->step > 0) value = w->low + round((value - w->low) / w->step) * w->step;
  return number_between(value, w->low, w->high);
}

static void take(widget *w, view *v, double value) {
  value = stepped(w, value);
  const bool same = !widget_is(w, STATE_EMPTY) && fabs(value - w->value) < 1e-12;
  widget_set_state(w, STATE_EMPTY, false);
  w->value = value;
  view_changed(v, w);
  if (!same && w->changed) w->changed(w->data, w);
}

static bool point_slider(widget *w, view *v, const pointer *p) {
  if (widget_is(w, STATE_DISABLED) || p->phase == PHASE_CANCEL) return true;
  const rect r = w->rect;
  const double k = knob(w);
  double along = upright(w) ? 1 - (p->y - r.y - k) / fmax(1, r.h - 2 * k)
                            : (p->x - r.x - k) / fmax(1, r.w - 2 * k);
  if (turned(w, v)) along = 1 - along;
  take(w, v, w->low + number_between(along, 0, 1) * (w->high - w->low));
  return true;
}

// Arrows across the other way stay with the focus.
static double key_steps(const widget *w, key k) {
  switch (k) {
  case KEY_LEFT: return upright(w) ? 0 : -1;
  case KEY_RIGHT: return upright(w) ? 0 : 1;
  case KEY_DOWN: return upright(w) ? -1 : 0;
  case KEY_UP: return upright(w) ? 1 : 0;
  case KEY_PAGE_UP: return 5;
  case KEY_PAGE_DOWN: return -5;
  default: return 0;
  }
}

static bool press_slider(widget *w, view *v, key k, uint32_t with) {
  (void)with;
  double steps = key_steps(w, k);
  if (turned(w, v) && (k == KEY_LEFT || k == KEY_RIGHT)) steps = -steps;
  const double twentieth = (w->high - w->low) / 20;
  const double step =
    w->step > 0 ? fmax(w->step, ceil(twentieth / w->step - 0.5) * w->step) : twentieth;
  if (k == KEY_HOME)
    take(w, v, w->low);
  else if (k == KEY_END)
    take(w, v, w->high);
  else if (steps < 0 || steps > 0)
    take(w, v,
      (widget_is(w, STATE_EMPTY) ? (w->low + w->high) / 2 : w->value) + steps * step);
  else
    return false;
  return true;
}

static const widget_sort slider_sort = {.role = ROLE_SLIDER,
  .focusable = true,
  .measure = measure_slider,
  .draw = draw_slider,
  .point = point_slider,
  .press = press_slider};

widget *slider_create(widget *parent, const char *id, const char *label, double low,
  double high, double step) {
  widget *w = widget_create(&slider_sort, parent, id, label);
  w->low = low;
  w->high = high;
  w->step = step;
  w->value = low;
  w->radius = 12;
  widget_set_state(w, STATE_EMPTY, true);
  return w;
}

void slider_set(view *v, widget *w, double value) {
  w->value = number_between(value, w->low, w->high);
  widget_set_state(w, STATE_EMPTY, false);
  view_changed(v, w);
}

void slider_set_upright(widget *w) { w->number = UPRIGHT; }

void slider_set_dab(view *v, widget *w, double radius) {
  if (fabs(w->icon_size - radius) < 0.05) return;
  w->icon_size = radius;
  view_changed(v, w);
}
