// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/mix_pad.h"

#include "core/ui/draw.h"

#include <math.h>
#include <stdlib.h>

// So many colours across and down are worked out; between them it blends.
enum { FIELDS = 80 };
enum { DOT = 13 };
static const double darkest = 0.06;
static const double lightest = 0.99;

typedef struct pad_own {
  colour at, before; // before: when the press began
  widget_call *moved;
  cairo_surface_t *picture; // of `drawn` strength
  double drawn;
} pad_own;

static double light_at(double up) { return darkest + up * (lightest - darkest); }

static double up_of(double light) {
  return number_between((light - darkest) / (lightest - darkest), 0, 1);
}

// ---- How it looks ------------------------------------------------------------------------

static void work_out(pad_own *own) {
  uint8_t *bytes = cairo_image_surface_get_data(own->picture);
  const int stride = cairo_image_surface_get_stride(own->picture);
  for (int y = 0; y < FIELDS; y++) {
    uint32_t *row = (uint32_t *)(void *)(bytes + (ptrdiff_t)y * stride);
    for (int x = 0; x < FIELDS; x++)
      row[x] = colour_rgb(
        (colour){(x + 0.5) / FIELDS, light_at(1 - (y + 0.5) / FIELDS), own->at.strength});
  }
  cairo_surface_mark_dirty(own->picture);
  own->drawn = own->at.strength;
}

static cairo_surface_t *picture_of(pad_own *own) {
  const bool fresh = own->picture == NULL;
  if (fresh)
    own->picture = cairo_image_surface_create(CAIRO_FORMAT_RGB24, FIELDS, FIELDS);
  if (fresh || fabs(own->drawn - own->at.strength) > 1e-6) {
    cairo_surface_flush(own->picture);
    work_out(own);
  }
  return own->picture;
}

static void draw_field(const widget *w, pad_own *own, cairo_t *cr) {
  const rect r = w->rect;
  cairo_save(cr);
  draw_round_path(cr, r, w->radius);
  cairo_clip(cr);
  cairo_translate(cr, r.x, r.y);
  cairo_scale(cr, r.w / FIELDS, r.h / FIELDS);
  cairo_set_source_surface(cr, picture_of(own), 0, 0);
  cairo_pattern_set_extend(cairo_get_source(cr), CAIRO_EXTEND_PAD);
  cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_BILINEAR);
  cairo_paint(cr);
  cairo_restore(cr);
}

static double dot_x(const widget *w) {
  return w->rect.x + ((const pad_own *)w->own)->at.hue * w->rect.w;
}

static double dot_y(const widget *w) {
  return w->rect.y + (1 - up_of(((const pad_own *)w->own)->at.light)) * w->rect.h;
}

// A ring of dark and light, so that it shows on every colour.
static void draw_pad(widget *w, view *v, cairo_t *cr) {
  pad_own *own = w->own;
  draw_field(w, own, cr);
  draw_round_border(
    cr, w->rect, w->radius, v->theme->border, view_colour(v, TOKEN_CONTROL));
  draw_disc(cr, dot_x(w), dot_y(w), DOT, 0x22302F);
  draw_disc(cr, dot_x(w), dot_y(w), DOT - 2, 0xFFFFFF);
  draw_disc(cr, dot_x(w), dot_y(w), DOT - 5, colour_rgb(own->at));
}

// ---- The dot -----------------------------------------------------------------------------

static void put(widget *w, view *v, double hue, double light) {
  pad_own *own = w->own;
  own->at.hue = number_between(hue, 0, 1);
  own->at.light = number_between(light, darkest, lightest);
  view_changed(v, w);
  if (own->moved) own->moved(w->data, w);
}

static void follow(widget *w, view *v, const pointer *p) {
  const double up = 1 - (p->y - w->rect.y) / fmax(1, w->rect.h);
  put(w, v, (p->x - w->rect.x) / fmax(1, w->rect.w), light_at(number_between(up, 0, 1)));
}

static bool point_pad(widget *w, view *v, const pointer *p) {
  pad_own *own = w->own;
  if (p->phase == PHASE_DOWN) own->before = own->at;
  if (p->phase == PHASE_CANCEL)
    put(w, v, own->before.hue, own->before.light);
  else
    follow(w, v, p);
  if (p->phase == PHASE_UP && w->changed) w->changed(w->data, w);
  return true;
}

// Across, colours go round; at the edge of light and dark it stays.
static bool press_pad(widget *w, view *v, key k, uint32_t with) {
  static const double step = 1 / 24.0;
  const colour at = ((const pad_own *)w->own)->at;
  double hue = at.hue;
  double up = up_of(at.light);
  if (with) return false;
  switch (k) {
  case KEY_LEFT: hue -= step; break;
  case KEY_RIGHT: hue += step; break;
  case KEY_UP: up += step; break;
  case KEY_DOWN: up -= step; break;
  case KEY_PAGE_UP: up += 6 * step; break;
  case KEY_PAGE_DOWN: up -= 6 * step; break;
  case KEY_HOME: hue = 0; break;
  case KEY_END: hue = 1; break;
  default: return false;
  }
  if (hue < 0 || hue > 1) hue -= floor(hue);
  put(w, v, hue, light_at(number_between(up, 0, 1)));
  if (w->changed) w->changed(w->data, w);
  return true;
}

static extent measure_pad(widget *w, view *v, double width) {
  (void)w;
  (void)v;
  const double side = width > 0 ? fmin(width, MIX_PAD_SIZE) : MIX_PAD_SIZE;
  return (extent){side, MIX_PAD_SIZE};
}

static void say_pad(const widget *w, char *words, size_t room) {
  colour_name(colour_rgb(mix_pad_colour(w)), words, (int)room);
}

static void finish_pad(widget *w) {
  pad_own *own = w->own;
  if (own && own->picture) cairo_surface_destroy(own->picture);
  free(own);
}

// ROLE_FEELING: one dot on a square, for whoever lists, drags or dwells.
static const widget_sort pad_sort = {.role = ROLE_FEELING,
  .focusable = true,
  .measure = measure_pad,
  .draw = draw_pad,
  .point = point_pad,
  .press = press_pad,
  .state = say_pad,
  .finish = finish_pad};

widget *mix_pad_create(widget *parent, const char *id, const char *label) {
  widget *w = widget_create(&pad_sort, parent, id, label);
  w->own = calloc(1, sizeof(pad_own));
  if (!w->own) abort();
  w->radius = 16;
  w->box.w = w->box.h = MIX_PAD_SIZE;
  w->box.sides = SIDES_FIXED;
  return w;
}

bool mix_pad_is(const widget *w) { return w->sort == &pad_sort; }

colour mix_pad_colour(const widget *w) { return ((const pad_own *)w->own)->at; }

void mix_pad_set(view *v, widget *w, colour c) {
  ((pad_own *)w->own)->at = c;
  view_changed(v, w);
}

void mix_pad_on_move(widget *w, widget_call *moved) {
  ((pad_own *)w->own)->moved = moved;
}
