// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/feeling.h"

#include "core/ui/draw.h"
#include "core/ui/say.h"
#include "core/ui/widgets.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DOT = 16, HALO = 44, ON_DOT = 26, STILL_WITHIN = 8, HINTS = 10, WORDS = 64 };

typedef struct feeling_own {
  double x, y;               // pleasant, energy
  double before_x, before_y; // of the press that lasts
  double from_x, from_y;     // where it began, layout pixels
  bool was_empty, on_dot;    // when it began
  uint32_t count;
  struct {
    double x, y;
    char words[WORDS];
  } hints[HINTS];
} feeling_own;

static double side_of(const view *v) { return v->right_to_left ? -1 : 1; }

static double place_x(const widget *w, const view *v, double pleasant) {
  return w->rect.x + w->rect.w * (1 + side_of(v) * pleasant) / 2;
}

static double place_y(const widget *w, double energy) {
  return w->rect.y + w->rect.h * (1 - energy) / 2;
}

static widget_colours feeling_colours(const widget *w, const view *v) {
  (void)w;
  return (widget_colours){view_colour(v, TOKEN_INK),
    view_colour(v, v->theme->solid ? TOKEN_PAPER : TOKEN_OCHRE_SOFT),
    view_colour(v, TOKEN_CONTROL)};
}

// ---- Drawing

static void draw_corner(cairo_t *cr, rect r, double x, double y, uint32_t rgb) {
  const double red = (rgb >> 16 & 255) / 255.0;
  const double green = (rgb >> 8 & 255) / 255.0;
  const double blue = (rgb & 255) / 255.0;
  cairo_pattern_t *p = cairo_pattern_create_radial(x, y, 0, x, y, 1.15 * r.w);
  cairo_pattern_add_color_stop_rgba(p, 0, red, green, blue, 1);
  cairo_pattern_add_color_stop_rgba(p, 1, red, green, blue, 0);
  cairo_set_source(cr, p);
  cairo_paint(cr);
  cairo_pattern_destroy(p);
}

// Soft corners with no edge between them, so that no place looks like an answer.
static void draw_ground(const widget *w, view *v, cairo_t *cr) {
  const rect r = w->rect;
  const double left = place_x(w, v, -1);
  const double right = place_x(w, v, 1);
  cairo_save(cr);
  draw_round_path(cr, r, w->radius);
  cairo_clip(cr);
  draw_colour(cr, view_colour(v, TOKEN_SURFACE));
  cairo_paint(cr);
  if (!v->theme->solid) {
    draw_corner(cr, r, left, r.y, view_colour(v, TOKEN_PLUM_SOFT));
    draw_corner(cr, r, right, r.y, view_colour(v, TOKEN_OCHRE_SOFT));
    draw_corner(cr, r, left, r.y + r.h, view_colour(v, TOKEN_INDIGO_SOFT));
    draw_corner(cr, r, right, r.y + r.h, view_colour(v, TOKEN_SAGE_SOFT));
  }
  cairo_restore(cr);
  draw_round_border(cr, r, w->radius, v->theme->border, view_colour(v, TOKEN_CONTROL));
}

static void draw_cross(const widget *w, view *v, cairo_t *cr) {
  const rect r = w->rect;
  const double inset = r.w * 0.07;
  const double dots[] = {1, 9};
  cairo_new_path(cr);
  cairo_move_to(cr, r.x + r.w / 2, r.y + inset);
  cairo_line_to(cr, r.x + r.w / 2, r.y + r.h - inset);
  cairo_move_to(cr, r.x + inset, r.y + r.h / 2);
  cairo_line_to(cr, r.x + r.w - inset, r.y + r.h / 2);
  cairo_set_line_width(cr, v->theme->solid ? 2.5 : 1.5);
  cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_dash(cr, dots, 2, 0);
  draw_colour(cr, view_colour(v, TOKEN_CONTROL));
  cairo_stroke(cr);
  cairo_set_dash(cr, NULL, 0, 0);
}

static rect hint_place(const widget *w, view *v, uint32_t i) {
  const feeling_own *own = w->own;
  const extent e =
    text_measure(v->text, (text_look){.style = TEXT_LABEL}, own->hints[i].words);
  const rect r = rect_grown(w->rect, -10);
  return (rect){number_between(place_x(w, v, own->hints[i].x) - e.w / 2, r.x,
                  fmax(r.x, r.x + r.w - e.w)),
    place_y(w, own->hints[i].y) - e.h / 2, e.w, e.h};
}

// A word keeps a little of the ground around it, so that no dotted line runs through it.
static void draw_hint(const widget *w, view *v, cairo_t *cr, uint32_t i) {
  const feeling_own *own = w->own;
  const rect at = hint_place(w, v, i);
  if (fabs(own->hints[i].x) < 0.2) {
    cairo_save(cr);
    cairo_rectangle(cr, at.x, at.y - 4, at.w, at.h + 8);
    cairo_clip(cr);
    draw_ground(w, v, cr);
    cairo_restore(cr);
  }
  text_draw(v->text, cr, (text_look){.style = TEXT_LABEL}, own->hints[i].words, at.x,
    at.y, view_colour(v, TOKEN_INK));
}

