// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base studio
// Brushes beside libmypaint's own surface, in one run on one machine: dabs laid along a stroke,
// a recording of a hand through five of MyPaint's brushes, how much the pictures differ, and
// what the slowest moment costs. Medians of five runs of this thread's CPU time; each line says
// the goal that it is held to.
#include "core/studio/brush_surface.h"
#include "core/studio/canvas_parts.h"
#include "tests/bench/figures.h"
#include "tests/unit/brush_oracle.h"
#include "tests/unit/canvas_hand.h"

#include <time.h>

enum { WIDTH = 1920, HEIGHT = 1080, RUNS = 5, BRUSHES = 5 };
static const char *const brush_files[BRUSHES][2] = {{"pencil", "classic/pencil"},
  {"charcoal", "classic/charcoal"}, {"watercolour", "deevad/watercolor_expressive"},
  {"airbrush", "deevad/airbrush"}, {"ink", "classic/pen"}};
enum { WATERCOLOUR = 2, AIRBRUSH = 3 };

static double cpu_seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

// ---- Two surfaces, white ------------------------------------------------------------

typedef struct pair {
  brush_surface ours; // first: brushes hand this back
  easel easel;
  oracle *theirs;
  MyPaintSurfaceDrawDabFunction2 draw; // ours alone
} pair;

static void pair_begin(pair *p, const dab_kernel *kernel) {
  if (easel_init(&p->easel, WIDTH, HEIGHT, 1 << 20) != OK) exit(1);
  easel_begin(&p->easel);
  brush_surface_init(&p->ours, &p->easel, 0, 1);
  p->ours.kernel = kernel;
  p->theirs = oracle_create(WIDTH, HEIGHT);
  oracle_whiten(p->theirs, &p->easel);
}

static void pair_end(pair *p) {
  oracle_destroy(p->theirs);
  easel_take_back(&p->easel);
  easel_finish(&p->easel);
}

// Theirs takes up paint at places of chance: so that pictures can be compared, a brush that
// paints on ours has its dabs drawn on theirs too.
// NOLINTNEXTLINE(readability-function-size)
static int draw_on_both(MyPaintSurface2 *s, float x, float y, float radius, float red,
  float green, float blue, float opacity, float hardness, float alpha, float aspect,
  float angle, float lock, float tint, float poster, float levels, float paint) {
  pair *p = (pair *)s;
  mypaint_surface2_draw_dab(oracle_surface(p->theirs), x, y, radius, red, green, blue,
    opacity, hardness, alpha, aspect, angle, lock, tint, poster, levels, paint);
  return p->draw(s, x, y, radius, red, green, blue, opacity, hardness, alpha, aspect,
    angle, lock, tint, poster, levels, paint);
}

static MyPaintSurface2 *side(pair *p, bool ours) {
  return ours ? &p->ours.base : oracle_surface(p->theirs);
}

// ---- Dabs ----------------------------------------------------------------------------

// As a stroke would lay them: a third of the radius apart.
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

static double time_dabs(pair *p, bool ours, float radius, int count, float paint) {
  double seconds[RUNS];
  for (int i = 0; i < RUNS; i++) {
    const double from = cpu_seconds();
    walk(side(p, ours), radius, count, paint);
    seconds[i] = (cpu_seconds() - from) / count;
  }
  return figures_median(seconds, RUNS);
}

static void bench_radius(
  const dab_kernel *kernel, float radius, float paint, double goal, const char *name) {
  pair p;
  pair_begin(&p, kernel);
  const int count = (int)(2e7f / (radius * radius * 3.2f + 400)) / 8 * 8 + 8;
  const int slow = paint > 0 ? count / 16 + 16 : count;
  const double ours = time_dabs(&p, true, radius, count, paint);
  const double theirs = time_dabs(&p, false, radius, slow, paint);
  char line[64];
  snprintf(line, sizeof line, "dabs_%s_r%.0f", name, (double)radius);
  figures_goal(line, theirs / ours, "times-libmypaint", goal);
  snprintf(line, sizeof line, "dabs_%s_r%.0f_pixel", name, (double)radius);
  const double pixels = 3.14159265 * (double)(radius * radius);
  figures_print(line, ours / pixels * 1e9, "ns", theirs / pixels * 1e9, "libmypaint");
  pair_end(&p);
}

static void bench_dabs(void) {
  const dab_kernel *best = dab_kernel_best();
  bench_radius(best, 2, 0, 3, "light");
  bench_radius(best, 8, 0, 5, "light");
  bench_radius(best, 32, 0, 7, "light");
  bench_radius(best, 100, 0, 9, "light");
  bench_radius(best, 32, 1, 15, "paint");
  bench_radius(best, 100, 1, 15, "paint");
  if (best != &dab_kernel_plain) bench_radius(&dab_kernel_sse41, 32, 0, 2.5, "sse41");
}

// ---- The recording -------------------------------------------------------------------

static hand_sample samples[HAND_SAMPLES_MAX];
static int sample_count;

