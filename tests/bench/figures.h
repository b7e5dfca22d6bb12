// SPDX-License-Identifier: GPL-3.0-or-later
// What the benches print: a line each, `name value unit ratio-to peer-or-limit`.
#ifndef GESTO_TESTS_FIGURES_H
#define GESTO_TESTS_FIGURES_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static inline int figures_order(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

// The value below which `permille` of them lie; sorts them.
static inline double figures_at(double *values, uint32_t count, uint32_t permille) {
  qsort(values, count, sizeof *values, figures_order);
  return values[(uint64_t)(count - 1) * permille / 1000];
}

static inline double figures_median(double *values, uint32_t count) {
  return figures_at(values, count, 500);
}

static inline void figures_print(
  const char *name, double value, const char *unit, double to, const char *what) {
  printf("%s %.3f %s %.3f %s\n", name, value, unit, value / to, what);
  fflush(stdout);
}

// A goal is itself what the ratio is to.
static inline void figures_goal(
  const char *name, double value, const char *unit, double goal) {
  char what[32];
  snprintf(what, sizeof what, "goal-%g", goal);
  figures_print(name, value, unit, goal, what);
}

#endif
