// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/studio/parabola.h"

// The first unknown of the normal equations, by Cramer's rule.
static double solved_parabola(const double s[5], const double v[3], double whole) {
  const double first = v[0] * (s[2] * s[4] - s[3] * s[3]);
  const double second = s[1] * (v[1] * s[4] - s[3] * v[2]);
  const double third = s[2] * (v[1] * s[3] - s[2] * v[2]);
  return (first - second + third) / whole;
}

static double solved_line(const double s[5], const double v[3], double whole) {
  return (v[0] * s[2] - v[1] * s[1]) / whole;
}

bool parabola_middle(const parabola *p, double *x, double *y) {
  const double *s = p->u;
  if (!(s[0] > 0)) return false;
  const double line = s[0] * s[2] - s[1] * s[1];
  const double whole = s[0] * (s[2] * s[4] - s[3] * s[3]) -
    s[1] * (s[1] * s[4] - s[3] * s[2]) + s[2] * (s[1] * s[3] - s[2] * s[2]);
  if (whole > 1e-3 * s[0] * s[2] * s[4]) {
    *x = solved_parabola(s, p->x, whole);
    *y = solved_parabola(s, p->y, whole);
  } else if (line > 1e-3 * s[0] * s[2]) {
    *x = solved_line(s, p->x, line);
    *y = solved_line(s, p->y, line);
  } else {
    *x = p->x[0] / s[0];
    *y = p->y[0] / s[0];
  }
  return true;
}