static void draw_dot(const widget *w, view *v, cairo_t *cr) {
  const feeling_own *own = w->own;
  const double x = place_x(w, v, own->x);
  const double y = place_y(w, own->y);
  const uint32_t rgb = view_colour(v, TOKEN_PRIMARY);
  cairo_save(cr);
  draw_round_path(cr, w->rect, w->radius);
  cairo_clip(cr);
  for (int i = 0; i < 2 && !v->theme->solid; i++) {
    cairo_new_path(cr);
    cairo_arc(cr, x, y, i ? 27 : HALO, 0, 6.2831853);
    draw_colour_alpha(cr, rgb, i ? 0.2 : 0.12);
    cairo_fill(cr);
  }
  cairo_restore(cr);
  draw_disc(cr, x, y, DOT + 2, view_colour(v, TOKEN_SURFACE));
  draw_disc(cr, x, y, DOT - 2, rgb);
}

static void draw_feeling(widget *w, view *v, cairo_t *cr) {
  const feeling_own *own = w->own;
  draw_ground(w, v, cr);
  draw_cross(w, v, cr);
  for (uint32_t i = 0; i < own->count; i++) draw_hint(w, v, cr, i);
  if (!widget_is(w, STATE_EMPTY)) draw_dot(w, v, cr);
}

// ---- The dot

static void dot_dirty(const widget *w, view *v) {
  const feeling_own *own = w->own;
  if (widget_is(w, STATE_EMPTY) || !widget_shown(w)) return;
  const double x = place_x(w, v, own->x);
  const double y = place_y(w, own->y);
  view_dirty(v, (rect){x - HALO - 2, y - HALO - 2, 2 * HALO + 4, 2 * HALO + 4});
}

static void put(widget *w, view *v, bool empty, double x, double y) {
  feeling_own *own = w->own;
  dot_dirty(w, v);
  own->x = number_between(x, -1, 1);
  own->y = number_between(y, -1, 1);
  widget_set_state(w, STATE_EMPTY, empty);
  dot_dirty(w, v);
}

static void take(widget *w, view *v, bool empty, double x, double y) {
  put(w, v, empty, x, y);
  if (w->changed) w->changed(w->data, w);
}

static void follow(widget *w, view *v, const pointer *p) {
  const double x = 2 * (p->x - w->rect.x) / fmax(1, w->rect.w) - 1;
  const double y = 1 - 2 * (p->y - w->rect.y) / fmax(1, w->rect.h);
  take(w, v, false, side_of(v) * x, y);
}

static void begin(widget *w, view *v, const pointer *p) {
  feeling_own *own = w->own;
  own->was_empty = widget_is(w, STATE_EMPTY);
  own->before_x = own->x;
  own->before_y = own->y;
  own->from_x = p->x;
  own->from_y = p->y;
  own->on_dot = !own->was_empty &&
    hypot(p->x - place_x(w, v, own->x), p->y - place_y(w, own->y)) <= ON_DOT;
  if (!own->on_dot) follow(w, v, p);
}

static bool point_feeling(widget *w, view *v, const pointer *p) {
  feeling_own *own = w->own;
  if (widget_is(w, STATE_DISABLED)) return true;
  const bool rests =
    own->on_dot && hypot(p->x - own->from_x, p->y - own->from_y) <= STILL_WITHIN;
  if (p->phase == PHASE_DOWN) {
    begin(w, v, p);
  } else if (p->phase == PHASE_CANCEL) {
    take(w, v, own->was_empty, own->before_x, own->before_y);
  } else if (p->phase == PHASE_UP && rests) {
    take(w, v, true, own->x, own->y);
  } else if (!rests) {
    own->on_dot = false; // from now on it is a drag
    follow(w, v, p);
  }
  return true;
}

static double tenth(double value, int step) {
  return round(value * 10) / 10 + step * 0.1;
}

// From nothing, the first key begins in the middle.
static bool press_feeling(widget *w, view *v, key k, uint32_t with) {
  const feeling_own *own = w->own;
  const bool empty = widget_is(w, STATE_EMPTY);
  const double x = empty ? 0 : own->x;
  const double y = empty ? 0 : own->y;
  const int on = v->right_to_left ? -1 : 1;
  if (with) return false;
  switch (k) {
  case KEY_LEFT: take(w, v, false, tenth(x, -on), y); break;
  case KEY_RIGHT: take(w, v, false, tenth(x, on), y); break;
  case KEY_UP: take(w, v, false, x, tenth(y, 1)); break;
  case KEY_DOWN: take(w, v, false, x, tenth(y, -1)); break;
  case KEY_SPACE:
  case KEY_ENTER: take(w, v, !empty, x, y); break;
  case KEY_DELETE:
  case KEY_BACKSPACE: take(w, v, true, x, y); break;
  default: return false;
  }
  return true;
}

static extent measure_feeling(widget *w, view *v, double width) {
  (void)v;
  (void)width;
  return (extent){w->box.w, w->box.h};
}

