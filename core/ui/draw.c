// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ui/draw.h"

#include <math.h>

static const double quarter = 1.57079632679489661923;

void draw_colour(cairo_t *cr, uint32_t rgb) { draw_colour_alpha(cr, rgb, 1); }

void draw_colour_alpha(cairo_t *cr, uint32_t rgb, double alpha) {
  cairo_set_source_rgba(
    cr, (rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0, alpha);
}

void draw_round_path(cairo_t *cr, rect r, double radius) {
  radius = fmax(0, fmin(radius, fmin(r.w, r.h) / 2));
  cairo_new_path(cr);
  cairo_arc(cr, r.x + r.w - radius, r.y + radius, radius, -quarter, 0);
  cairo_arc(cr, r.x + r.w - radius, r.y + r.h - radius, radius, 0, quarter);
  cairo_arc(cr, r.x + radius, r.y + r.h - radius, radius, quarter, 2 * quarter);
  cairo_arc(cr, r.x + radius, r.y + radius, radius, 2 * quarter, 3 * quarter);
  cairo_close_path(cr);
}

void draw_round_fill(cairo_t *cr, rect r, double radius, uint32_t rgb) {
  draw_round_path(cr, r, radius);
  draw_colour(cr, rgb);
  cairo_fill(cr);
}

void draw_round_border(cairo_t *cr, rect r, double radius, double width, uint32_t rgb) {
  if (width <= 0) return;
  draw_round_path(cr, rect_grown(r, -width / 2), radius - width / 2);
  cairo_set_line_width(cr, width);
  draw_colour(cr, rgb);
  cairo_stroke(cr);
}

void draw_round_part(
  cairo_t *cr, rect r, double radius, double width, double part, uint32_t rgb) {
  const rect in = rect_grown(r, -width / 2);
  const double round = fmax(0, fmin(radius - width / 2, fmin(in.w, in.h) / 2));
  const double all = 2 * (in.w + in.h) - (8 - 4 * quarter) * round;
  const double dashes[] = {all * part, all * 2};
  const double right = in.x + in.w;
  const double foot = in.y + in.h;
  cairo_new_path(cr);
  cairo_move_to(cr, in.x + in.w / 2, in.y);
  cairo_arc(cr, right - round, in.y + round, round, -quarter, 0);
  cairo_arc(cr, right - round, foot - round, round, 0, quarter);
  cairo_arc(cr, in.x + round, foot - round, round, quarter, 2 * quarter);
  cairo_arc(cr, in.x + round, in.y + round, round, 2 * quarter, 3 * quarter);
  cairo_line_to(cr, in.x + in.w / 2, in.y);
  cairo_set_line_width(cr, width);
  cairo_set_dash(cr, dashes, 2, 0);
  draw_colour(cr, rgb);
  cairo_stroke(cr);
  cairo_set_dash(cr, dashes, 0, 0);
}

void draw_disc(cairo_t *cr, double x, double y, double radius, uint32_t rgb) {
  cairo_new_path(cr);
  cairo_arc(cr, x, y, radius, 0, 4 * quarter);
  draw_colour(cr, rgb);
  cairo_fill(cr);
}

void draw_line(
  cairo_t *cr, double x1, double y1, double x2, double y2, double width, uint32_t rgb) {
  cairo_new_path(cr);
  cairo_move_to(cr, x1, y1);
  cairo_line_to(cr, x2, y2);
  cairo_set_line_width(cr, width);
  draw_colour(cr, rgb);
  cairo_stroke(cr);
}

static uint32_t channel(uint32_t a, uint32_t b, int shift, double part) {
  const double from = a >> shift & 255;
  const double to = b >> shift & 255;
  return (uint32_t)lround(from + (to - from) * part) << shift;
}

uint32_t draw_mix(uint32_t a, uint32_t b, double part) {
  return channel(a, b, 16, part) | channel(a, b, 8, part) | channel(a, b, 0, part);
}
