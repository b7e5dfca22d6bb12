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

// A place beyond the last is cut off.
static void draw_cell(
  cairo_surface_t *sheet, cairo_surface_t *picture, const cells *c, uint32_t place) {
  const int column = (int)place % c->across, row = (int)place / c->across;
  cairo_t *cr = cairo_create(sheet);
  cairo_translate(cr, column * (c->w + GAP), row * (c->h + GAP));
  cairo_rectangle(cr, 0, 0, c->w, c->h);
  cairo_clip(cr);
  cairo_scale(cr, (double)c->w / cairo_image_surface_get_width(picture),
    (double)c->h / cairo_image_surface_get_height(picture));
  cairo_set_source_surface(cr, picture, 0, 0);
  cairo_paint(cr);
  cairo_destroy(cr);
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
