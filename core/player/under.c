// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/under.h"

#include "core/media/picture.h"
#include "core/player/surface.h"

#include <math.h>

static cairo_surface_t *paper_of(const canvas *c) {
  uint32_t width = 0, height = 0;
  canvas_size(c, &width, &height);
  return cairo_image_surface_create(CAIRO_FORMAT_ARGB32, (int)width, (int)height);
}

// Takes the surface over.
static result put(canvas *c, cairo_surface_t *s) {
  result r = NO_MEMORY;
  cairo_surface_flush(s);
  if (cairo_surface_status(s) == CAIRO_STATUS_SUCCESS) {
    const void *pixels = cairo_image_surface_get_data(s);
    r = canvas_put_under(c, pixels, (size_t)cairo_image_surface_get_stride(s));
  }
  cairo_surface_destroy(s);
  return r;
}

result under_put_drawing(canvas *c, const under_drawing *d) {
  cairo_surface_t *s = paper_of(c);
  cairo_t *to = cairo_create(s);
  const double scale = (double)d->scale;
  cairo_scale(to, scale, scale);
  d->draw(d->data, to, (float)(cairo_image_surface_get_width(s) / scale),
    (float)(cairo_image_surface_get_height(s) / scale));
  cairo_destroy(to);
  return put(c, s);
}

static void paint_in_middle(cairo_surface_t *on, const picture *p) {
  const int paper_w = cairo_image_surface_get_width(on);
  const int paper_h = cairo_image_surface_get_height(on);
  const double by = fmin((double)paper_w / p->width, (double)paper_h / p->height);
  const double w = fmax(round(p->width * by), 1), h = fmax(round(p->height * by), 1);
  cairo_surface_t *from = surface_of(p);
  cairo_t *to = cairo_create(on);
  cairo_translate(to, floor((paper_w - w) / 2), floor((paper_h - h) / 2));
  cairo_rectangle(to, 0, 0, w, h);
  cairo_clip(to);
  surface_paint(to, from, w, h);
  cairo_destroy(to);
  cairo_surface_destroy(from);
}

result under_put_picture(canvas *c, const void *png, size_t size) {
  picture p = {0};
  result r = picture_read_png(&p, png, size);
  if (r != OK) return r;
  cairo_surface_t *s = paper_of(c);
  paint_in_middle(s, &p);
  picture_finish(&p);
  return put(c, s);
}