static MyPaintBrush *brush_of(const char *text) {
  MyPaintBrush *b = mypaint_brush_new();
  mypaint_brush_from_defaults(b);
  if (!mypaint_brush_from_string(b, text)) exit(1);
  mypaint_brush_set_base_value(b, MYPAINT_BRUSH_SETTING_COLOR_H, 0.6f);
  mypaint_brush_set_base_value(b, MYPAINT_BRUSH_SETTING_COLOR_S, 0.8f);
  mypaint_brush_set_base_value(b, MYPAINT_BRUSH_SETTING_COLOR_V, 0.7f);
  return b;
}

static float on_paper(double v, double middle, double of_paper) {
  return (float)((v - middle) * 1.9 + of_paper / 2);
}

static double time_recording(MyPaintSurface2 *s, const char *text, bool paint) {
  MyPaintBrush *b = brush_of(text);
  const double from = cpu_seconds();
  oracle_set_down(
    b, s, on_paper(samples[0].x, 485, WIDTH), on_paper(samples[0].y, 330.5, HEIGHT));
  for (int i = 0; i < sample_count; i++) {
    const hand_sample *h = &samples[i];
    const float x = on_paper(h->x, 485, WIDTH), y = on_paper(h->y, 330.5, HEIGHT);
    const double since = i == 0 ? 0.01 : h->t - samples[i - 1].t;
    mypaint_surface_begin_atomic(&s->parent);
    if (paint)
      mypaint_brush_stroke_to_2(b, s, x, y, (float)h->pressure, 0, 0, since, 1, 0, 0);
    else
      mypaint_brush_stroke_to(b, &s->parent, x, y, (float)h->pressure, 0, 0, since);
    oracle_end_event(s);
  }
  const double seconds = cpu_seconds() - from;
  mypaint_brush_unref(b);
  return seconds;
}

static double median_recording(const char *text, bool ours, bool paint) {
  double seconds[RUNS];
  for (int i = 0; i < RUNS; i++) {
    pair p;
    pair_begin(&p, dab_kernel_best());
    seconds[i] = time_recording(side(&p, ours), text, paint);
    pair_end(&p);
  }
  return figures_median(seconds, RUNS);
}

static void bench_picture(const char *name, const char *text, bool paint) {
  pair p;
  pair_begin(&p, dab_kernel_best());
  if (paint) {
    p.draw = p.ours.base.draw_dab_pigment;
    p.ours.base.draw_dab_pigment = draw_on_both;
  } else {
    time_recording(side(&p, false), text, false);
  }
  mypaint_surface_begin_atomic(&oracle_surface(p.theirs)->parent);
  time_recording(side(&p, true), text, paint);
  oracle_end_event(oracle_surface(p.theirs));
  const oracle_difference d = oracle_compare(p.theirs, &p.easel, 1.0);
  char line[64];
  snprintf(line, sizeof line, "picture_%s_%s_most", paint ? "paint" : "light", name);
  figures_goal(line, d.most, "of-255", paint ? 3 : 1);
  snprintf(line, sizeof line, "picture_%s_%s_mean", paint ? "paint" : "light", name);
  figures_goal(line, d.mean, "of-255", paint ? 0.5 : 0.25);
  pair_end(&p);
}

static void bench_recording(int which, const char *text) {
  const char *name = brush_files[which][0];
  const double ours = median_recording(text, true, false);
  const double theirs = median_recording(text, false, false);
  const double paint = median_recording(text, true, true);
  char line[64];
  snprintf(line, sizeof line, "recording_light_%s", name);
  figures_goal(line, theirs / ours, "times-libmypaint", which == WATERCOLOUR ? 3 : 1);
  snprintf(line, sizeof line, "recording_paint_%s", name);
  figures_goal(line, paint / theirs, "of-libmypaint-light", which == AIRBRUSH ? 1.5 : 2);
  snprintf(line, sizeof line, "recording_paint_%s_pace", name);
  figures_goal(line, samples[sample_count - 1].t / paint, "times-real-time", 25);
  bench_picture(name, text, false);
  bench_picture(name, text, true);
}

// ---- Moments -------------------------------------------------------------------------

static const char *one_brush(void *data, const char *name) {
  (void)name;
  return data;
}

static gesto_event event_at(int i, bool down, bool contact) {
  const hand_sample *h = &samples[i];
  const uint16_t type =
    contact ? down ? GESTO_POINTER_MOVE : GESTO_POINTER_DOWN : GESTO_POINTER_UP;
  return hand_event(type, h->t, (double)on_paper(h->x, 485, WIDTH),
    (double)on_paper(h->y, 330.5, HEIGHT), h->pressure);
}

// Turns what changed into the frame's pixels, as the player does.
static void show(canvas *c, uint32_t *frame) {
  canvas_rect rects[16];
  const uint32_t n = canvas_take_damage(c, rects, 16);
  for (uint32_t i = 0; i < n; i++) {
    uint32_t *at = frame + (size_t)rects[i].y * WIDTH + rects[i].x;
    canvas_render(c, rects[i], at, WIDTH * sizeof *frame);
  }
}

