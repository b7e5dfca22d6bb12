// SPDX-License-Identifier: GPL-3.0-or-later
// What the benches of brushes share: two surfaces side by side, five of MyPaint's brushes, and
// the recording of a hand, with a pen's pressure and without one.
#ifndef GESTO_TESTS_PAINTING_H
#define GESTO_TESTS_PAINTING_H

#include "core/studio/brush_surface.h"
#include "core/studio/canvas_parts.h"
#include "core/studio/dab.h"
#include "tests/bench/figures.h"
#include "tests/unit/brush_oracle.h"
#include "tests/unit/canvas_hand.h"

enum { WIDTH = 1920, HEIGHT = 1080, RUNS = 5, BRUSHES = 5, HANDS = 2 };
enum { PENCIL, CHARCOAL, WATERCOLOUR, AIRBRUSH, INK };
static const char *const brush_files[BRUSHES][2] = {{"pencil", "classic/pencil"},
  {"charcoal", "classic/charcoal"}, {"watercolour", "deevad/watercolor_expressive"},
  {"airbrush", "deevad/airbrush"}, {"ink", "classic/pen"}};

// Of one brush: the caller frees. Ends the program where MyPaint's brushes are not installed.
static inline char *brush_text(int which) {
  char path[160], *text = NULL;
  size_t size = 0;
  snprintf(path, sizeof path, "%s/%s.myb", ORACLE_BRUSHES, brush_files[which][1]);
  if (io_load(AT_FDCWD, path, 1 << 20, &text, &size) == OK) return text;
  fprintf(stderr, "bench: %s is missing; install mypaint-brushes.\n", path);
  exit(1);
}

static inline MyPaintBrush *brush_of(const char *text) {
  MyPaintBrush *b = mypaint_brush_new();
  mypaint_brush_from_defaults(b);
  if (!mypaint_brush_from_string(b, text)) exit(1);
  mypaint_brush_set_base_value(b, MYPAINT_BRUSH_SETTING_COLOR_H, 0.6f);
  mypaint_brush_set_base_value(b, MYPAINT_BRUSH_SETTING_COLOR_S, 0.8f);
  mypaint_brush_set_base_value(b, MYPAINT_BRUSH_SETTING_COLOR_V, 0.7f);
  return b;
}

// ---- A hand --------------------------------------------------------------------------

typedef struct recorded_hand {
  const char *name;
  hand_sample samples[HAND_SAMPLES_MAX];
  int count;
  double seconds;
} recorded_hand;

// Half as hard as a pen can be pressed, as a mouse is.
static const double mouse_pressure = 0.5;

// 0: with a pen, 1: the same without its pressure.
static inline void hand_open(recorded_hand *h, int which) {
  h->name = which == 0 ? "pen" : "mouse";
  h->count = hand_recording(h->samples);
  if (h->count == 0) exit(1);
  h->seconds = h->samples[h->count - 1].t;
  for (int i = 0; i < h->count && which == 1; i++)
    if (h->samples[i].pressure > 0) h->samples[i].pressure = mouse_pressure;
}

static inline float on_paper(double v, double middle, double of_paper) {
  return (float)((v - middle) * 1.9 + of_paper / 2);
}
static inline float hand_x(const hand_sample *s) { return on_paper(s->x, 485, WIDTH); }
static inline float hand_y(const hand_sample *s) { return on_paper(s->y, 330.5, HEIGHT); }

// ---- Two surfaces, white -------------------------------------------------------------

typedef struct pair {
  brush_surface ours; // first: brushes hand this back
  easel easel;
  oracle *theirs;
  MyPaintSurfaceDrawDabFunction2 draw; // ours alone
} pair;

static inline void pair_begin(pair *p, const dab_kernel *kernel) {
  if (easel_init(&p->easel, WIDTH, HEIGHT, 1 << 20) != OK) exit(1);
  easel_begin(&p->easel);
  brush_surface_init(&p->ours, &p->easel, 0, 1);
  p->ours.kernel = kernel;
  p->theirs = oracle_create(WIDTH, HEIGHT);
  oracle_whiten(p->theirs, &p->easel);
}

static inline void pair_end(pair *p) {
  oracle_destroy(p->theirs);
  easel_take_back(&p->easel);
  easel_finish(&p->easel);
}

static inline MyPaintSurface2 *pair_side(pair *p, bool ours) {
  return ours ? &p->ours.base : oracle_surface(p->theirs);
}

#endif
