// SPDX-License-Identifier: GPL-3.0-or-later
// A parabola through samples, by weighted least squares with weights (1 - |u|^3)^3 and u from -1
// to 1, the middle at 0: local regression of degree 2, W. S. Cleveland, "Robust Locally Weighted
// Regression and Smoothing Scatterplots", JASA 74 (1979), 829-836. Only + - * / are used: the
// same samples give the same bits on every machine. Any thread.
#ifndef GESTO_STUDIO_PARABOLA_H
#define GESTO_STUDIO_PARABOLA_H

#include <stdbool.h>

// What was added up over the weighted samples: powers of u, and times the two values. Zeroed:
// nothing.
typedef struct parabola {
  double u[5], x[3], y[3];
} parabola;

// One more sample; |u| < 1 counts. Inline: it is called for each sample around each point.
static inline void parabola_add(parabola *p, double u, double x, double y) {
  const double a = u < 0 ? -u : u;
  if (!(a < 1)) return;
  const double c = 1 - a * a * a, w = c * c * c;
  double power = w;
  for (int k = 0; k < 5; k++) {
    p->u[k] += power;
    if (k < 3) {
      p->x[k] += power * x;
      p->y[k] += power * y;
    }
    power *= u;
  }
}

// The values at u = 0, of a lesser degree where the samples do not tell more. False: none.
bool parabola_middle(const parabola *p, double *x, double *y);

#endif