// The time of each event, or of each 60th of a second, with its pixels; returns how many.
static uint32_t time_moments(canvas *c, bool frames, double *seconds) {
  static uint32_t frame[WIDTH * HEIGHT];
  uint32_t count = 0;
  bool down = false;
  double spent = 0, next = 0;
  show(c, frame);
  for (int i = 0; i < sample_count; i++) {
    const bool contact = samples[i].pressure > 0;
    if (!contact && !down) continue;
    const gesto_event e = event_at(i, down, contact);
    const double from = cpu_seconds();
    if (canvas_stroke(c, &e) != OK) exit(1);
    const bool ends = !frames || samples[i].t >= next;
    if (ends) show(c, frame);
    spent += cpu_seconds() - from;
    down = contact;
    if (!ends) continue;
    seconds[count++] = spent;
    spent = 0;
    next = samples[i].t + 1.0 / 60;
  }
  return count;
}

static double moment_of(
  char *text, float size, uint32_t folds, bool frames, uint32_t permille) {
  double found[RUNS];
  static double seconds[HAND_SAMPLES_MAX];
  for (int i = 0; i < RUNS; i++) {
    canvas *c = NULL;
    if (canvas_create(&c, WIDTH, HEIGHT, 1, one_brush, text) != OK) exit(1);
    if (canvas_set_size(c, size) != OK || canvas_set_mirror(c, folds) != OK) exit(1);
    if (canvas_set_colour(c, 0x2F6B70) != OK) exit(1);
    const uint32_t count = time_moments(c, frames, seconds);
    found[i] = figures_at(seconds, count, permille);
    canvas_destroy(c);
  }
  return figures_median(found, RUNS) * 1e3;
}

static float radius_of(const char *text) {
  MyPaintBrush *b = brush_of(text);
  const float log_radius =
    mypaint_brush_get_base_value(b, MYPAINT_BRUSH_SETTING_RADIUS_LOGARITHMIC);
  mypaint_brush_unref(b);
  return expf(log_radius);
}

// A stroke through 30 tiles, taken back.
static void bench_undo(char *text) {
  double seconds[RUNS];
  for (int i = 0; i < RUNS; i++) {
    canvas *c = NULL;
    if (canvas_create(&c, WIDTH, HEIGHT, 1, one_brush, text) != OK) exit(1);
    for (int k = 0; k <= 30; k++) {
      const uint16_t type = k == 0 ? GESTO_POINTER_DOWN
        : k < 30                   ? GESTO_POINTER_MOVE
                                   : GESTO_POINTER_UP;
      const gesto_event e = hand_event(type, k * 0.02, 30 + k * 62, 480, 0.5);
      if (canvas_stroke(c, &e) != OK) exit(1);
    }
    const double from = cpu_seconds();
    if (!canvas_undo(c)) exit(1);
    seconds[i] = cpu_seconds() - from;
    canvas_destroy(c);
  }
  figures_goal("undo_30_tiles", figures_median(seconds, RUNS) * 1e3, "ms", 1);
}

// What the strokes of the recording leave for undo, each beside a copy of the whole picture.
static void bench_undo_memory(char *text) {
  static double seconds[HAND_SAMPLES_MAX];
  canvas *c = NULL;
  if (canvas_create(&c, WIDTH, HEIGHT, 1, one_brush, text) != OK) exit(1);
  if (canvas_set_size(c, 30 / radius_of(text)) != OK) exit(1);
  time_moments(c, true, seconds);
  const history *past = &c->easel.past;
  const double bytes = (double)past->bytes / past->undo.count;
  figures_goal(
    "undo_memory_r30", bytes / (WIDTH * HEIGHT * 4.0), "of-whole-picture", 0.1);
  canvas_destroy(c);
}

// ---- All of it -----------------------------------------------------------------------

static char *brush_text(const char *name) {
  char path[160], *text = NULL;
  size_t size = 0;
  snprintf(path, sizeof path, "%s/%s.myb", ORACLE_BRUSHES, name);
  return io_load(AT_FDCWD, path, 1 << 20, &text, &size) == OK ? text : NULL;
}

int main(void) {
  bench_dabs();
  sample_count = hand_recording(samples);
  double worst = 0;
  for (int i = 0; i < BRUSHES; i++) {
    char *text = brush_text(brush_files[i][1]);
    if (text == NULL || sample_count == 0) {
      fprintf(stderr, "bench_dabs: %s is missing; install mypaint-brushes.\n",
        brush_files[i][1]);
      return 1;
    }
    bench_recording(i, text);
    worst = fmax(worst, moment_of(text, 1, 1, false, 1000));
    free(text);
  }
  figures_goal("event_paint_worst_of_five", worst, "ms", 4);
  char *text = brush_text("deevad/airbrush");
  if (text == NULL) return 1;
  const double mirrored = moment_of(text, 30 / radius_of(text), 8, true, 990);
  figures_goal("mirror_8_r30_frame_p99", mirrored, "ms", 8);
  bench_undo_memory(text);
  free(text);
  text = brush_text("classic/pen");
  if (text == NULL) return 1;
  bench_undo(text);
  free(text);
  return 0;
}
