// SPDX-License-Identifier: GPL-3.0-or-later
// Labels, marks, the logo and pictures of widgets.h.
#include "core/ui/draw.h"
#include "core/ui/path.h"
#include "core/ui/widgets.h"

#include <math.h>
#include <stdlib.h>

static token words_of(const widget *w) {
  if (w->words) return w->words;
  const bool second = w->style == TEXT_SMALL || w->style == TEXT_CAPTION;
  return second ? TOKEN_INK_2 : TOKEN_INK;
}

static widget_colours label_colours(const widget *w, const view *v) {
  return (widget_colours){view_colour(v, words_of(w)), view_colour(v, widget_ground(w)),
    view_colour(v, widget_ground(w))};
}

static extent measure_label(widget *w, view *v, double width) {
  const extent free = text_measure(v->text, (text_look){.style = w->style}, w->label);
  if (width <= 0 || free.w <= width) return free;
  return text_measure(v->text, (text_look){.style = w->style, .width = width}, w->label);
}

static void draw_label(widget *w, view *v, cairo_t *cr) {
  const text_look look = {.style = w->style, .align = w->align, .width = w->rect.w};
  const extent e = text_measure(v->text, look, w->label);
  text_draw(v->text, cr, look, w->label, w->rect.x,
    w->rect.y + floor(fmax(0, w->rect.h - e.h) / 2), label_colours(w, v).words);
}

static const widget_sort label_sort = {.role = ROLE_TEXT,
  .measure = measure_label,
  .draw = draw_label,
  .colours = label_colours};

widget *label_create(
  widget *parent, const char *id, text_style style, const char *words) {
  widget *w = widget_create(&label_sort, parent, id, words);
  w->style = style;
  return w;
}

static const double mark_gap = 8;

static extent measure_mark(widget *w, view *v, double width) {
  const double beside = w->icon ? w->icon_size + mark_gap : 0;
  const extent free = measure_label(w, v, width > 0 ? fmax(1, width - beside) : 0);
  return (extent){free.w + beside, fmax(free.h, w->icon ? w->icon_size : 0)};
}

static void draw_mark(widget *w, view *v, cairo_t *cr) {
  const uint32_t rgb = label_colours(w, v).words;
  const double beside = w->icon ? w->icon_size + mark_gap : 0;
  const text_look look = {.style = w->style, .width = fmax(1, w->rect.w - beside)};
  const extent e = text_measure(v->text, look, w->label);
  const bool turned = v->right_to_left;
  if (w->icon)
    icon_draw(icon_facing(w->icon, turned), cr,
      w->rect.x + (turned ? w->rect.w - w->icon_size : 0),
      w->rect.y + floor((w->rect.h - w->icon_size) / 2), w->icon_size, 1.75, rgb);
  text_draw(v->text, cr, look, w->label, w->rect.x + (turned ? 0 : beside),
    w->rect.y + floor((w->rect.h - e.h) / 2), rgb);
}

static const widget_sort mark_sort = {.role = ROLE_TEXT,
  .measure = measure_mark,
  .draw = draw_mark,
  .colours = label_colours};

widget *mark_create(
  widget *parent, const char *id, const char *icon_name, const char *words) {
  widget *w = widget_create(&mark_sort, parent, id, words);
  w->style = TEXT_SMALL;
  w->icon = icon_find(icon_name);
  w->icon_size = 24;
  return w;
}

static void draw_logo(widget *w, view *v, cairo_t *cr) {
  cairo_save(cr);
  cairo_translate(cr, w->rect.x, w->rect.y);
  cairo_new_path(cr);
  path_add(cr, "M32 11C28 5 14 4 8 13s-1 22 10 22c9 0 14-6 13-14h-9");
  cairo_set_line_width(cr, 3.4);
  cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
  draw_colour(cr, view_colour(v, TOKEN_PRIMARY));
  cairo_stroke(cr);
  draw_disc(cr, 33, 30, 2.6, view_colour(v, TOKEN_CLAY));
  cairo_restore(cr);
}

static const widget_sort logo_sort = {.role = ROLE_PICTURE, .draw = draw_logo};

widget *logo_create(widget *parent, const char *id) {
  widget *w = widget_create(&logo_sort, parent, id, "Gesto");
  w->box.w = w->box.h = 40;
  return w;
}

typedef struct picture_own {
  picture_draw *draw;
  cairo_surface_t *surface;
} picture_own;

// As large as fits, in the middle; what is left over shows the ground.
static void draw_whole(const picture_own *own, rect r, cairo_t *cr) {
  const double w = cairo_image_surface_get_width(own->surface);
  const double h = cairo_image_surface_get_height(own->surface);
  if (w < 1 || h < 1) return;
  const double scale = fmin(r.w / w, r.h / h);
  cairo_translate(cr, r.x + (r.w - w * scale) / 2, r.y + (r.h - h * scale) / 2);
  cairo_scale(cr, scale, scale);
  cairo_set_source_surface(cr, own->surface, 0, 0);
  cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_GOOD);
  cairo_rectangle(cr, 0, 0, w, h);
  cairo_fill(cr);
}

static void draw_picture(widget *w, view *v, cairo_t *cr) {
  const picture_own *own = w->own;
  cairo_save(cr);
  draw_round_path(cr, w->rect, w->radius);
  cairo_clip(cr);
  draw_colour(cr, view_colour(v, w->fill ? w->fill : TOKEN_SUNKEN));
  cairo_paint(cr);
  if (own->surface)
    draw_whole(own, w->rect, cr);
  else if (own->draw)
    own->draw(w, v, cr);
  cairo_restore(cr);
  draw_round_border(
    cr, w->rect, w->radius, v->theme->solid ? 3 : 1, view_colour(v, TOKEN_LINE));
}

static void finish_picture(widget *w) {
  picture_own *own = w->own;
  if (own && own->surface) cairo_surface_destroy(own->surface);
  free(own);
}

static const widget_sort picture_sort = {
  .role = ROLE_PICTURE, .draw = draw_picture, .finish = finish_picture};

widget *picture_create(
  widget *parent, const char *id, const char *label, picture_draw *draw) {
  widget *w = widget_create(&picture_sort, parent, id, label);
  picture_own *own = calloc(1, sizeof *own);
  if (!own) abort();
  own->draw = draw;
  w->own = own;
  w->radius = 16;
  return w;
}

void picture_set_surface(view *v, widget *w, cairo_surface_t *shown) {
  picture_own *own = w->own;
  if (shown) cairo_surface_reference(shown);
  if (own->surface) cairo_surface_destroy(own->surface);
  own->surface = shown;
  view_changed(v, w);
}
