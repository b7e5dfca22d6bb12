// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base studio
// The recording of a hand through five of MyPaint's brushes, beside libmypaint's own surface:
// what it takes, how much faster than the hand it goes through the canvas, and how much the
// pictures differ. With a pen's pressure and without.
#include "tests/bench/painting.h"

static recorded_hand hands[HANDS];

// ---- What it takes -------------------------------------------------------------------

// `paint`: as paint, which libmypaint's other call paints as light.
static double play(
  MyPaintSurface2 *s, const char *text, const recorded_hand *h, bool paint) {
  MyPaintBrush *b = brush_of(text);
  const double from = figures_cpu_seconds();
  oracle_set_down(b, s, hand_x(h->samples), hand_y(h->samples));
  for (int i = 0; i < h->count; i++) {
    const hand_sample *at = &h->samples[i];
    const double since = i == 0 ? 0.01 : at->t - h->samples[i - 1].t;
    const float x = hand_x(at), y = hand_y(at), pressure = (float)at->pressure;
    mypaint_surface_begin_atomic(&s->parent);
    if (paint)
      mypaint_brush_stroke_to_2(b, s, x, y, pressure, 0, 0, since, 1, 0, 0);
    else
      mypaint_brush_stroke_to(b, &s->parent, x, y, pressure, 0, 0, since);
    oracle_end_event(s);
  }
  const double seconds = figures_cpu_seconds() - from;
  mypaint_brush_unref(b);
  return seconds;
}

static double play_on_white(
  const char *text, const recorded_hand *h, bool ours, bool paint) {
  pair p;
  pair_begin(&p, dab_kernel_best());
  const double seconds = play(pair_side(&p, ours), text, h, paint);
  pair_end(&p);
  return seconds;
}

typedef struct goals {
  double light, paint; // times libmypaint's speed; times its time for light
} goals;

static goals goals_of(int brush) {
  return (goals){brush == WATERCOLOUR ? 3 : 1, brush == AIRBRUSH ? 1.5 : 2};
}

static void bench_replay(int brush, const char *text, const recorded_hand *h) {
  double light[RUNS], theirs[RUNS], paint[RUNS];
  const goals g = goals_of(brush);
  char name[64];
  for (int i = 0; i < RUNS; i++) {
    light[i] = play_on_white(text, h, true, false);
    theirs[i] = play_on_white(text, h, false, false);
    paint[i] = play_on_white(text, h, true, true);
  }
  figure_row row = {.name = name,
    .unit = "ms",
    .ours = figure_of(light, RUNS, 1e3),
    .theirs = figure_of(theirs, RUNS, 1e3),
    .peer = "libmypaint",
    .kind = FIGURE_TIMES,
    .goal = g.light};
  snprintf(name, sizeof name, "%s-%s-light", brush_files[brush][0], h->name);
  figures_row(&row);
  snprintf(name, sizeof name, "%s-%s-paint", brush_files[brush][0], h->name);
  row.ours = figure_of(paint, RUNS, 1e3);
  row.peer = "libmypaint, light";
  row.kind = FIGURE_SHARE;
  row.goal = g.paint;
  figures_row(&row);
}

// ---- Through the canvas --------------------------------------------------------------

static const char *one_brush(void *data, const char *name) {
  (void)name;
  return data;
}

static double canvas_seconds(char *text, const recorded_hand *h) {
  canvas *c = NULL;
  bool down = false;
  if (canvas_create(&c, WIDTH, HEIGHT, 1, one_brush, text) != OK) exit(1);
  if (canvas_set_colour(c, 0x2F6B70) != OK) exit(1);
  const double from = figures_cpu_seconds();
  for (int i = 0; i < h->count; i++) {
    const hand_sample *at = &h->samples[i];
    const bool contact = at->pressure > 0;
    if (!contact && !down) continue;
    const uint16_t type = !contact ? GESTO_POINTER_UP
      : down                       ? GESTO_POINTER_MOVE
                                   : GESTO_POINTER_DOWN;
    const gesto_event e =
      hand_event(type, at->t, (double)hand_x(at), (double)hand_y(at), at->pressure);
    if (canvas_stroke(c, &e) != OK) exit(1);
    down = contact;
  }
  const double seconds = figures_cpu_seconds() - from;
  canvas_destroy(c);
  return seconds;
}

// Returns how many times as fast as the hand.
static double bench_pace(int brush, char *text, const recorded_hand *h) {
  double pace[RUNS];
  char name[64];
  for (int i = 0; i < RUNS; i++) pace[i] = h->seconds / canvas_seconds(text, h);
  snprintf(name, sizeof name, "%s-%s-pace", brush_files[brush][0], h->name);
  const figure f = figure_of(pace, RUNS, 1);
  figures_at_least(name, f, "times-the-hand", 25);
  return f.median;
}

static void report_pace(const recorded_hand *h, double pace[BRUSHES]) {
  char name[64];
  qsort(pace, BRUSHES, sizeof *pace, figures_order);
  snprintf(name, sizeof name, "four-of-five-%s-pace", h->name);
  figures_at_least(name, figure_alone(pace[1]), "times-the-hand", 200);
}

// ---- Pictures ------------------------------------------------------------------------

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

static oracle_difference difference_of(
  const char *text, const recorded_hand *h, bool paint) {
  pair p;
  pair_begin(&p, dab_kernel_best());
  if (paint) {
    p.draw = p.ours.base.draw_dab_pigment;
    p.ours.base.draw_dab_pigment = draw_on_both;
  } else {
    play(pair_side(&p, false), text, h, false);
  }
  mypaint_surface_begin_atomic(&oracle_surface(p.theirs)->parent);
  play(pair_side(&p, true), text, h, paint);
  oracle_end_event(oracle_surface(p.theirs));
  const oracle_difference d = oracle_compare(p.theirs, &p.easel, 1.0);
  pair_end(&p);
  return d;
}

static void bench_picture(
  int brush, const char *text, const recorded_hand *h, bool paint) {
  const oracle_difference d = difference_of(text, h, paint);
  const char *kind = paint ? "paint" : "light";
  char name[64];
  snprintf(name, sizeof name, "%s-%s-%s-most-off", brush_files[brush][0], h->name, kind);
  figures_at_most(name, figure_alone(d.most), "of-255", paint ? 3 : 1);
  snprintf(name, sizeof name, "%s-%s-%s-mean-off", brush_files[brush][0], h->name, kind);
  figures_at_most(name, figure_alone(d.mean), "of-255", paint ? 0.5 : 0.25);
}

int main(void) {
  for (int k = 0; k < HANDS; k++) {
    const recorded_hand *h = &hands[k];
    double pace[BRUSHES];
    hand_open(&hands[k], k);
    for (int i = 0; i < BRUSHES; i++) {
      char *text = brush_text(i);
      bench_replay(i, text, h);
      pace[i] = bench_pace(i, text, h);
      bench_picture(i, text, h, false);
      bench_picture(i, text, h, true);
      free(text);
    }
    report_pace(h, pace);
  }
  return 0;
}
