// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ui/path.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct pen {
  cairo_t *cr;
  const char *at;
  double x, y; // where the pen is
  double start_x, start_y;
  double last_cx, last_cy; // second control point of the last curve
  char command;
} pen;

static void skip_blanks(pen *p) {
  while (isspace((unsigned char)*p->at) || *p->at == ',') p->at++;
}

// Our own reading of numbers: the locale must not change an icon.
static bool number(pen *p, double *value) {
  skip_blanks(p);
  const char *s = p->at;
  const double sign = *s == '-' ? -1 : 1;
  if (*s == '-' || *s == '+') s++;
  double v = 0;
  double unit = 1;
  bool any = false;
  for (; isdigit((unsigned char)*s); s++, any = true) v = v * 10 + (*s - '0');
  if (*s == '.')
    for (s++; isdigit((unsigned char)*s); s++, any = true) v += (*s - '0') * (unit /= 10);
  if (!any) return false;
  p->at = s;
  *value = sign * v;
  return true;
}

// The two flags of an arc may stand without a space between them.
static bool flag(pen *p, bool *value) {
  skip_blanks(p);
  if (*p->at != '0' && *p->at != '1') return false;
  *value = *p->at++ == '1';
  return true;
}

static bool numbers(pen *p, double *values, int count) {
  for (int i = 0; i < count; i++)
    if (!number(p, &values[i])) return false;
  return true;
}

typedef struct arc {
  double rx, ry, x, y;
  bool large, sweep;
} arc;

// From end points to a centre, as the SVG standard's notes on arcs derive it.
static void draw_arc(pen *p, arc a) {
  const double dx = (p->x - a.x) / 2;
  const double dy = (p->y - a.y) / 2;
  double rx = fabs(a.rx);
  double ry = fabs(a.ry);
  if (rx < 1e-6 || ry < 1e-6 || (fabs(dx) < 1e-9 && fabs(dy) < 1e-9)) {
    cairo_line_to(p->cr, a.x, a.y);
    return;
  }
  const double over = dx * dx / (rx * rx) + dy * dy / (ry * ry);
  if (over > 1) {
    rx *= sqrt(over);
    ry *= sqrt(over);
  }
  const double below = rx * rx * dy * dy + ry * ry * dx * dx;
  double k = sqrt(fmax(0, (rx * rx * ry * ry - below) / below));
  if (a.large == a.sweep) k = -k;
  const double cx = k * rx * dy / ry;
  const double cy = -k * ry * dx / rx;
  const double from = atan2((dy - cy) / ry, (dx - cx) / rx);
  const double to = atan2((-dy - cy) / ry, (-dx - cx) / rx);
  cairo_save(p->cr);
  cairo_translate(p->cr, cx + (p->x + a.x) / 2, cy + (p->y + a.y) / 2);
  cairo_scale(p->cr, rx, ry);
  if (a.sweep)
    cairo_arc(p->cr, 0, 0, 1, from, to);
  else
    cairo_arc_negative(p->cr, 0, 0, 1, from, to);
  cairo_restore(p->cr);
}

static void curve(pen *p, const double *v) {
  cairo_curve_to(p->cr, v[0], v[1], v[2], v[3], v[4], v[5]);
  p->last_cx = v[2];
  p->last_cy = v[3];
}

static void go(pen *p, double x, double y) {
  p->x = x;
  p->y = y;
}

static bool step_line(pen *p, char c, double ox, double oy) {
  double v[2];
  const bool both = c == 'M' || c == 'L';
  if (!numbers(p, v, both ? 2 : 1)) return false;
  const double x = c == 'V' ? p->x : ox + v[0];
  const double y = both ? oy + v[1] : (c == 'V' ? oy + v[0] : p->y);
  if (c == 'M') {
    cairo_move_to(p->cr, x, y);
    p->start_x = x;
    p->start_y = y;
    p->command = p->command == 'm' ? 'l' : 'L'; // further pairs are lines
  } else {
    cairo_line_to(p->cr, x, y);
  }
  go(p, x, y);
  return true;
}

static bool step_curve(pen *p, char c, double ox, double oy, bool smooth) {
  double v[6] = {2 * p->x - p->last_cx, 2 * p->y - p->last_cy};
  if (!smooth && c == 'S') v[0] = p->x, v[1] = p->y;
  const int first = c == 'S' ? 2 : 0;
  if (!numbers(p, v + first, 6 - first)) return false;
  for (int i = first; i < 6; i++) v[i] += i % 2 ? oy : ox;
  curve(p, v);
  go(p, v[4], v[5]);
  return true;
}

static bool step_arc(pen *p, double ox, double oy) {
  double v[3];
  double end[2];
  arc a = {0};
  if (!numbers(p, v, 3) || !flag(p, &a.large) || !flag(p, &a.sweep) ||
    !numbers(p, end, 2))
    return false;
  a.rx = v[0];
  a.ry = v[1];
  a.x = ox + end[0];
  a.y = oy + end[1];
  draw_arc(p, a);
  go(p, a.x, a.y);
  return true;
}

static bool step(pen *p, char before) {
  const char c = (char)toupper((unsigned char)p->command);
  const bool relative = islower((unsigned char)p->command) != 0;
  const double ox = relative ? p->x : 0;
  const double oy = relative ? p->y : 0;
  switch (c) {
  case 'M':
  case 'L':
  case 'H':
  case 'V': return step_line(p, c, ox, oy);
  case 'C':
  case 'S': return step_curve(p, c, ox, oy, strchr("CcSs", before) != NULL);
  case 'A': return step_arc(p, ox, oy);
  case 'Z':
    cairo_close_path(p->cr);
    go(p, p->start_x, p->start_y);
    return true;
  default: return false;
  }
}

bool path_add(cairo_t *cr, const char *data) {
  pen p = {.cr = cr, .at = data, .command = 'M'};
  char before = 'M';
  for (skip_blanks(&p); *p.at; skip_blanks(&p)) {
    if (isalpha((unsigned char)*p.at))
      p.command = *p.at++;
    else if (toupper((unsigned char)p.command) == 'Z')
      return false;
    const char now = p.command;
    if (!step(&p, before)) return false;
    before = now;
  }
  return true;
}
