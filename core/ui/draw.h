// SPDX-License-Identifier: GPL-3.0-or-later
// The few shapes that all widgets are made of. Thread of the window.
#ifndef GESTO_UI_DRAW_H
#define GESTO_UI_DRAW_H

#include "core/ui/geometry.h"

#include <cairo.h>
#include <stdint.h>

void draw_colour(cairo_t *cr, uint32_t rgb);
void draw_colour_alpha(cairo_t *cr, uint32_t rgb, double alpha);
// A new path round `r`; radius is cut to half of the shorter side.
void draw_round_path(cairo_t *cr, rect r, double radius);
void draw_round_fill(cairo_t *cr, rect r, double radius, uint32_t rgb);
// The line lies inside `r`.
void draw_round_border(cairo_t *cr, rect r, double radius, double width, uint32_t rgb);
// The first `part` of that line, 0 to 1, clockwise from the top.
void draw_round_part(
  cairo_t *cr, rect r, double radius, double width, double part, uint32_t rgb);
void draw_disc(cairo_t *cr, double x, double y, double radius, uint32_t rgb);
void draw_line(
  cairo_t *cr, double x1, double y1, double x2, double y2, double width, uint32_t rgb);
// `part` of b over a, 0 to 1.
uint32_t draw_mix(uint32_t a, uint32_t b, double part);

#endif
