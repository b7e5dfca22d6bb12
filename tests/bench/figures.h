// SPDX-License-Identifier: GPL-3.0-or-later
// What the benches print: a row for each figure,
//   name  ours  peer  ratio  goal  met|missed
// ours and the peer's as the median with the least and the most of the runs.
#ifndef GESTO_TESTS_FIGURES_H
#define GESTO_TESTS_FIGURES_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

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

// CPU time of this thread, which others on the machine disturb least.
static inline double figures_cpu_seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

typedef struct figure {
  double median, least, most;
} figure;

// Sorts them; each times `scale`.
static inline figure figure_of(double *values, uint32_t count, double scale) {
  return (figure){.median = figures_median(values, count) * scale,
    .least = figures_at(values, count, 0) * scale,
    .most = figures_at(values, count, 1000) * scale};
}

static inline figure figure_alone(double v) { return (figure){v, v, v}; }

typedef enum figure_goal {
  FIGURE_NO_GOAL,
  FIGURE_TIMES,    // the peer's is at least so many times ours
  FIGURE_SHARE,    // ours is at most so many times the peer's
  FIGURE_AT_MOST,  // ours itself
  FIGURE_AT_LEAST, // ours itself
} figure_goal;

typedef struct figure_row {
  const char *name, *unit;
  figure ours, theirs;
  const char *peer; // NULL: nothing is beside it
  figure_goal kind;
  double goal;
} figure_row;

static inline bool figure_meets(const figure_row *r) {
  const double ours = r->ours.median, theirs = r->theirs.median;
  switch (r->kind) {
  case FIGURE_TIMES: return theirs >= ours * r->goal;
  case FIGURE_SHARE: return ours <= theirs * r->goal;
  case FIGURE_AT_MOST: return ours <= r->goal;
  case FIGURE_AT_LEAST: return ours >= r->goal;
  default: return true;
  }
}

static inline void figure_write(
  figure f, const char *unit, const char *whose, char *to, size_t room) {
  const int used = snprintf(to, room, "%.4g %s", f.median, unit);
  char *rest = to + used;
  if (f.most > f.least)
    snprintf(rest, room - (size_t)used, " %.3g..%.3g%s%s", f.least, f.most,
      *whose == '\0' ? "" : " ", whose);
  else
    snprintf(rest, room - (size_t)used, "%s%s", *whose == '\0' ? "" : " ", whose);
}

static inline void figures_row(const figure_row *r) {
  char ours[80], theirs[80] = "-", ratio[32] = "-", goal[32] = "-";
  const bool most = r->kind == FIGURE_SHARE || r->kind == FIGURE_AT_MOST;
  const bool times = r->kind == FIGURE_TIMES || r->kind == FIGURE_SHARE;
  figure_write(r->ours, r->unit, "", ours, sizeof ours);
  if (r->peer != NULL) {
    const double by = r->kind == FIGURE_TIMES ? r->theirs.median / r->ours.median
                                              : r->ours.median / r->theirs.median;
    figure_write(r->theirs, r->unit, r->peer, theirs, sizeof theirs);
    snprintf(ratio, sizeof ratio, "%.3gx", by);
  }
  if (r->kind != FIGURE_NO_GOAL)
    snprintf(goal, sizeof goal, "%s%g%s", most ? "<=" : ">=", r->goal, times ? "x" : "");
  printf("%-32s %-30s %-38s %-8s %-9s %s\n", r->name, ours, theirs, ratio, goal,
    r->kind == FIGURE_NO_GOAL ? "-"
      : figure_meets(r)       ? "met"
                              : "missed");
  fflush(stdout);
}

// One number that is to be at most so much.
static inline void figures_at_most(
  const char *name, figure ours, const char *unit, double goal) {
  figures_row(&(figure_row){
    .name = name, .unit = unit, .ours = ours, .kind = FIGURE_AT_MOST, .goal = goal});
}

static inline void figures_at_least(
  const char *name, figure ours, const char *unit, double goal) {
  figures_row(&(figure_row){
    .name = name, .unit = unit, .ours = ours, .kind = FIGURE_AT_LEAST, .goal = goal});
}

#endif
