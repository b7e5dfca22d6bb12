// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ui/geometry.h"

#include <math.h>

bool rect_holds(rect r, double x, double y) {
  return x >= r.x && y >= r.y && x < r.x + r.w && y < r.y + r.h;
}

bool rect_meets(rect a, rect b) {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

rect rect_grown(rect r, double by) {
  rect g = {r.x - by, r.y - by, r.w + 2 * by, r.h + 2 * by};
  if (g.w < 0) g = (rect){r.x + r.w / 2, g.y, 0, g.h};
  if (g.h < 0) g = (rect){g.x, r.y + r.h / 2, g.w, 0};
  return g;
}

rect rect_union(rect a, rect b) {
  if (a.w <= 0 || a.h <= 0) return b;
  if (b.w <= 0 || b.h <= 0) return a;
  const double left = fmin(a.x, b.x);
  const double top = fmin(a.y, b.y);
  return (rect){
    left, top, fmax(a.x + a.w, b.x + b.w) - left, fmax(a.y + a.h, b.y + b.h) - top};
}

rect rect_common(rect a, rect b) {
  const double left = fmax(a.x, b.x);
  const double top = fmax(a.y, b.y);
  const double right = fmin(a.x + a.w, b.x + b.w);
  const double bottom = fmin(a.y + a.h, b.y + b.h);
  return (rect){left, top, fmax(0, right - left), fmax(0, bottom - top)};
}

rect rect_snapped(rect r, double scale) {
  const double left = round(r.x * scale) / scale;
  const double top = round(r.y * scale) / scale;
  const double right = round((r.x + r.w) * scale) / scale;
  const double bottom = round((r.y + r.h) * scale) / scale;
  return (rect){left, top, right - left, bottom - top};
}

double number_between(double value, double low, double high) {
  return value < low ? low : fmin(value, high);
}
