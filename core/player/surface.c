// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/surface.h"

static uint32_t premultiplied(const uint8_t *p) {
  uint32_t a = p[3];
  uint32_t r = (p[0] * a + 127) / 255, g = (p[1] * a + 127) / 255,
           b = (p[2] * a + 127) / 255;
  return a << 24 | r << 16 | g << 8 | b;
}

cairo_surface_t *surface_of(const picture *p) {
  cairo_surface_t *s =
    cairo_image_surface_create(CAIRO_FORMAT_ARGB32, (int)p->width, (int)p->height);
  if (cairo_surface_status(s) != CAIRO_STATUS_SUCCESS) return s;
  int stride = cairo_image_surface_get_stride(s);
  unsigned char *rows = cairo_image_surface_get_data(s);
  for (uint32_t y = 0; y < p->height; y++) {
    uint32_t *to = (uint32_t *)(void *)(rows + (size_t)y * (size_t)stride);
    const uint8_t *from = p->rgba + (size_t)y * p->width * 4;
    for (uint32_t x = 0; x < p->width; x++) to[x] = premultiplied(from + x * 4);
  }
  cairo_surface_mark_dirty(s);
  return s;
}

void surface_paint(cairo_t *to, cairo_surface_t *from, double width, double height) {
  const int w = cairo_image_surface_get_width(from);
  const int h = cairo_image_surface_get_height(from);
  if (w == 0 || h == 0) return; // one with an error
  cairo_save(to);
  cairo_scale(to, width / w, height / h);
  cairo_set_source_surface(to, from, 0, 0);
  const bool as_it_is = width == w && height == h;
  cairo_pattern_set_filter(
    cairo_get_source(to), as_it_is ? CAIRO_FILTER_NEAREST : CAIRO_FILTER_GOOD);
  cairo_pattern_set_extend(cairo_get_source(to), CAIRO_EXTEND_PAD); // no pale rim
  cairo_paint(to);
  cairo_restore(to);
}
