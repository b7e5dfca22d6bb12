// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base studio
// What single moments of painting cost: the slowest event with its pixels, a frame of twelve
// mirror images, undo, and what undo holds in memory beside a copy of the whole picture.
#include "tests/bench/painting.h"

static recorded_hand hand;

static const char *one_brush(void *data, const char *name) {
  (void)name;
  return data;
}

static canvas *canvas_of(char *text, float size, uint32_t folds) {
  canvas *c = NULL;
  if (canvas_create(&c, WIDTH, HEIGHT, 1, one_brush, text) != OK) exit(1);
  if (canvas_set_size(c, size) != OK || canvas_set_mirror(c, folds) != OK) exit(1);
  if (canvas_set_colour(c, 0x2F6B70) != OK) exit(1);
  return c;
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
  for (int i = 0; i < hand.count; i++) {
    const hand_sample *at = &hand.samples[i];
    const bool contact = at->pressure > 0;
    if (!contact && !down) continue;
    const uint16_t type = !contact ? GESTO_POINTER_UP
      : down                       ? GESTO_POINTER_MOVE
                                   : GESTO_POINTER_DOWN;
    const gesto_event e =
      hand_event(type, at->t, (double)hand_x(at), (double)hand_y(at), at->pressure);
    const double from = figures_cpu_seconds();
    if (canvas_stroke(c, &e) != OK) exit(1);
    const bool ends = !frames || at->t >= next;
    if (ends) show(c, frame);
    spent += figures_cpu_seconds() - from;
    down = contact;
    if (!ends) continue;
    seconds[count++] = spent;
    spent = 0;
    next = at->t + 1.0 / 60;
  }
  return count;
}

static void find_moments(
  char *text, float size, uint32_t folds, bool frames, uint32_t permille, double *found) {
  static double seconds[HAND_SAMPLES_MAX];
  for (int i = 0; i < RUNS; i++) {
    canvas *c = canvas_of(text, size, folds);
    const uint32_t count = time_moments(c, frames, seconds);
    found[i] = figures_at(seconds, count, permille);
    canvas_destroy(c);
  }
}

static void bench_worst_event(void) {
  double worst[RUNS] = {0}, found[RUNS];
  for (int k = 0; k < BRUSHES; k++) {
    char *text = brush_text(k);
    find_moments(text, 1, 1, false, 1000, found);
    for (int i = 0; i < RUNS; i++) worst[i] = fmax(worst[i], found[i]);
    free(text);
  }
  figures_at_most("worst-event-of-five-brushes", figure_of(worst, RUNS, 1e3), "ms", 4);
}

static float radius_of(const char *text) {
  MyPaintBrush *b = brush_of(text);
  const float log_radius =
    mypaint_brush_get_base_value(b, MYPAINT_BRUSH_SETTING_RADIUS_LOGARITHMIC);
  mypaint_brush_unref(b);
  return expf(log_radius);
}

static void bench_mirror(char *text) {
  double found[RUNS];
  find_moments(text, 30 / radius_of(text), 12, true, 990, found);
  figures_at_most("mirror-12-r30-frame-p99", figure_of(found, RUNS, 1e3), "ms", 8);
}

// A stroke through 30 tiles, taken back.
static double undo_seconds(char *text) {
  canvas *c = canvas_of(text, 1, 1);
  for (int k = 0; k <= 30; k++) {
    const uint16_t type = k == 0 ? GESTO_POINTER_DOWN
      : k < 30                   ? GESTO_POINTER_MOVE
                                 : GESTO_POINTER_UP;
    const gesto_event e = hand_event(type, k * 0.02, 30 + k * 62, 480, 0.5);
    if (canvas_stroke(c, &e) != OK) exit(1);
  }
  const double from = figures_cpu_seconds();
  if (!canvas_undo(c)) exit(1);
  const double seconds = figures_cpu_seconds() - from;
  canvas_destroy(c);
  return seconds;
}

static void bench_undo(char *text) {
  double seconds[RUNS];
  for (int i = 0; i < RUNS; i++) seconds[i] = undo_seconds(text);
  figures_at_most("undo-30-tiles", figure_of(seconds, RUNS, 1e3), "ms", 1);
}

// What a stroke of the recording leaves for undo.
static void bench_undo_memory(char *text) {
  static double seconds[HAND_SAMPLES_MAX];
  canvas *c = canvas_of(text, 30 / radius_of(text), 1);
  time_moments(c, true, seconds);
  const history *past = &c->easel.past;
  figures_row(&(figure_row){.name = "undo-memory-r30",
    .unit = "MB",
    .ours = figure_alone((double)past->bytes / past->undo.count / 1e6),
    .theirs = figure_alone(WIDTH * HEIGHT * 4 / 1e6),
    .peer = "whole picture",
    .kind = FIGURE_SHARE,
    .goal = 0.1});
  canvas_destroy(c);
}

int main(void) {
  hand_open(&hand, 0);
  bench_worst_event();
  char *airbrush = brush_text(AIRBRUSH), *ink = brush_text(INK);
  bench_mirror(airbrush);
  bench_undo(ink);
  bench_undo_memory(airbrush);
  free(airbrush);
  free(ink);
  return 0;
}
