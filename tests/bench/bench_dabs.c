// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base studio
// Dabs laid along a stroke, ours beside those of libmypaint's own surface: nanoseconds of this
// thread's CPU time for a dab.
#include "tests/bench/painting.h"

// A third of the radius apart.
static void walk(MyPaintSurface2 *s, float radius, int count, float paint) {
  float x = 400, y = 400;
  uint64_t seed = 1;
  for (int i = 0; i < count; i++) {
    if (i % 8 == 0) mypaint_surface_begin_atomic(&s->parent);
    x += radius * 0.3f;
    y += ((float)hand_chance(&seed, 65536) / 65536.0f - 0.5f) * radius * 0.3f;
    if (x > WIDTH - 150) x = 150;
    if (y < 150 || y > HEIGHT - 150) y = 500;
    mypaint_surface2_draw_dab(
      s, x, y, radius, 0.2f, 0.4f, 0.7f, 0.5f, 0.8f, 1, 1, 0, 0, 0, 0, 0, paint);
    if (i % 8 == 7) oracle_end_event(s);
  }
  oracle_end_event(s);
}

static double seconds_of_dab(pair *p, bool ours, float radius, int count, float paint) {
  const double from = figures_cpu_seconds();
  walk(pair_side(p, ours), radius, count, paint);
  return (figures_cpu_seconds() - from) / count;
}

// In turns, so that what else goes on here meets both.
static void bench_radius(
  const char *name, const dab_kernel *kernel, float radius, float paint, double goal) {
  pair p;
  double ours[RUNS], theirs[RUNS];
  pair_begin(&p, kernel);
  const int count = (int)(2e7f / (radius * radius * 3.2f + 400)) / 8 * 8 + 8;
  const int slow = paint > 0 ? count / 16 + 16 : count;
  for (int i = 0; i < RUNS; i++) {
    ours[i] = seconds_of_dab(&p, true, radius, count, paint);
    theirs[i] = seconds_of_dab(&p, false, radius, slow, paint);
  }
  figures_row(&(figure_row){.name = name,
    .unit = "us",
    .ours = figure_of(ours, RUNS, 1e6),
    .theirs = figure_of(theirs, RUNS, 1e6),
    .peer = "libmypaint",
    .kind = FIGURE_TIMES,
    .goal = goal});
  pair_end(&p);
}

int main(void) {
  const dab_kernel *best = dab_kernel_best();
  bench_radius("dab-light-r2", best, 2, 0, 3);
  bench_radius("dab-light-r8", best, 8, 0, 5);
  bench_radius("dab-light-r32", best, 32, 0, 7);
  bench_radius("dab-light-r100", best, 100, 0, 9);
  if (best != &dab_kernel_plain)
    bench_radius("dab-light-r32-sse41", &dab_kernel_sse41, 32, 0, 2.5);
  bench_radius("dab-paint-r32", best, 32, 1, 15);
  bench_radius("dab-paint-r100", best, 100, 1, 15);
  return 0;
}
