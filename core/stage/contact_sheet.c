// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/contact_sheet.h"

#include <math.h>

enum { SHEET_WIDTH = 960, GAP = 12 };

typedef struct cells {
  int across, down, w, h; // cells; pixels of one
} cells;

// All are as high as the first. A card has more room across than down.
static cells cells_for(cairo_surface_t *picture, uint32_t of) {
  cells c = {.down = of <= 3 ? 1 : of <= 8 ? 2 : of <= 15 ? 3 : 4};
  c.across = ((int)of + c.down - 1) / c.down;
  c.w = (SHEET_WIDTH - GAP * (c.across - 1)) / c.across;
  const double wide = cairo_image_surface_get_width(picture);
  const double high = cairo_image_surface_get_height(picture);
  c.h = (int)fmax(1, round(c.w * high / wide));
  return c;
}

static cairo_rectangle_int_t cell_at(const cells *c, uint32_t place) {
  const int column = (int)place % c->across, row = (int)place / c->across;
  return (cairo_rectangle_int_t){column * (c->w + GAP), row * (c->h + GAP), c->w, c->h};
}

// A place beyond the last is cut off.
static void draw_cell(
  cairo_surface_t *sheet, cairo_surface_t *picture, const cells *c, uint32_t place) {
  const cairo_rectangle_int_t at = cell_at(c, place);
  cairo_t *cr = cairo_create(sheet);
  cairo_translate(cr, at.x, at.y);
  cairo_rectangle(cr, 0, 0, at.width, at.height);
  cairo_clip(cr);
  cairo_scale(cr, (double)at.width / cairo_image_surface_get_width(picture),
    (double)at.height / cairo_image_surface_get_height(picture));
  cairo_set_source_surface(cr, picture, 0, 0);
  cairo_paint(cr);
  cairo_destroy(cr);
}

// The cells of a sheet that is there already.
static cells cells_of(cairo_surface_t *sheet, uint32_t of) {
  cells c = cells_for(sheet, of);
  c.h = (cairo_image_surface_get_height(sheet) + GAP) / c.down - GAP;
  return c;
}

cairo_surface_t *contact_sheet_see(cairo_surface_t *sheet, uint32_t place, uint32_t of) {
  if (of < 2) return cairo_surface_reference(sheet);
  const cells c = cells_of(sheet, of);
  const cairo_rectangle_int_t at = cell_at(&c, place);
  cairo_surface_t *one = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, c.w, c.h);
  cairo_t *cr = cairo_create(one);
  cairo_set_source_surface(cr, sheet, -at.x, -at.y);
  cairo_paint(cr);
  cairo_destroy(cr);
  return one;
}

cairo_surface_t *contact_sheet_without(cairo_surface_t *sheet, uint32_t of,
  bool (*gone)(const void *data, uint32_t place), const void *data) {
  static const double faint = 0.12;
  cairo_surface_t *copy = cairo_image_surface_create(CAIRO_FORMAT_ARGB32,
    cairo_image_surface_get_width(sheet), cairo_image_surface_get_height(sheet));
  const cells c = cells_of(sheet, of);
  cairo_t *cr = cairo_create(copy);
  for (uint32_t i = 0; i < of; i++) {
    const cairo_rectangle_int_t at = cell_at(&c, i);
    cairo_save(cr);
    cairo_rectangle(cr, at.x, at.y, at.width, at.height);
    cairo_clip(cr);
    cairo_set_source_surface(cr, sheet, 0, 0);
    cairo_paint_with_alpha(cr, gone(data, i) ? faint : 1);
    cairo_restore(cr);
  }
  cairo_destroy(cr);
  return copy;
}

cairo_surface_t *contact_sheet_put(
  cairo_surface_t *sheet, cairo_surface_t *picture, uint32_t place, uint32_t of) {
  if (of < 2) return picture;
  const cells c = cells_for(picture, of);
  if (!sheet) {
    sheet = cairo_image_surface_create(
      CAIRO_FORMAT_ARGB32, SHEET_WIDTH, c.down * (c.h + GAP) - GAP);
  }
  draw_cell(sheet, picture, &c, place);
  cairo_surface_destroy(picture);
  return sheet;
}