static void state_of_feeling(const widget *w, char *out, size_t room) {
  double x = 0;
  double y = 0;
  if (!feeling_get(w, &x, &y)) {
    snprintf(out, room, "%s", _("no dot yet"));
    return;
  }
  const char *across = x < 0 ? _("unpleasant") : _("pleasant");
  const char *up = y < 0 ? _("less energy") : _("more energy");
  snprintf(out, room, "%s %d, %s %d", across, (int)lround(fabs(x) * 10), up,
    (int)lround(fabs(y) * 10));
}

static void finish_feeling(widget *w) {
  if (w->own) explicit_bzero(w->own, sizeof(feeling_own)); // what a client answered
  free(w->own);
}

static const widget_sort feeling_sort = {.role = ROLE_FEELING,
  .focusable = true,
  .measure = measure_feeling,
  .draw = draw_feeling,
  .point = point_feeling,
  .press = press_feeling,
  .state = state_of_feeling,
  .colours = feeling_colours,
  .finish = finish_feeling};

// ---- The names of the two sides, turned

static extent measure_turned(widget *w, view *v, double width) {
  (void)width;
  const extent e = text_measure(v->text, (text_look){.style = w->style}, w->label);
  return (extent){e.h, e.w};
}

static void draw_turned(widget *w, view *v, cairo_t *cr) {
  const extent e = text_measure(v->text, (text_look){.style = w->style}, w->label);
  cairo_save(cr);
  cairo_translate(cr, w->rect.x + w->rect.w / 2, w->rect.y + w->rect.h / 2);
  cairo_rotate(
    cr, w->rect.x < w->parent->rect.x + w->parent->rect.w / 2 ? -1.57079633 : 1.57079633);
  text_draw(v->text, cr, (text_look){.style = w->style}, w->label, -e.w / 2, -e.h / 2,
    view_colour(v, TOKEN_INK_2));
  cairo_restore(cr);
}

static widget_colours turned_colours(const widget *w, const view *v) {
  (void)w;
  return (widget_colours){view_colour(v, TOKEN_INK_2), view_colour(v, TOKEN_PAPER),
    view_colour(v, TOKEN_PAPER)};
}

static const widget_sort turned_sort = {.role = ROLE_TEXT,
  .measure = measure_turned,
  .draw = draw_turned,
  .colours = turned_colours};

static widget *turned_create(widget *parent, const char *id, const char *words) {
  widget *w = widget_create(&turned_sort, parent, id, words);
  w->style = TEXT_CAPTION;
  return w;
}

// ---- Making one

static void set_hints(widget *w) {
  static const struct {
    double x, y;
    const char *words;
  } all[HINTS] = {{-0.59, 0.72, N_("on edge")}, {-0.6, 0.38, N_("upset")},
    {0, 0.63, N_("alert")}, {0.6, 0.72, N_("excited")}, {0.62, 0.38, N_("joyful")},
    {-0.62, -0.35, N_("low")}, {-0.59, -0.68, N_("worn out")}, {0, -0.59, N_("still")},
    {0.61, -0.35, N_("content")}, {0.6, -0.68, N_("calm")}};
  feeling_own *own = w->own;
  own->count = HINTS;
  for (uint32_t i = 0; i < HINTS; i++) {
    own->hints[i].x = all[i].x;
    own->hints[i].y = all[i].y;
    snprintf(own->hints[i].words, WORDS, "%s", _(all[i].words));
  }
}

static const char *part(char *out, size_t room, const char *id, const char *which) {
  snprintf(out, room, "%.40s-%s", id, which);
  return out;
}

static widget *square_create(
  widget *row, const char *id, const char *label, double side) {
  widget *w = widget_create(&feeling_sort, row, id, label);
  w->own = calloc(1, sizeof(feeling_own));
  if (!w->own) abort();
  w->box.w = w->box.h = side;
  w->radius = 32;
  widget_set_state(w, STATE_EMPTY, true);
  if (side >= FEELING_SIDE) set_hints(w);
  return w;
}

widget *feeling_create(widget *parent, const char *id, const char *label, double side) {
  char name[64];
  widget *whole = column_create(parent, part(name, sizeof name, id, "whole"), 8);
  whole->box.cross = CROSS_MIDDLE;
  label_create(
    whole, part(name, sizeof name, id, "more"), TEXT_CAPTION, _("more energy"));
  widget *row = row_create(whole, part(name, sizeof name, id, "row"), 8);
  row->box.sides = SIDES_READING;
  turned_create(row, part(name, sizeof name, id, "unpleasant"), _("unpleasant"));
  widget *w = square_create(row, id, label, side);
  turned_create(row, part(name, sizeof name, id, "pleasant"), _("pleasant"));
  label_create(
    whole, part(name, sizeof name, id, "less"), TEXT_CAPTION, _("less energy"));
  return w;
}

bool feeling_get(const widget *w, double *pleasant, double *energy) {
  const feeling_own *own = w->own;
  if (widget_is(w, STATE_EMPTY)) return false;
  *pleasant = own->x;
  *energy = own->y;
  return true;
}

void feeling_set(view *v, widget *w, double pleasant, double energy) {
  put(w, v, false, pleasant, energy);
}
