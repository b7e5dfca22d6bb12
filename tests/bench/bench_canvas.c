// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base studio
// Our brush surface beside libmypaint's own on the same dabs and the same recording: medians
// of CPU time in one run. A line each: name value unit ratio (how many times as fast).
#include "core/studio/brush_surface.h"

#include "core/studio/easel.h"
#include "core/studio/stroke.h"
#include "tests/unit/canvas_hand.h"

#include <libmypaint/mypaint-brush.h>
#include <libmypaint/mypaint-fixed-tiled-surface.h>
#include <time.h>

enum { WIDTH = 1920, HEIGHT = 1088, RUNS = 5 };

static double cpu_seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int by_size(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double median(double *v) {
  qsort(v, RUNS, sizeof *v, by_size);
  return v[RUNS / 2];
}

// One of the two surfaces, fresh.
typedef struct painted {
  bool ours;
  easel easel;
  brush_surface surface;
  MyPaintFixedTiledSurface *theirs;
} painted;

static MyPaintSurface *painted_begin(painted *p, bool ours) {
  *p = (painted){.ours = ours};
  if (!ours) {
    p->theirs = mypaint_fixed_tiled_surface_new(WIDTH, HEIGHT);
    return mypaint_fixed_tiled_surface_interface(p->theirs);
  }
  if (easel_init(&p->easel, WIDTH, HEIGHT, 1 << 20) != OK) exit(1);
  easel_begin(&p->easel);
  brush_surface_init(&p->surface, &p->easel, 0, 1);
  return &p->surface.base.parent;
}

static void painted_end(painted *p, MyPaintSurface *s) {
  if (!p->ours) {
    mypaint_surface_unref(s);
    return;
  }
  easel_take_back(&p->easel);
  easel_finish(&p->easel);
}

static void stamp(MyPaintSurface *s, float radius, int count) {
  uint64_t seed = 1;
  MyPaintRectangle roi;
  for (int i = 0; i < count; i++) {
    if (i % 8 == 0) mypaint_surface_begin_atomic(s);
    mypaint_surface_draw_dab(s, (float)hand_chance(&seed, WIDTH),
      (float)hand_chance(&seed, HEIGHT), radius, 0.2f, 0.5f, 0.7f, 0.6f, 0.8f, 1, 1, 0, 0,
      0);
    if (i % 8 == 7) mypaint_surface_end_atomic(s, &roi);
  }
}

// The first touch of each tile is a cost of its own and comes before the clock.
static double time_dabs(bool ours, float radius, int count) {
  painted p;
  MyPaintSurface *s = painted_begin(&p, ours);
  stamp(s, 100, 400);
  double from = cpu_seconds();
  stamp(s, radius, count);
  double seconds = cpu_seconds() - from;
  painted_end(&p, s);
  return seconds;
}

static void bench_dabs(float radius) {
  int count = (int)(1.5e7f / (radius * radius * 3.2f + 200)) / 8 * 8 + 8;
  double ours[RUNS], theirs[RUNS];
  for (int i = 0; i < RUNS; i++) {
    ours[i] = time_dabs(true, radius, count);
    theirs[i] = time_dabs(false, radius, count);
  }
  double a = median(ours), b = median(theirs);
  printf("canvas_dabs_r%.0f %.0f dabs/s %.2f\n", (double)radius, count / a, b / a);
}

static hand_sample samples[HAND_SAMPLES_MAX];
static int sample_count;

static double time_recording(bool ours, const char *brush) {
  MyPaintBrush *b = mypaint_brush_new();
  mypaint_brush_from_defaults(b);
  if (!mypaint_brush_from_string(b, brush)) exit(1);
  painted p;
  MyPaintSurface *s = painted_begin(&p, ours);
  double from = cpu_seconds();
  for (int i = 0; i < sample_count; i++) {
    MyPaintRectangle roi;
    mypaint_surface_begin_atomic(s);
    mypaint_brush_stroke_to(b, s, (float)(samples[i].x * 1.9),
      (float)(samples[i].y * 1.7), (float)samples[i].pressure, 0, 0,
      i == 0 ? 10.0 : samples[i].t - samples[i - 1].t);
    mypaint_surface_end_atomic(s, &roi);
  }
  double seconds = cpu_seconds() - from;
  painted_end(&p, s);
  mypaint_brush_unref(b);
  return seconds;
}

static void bench_recording(hand_brushes *texts, const char *name) {
  const char *text = hand_brush(texts, name);
  double ours[RUNS], theirs[RUNS];
  if (text == NULL) exit(1);
  for (int i = 0; i < RUNS; i++) {
    ours[i] = time_recording(true, text);
    theirs[i] = time_recording(false, text);
  }
  double a = median(ours), b = median(theirs);
  printf("canvas_recording_%s %.1f ms %.2f\n", name, a * 1e3, b / a);
}

int main(void) {
  const float radii[] = {2, 8, 32, 100};
  for (int i = 0; i < 4; i++) bench_dabs(radii[i]);
  hand_brushes texts = {0};
  sample_count = hand_recording(samples);
  if (sample_count == 0) return 1;
  for (int i = 0; i < HAND_BRUSHES; i++) bench_recording(&texts, hand_brush_names[i]);
  hand_brushes_finish(&texts);
  return 0;
}
