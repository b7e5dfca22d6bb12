// SPDX-License-Identifier: GPL-3.0-or-later
#include "ending.h"

#include "declared.h"

#include <cairo.h>
#include <math.h>

enum { TICKS = 240 }; // four seconds
enum { EARTH = 0x8A6B4A, DEEP_EARTH = 0x745A3F };

void ending_begin(ending *e, uint32_t how, bool still) {
  *e = (ending){.how = how, .ticks = still ? TICKS : 0};
}

bool ending_holds(const ending *e) { return e->how <= GESTO_BURIED && e->ticks <= TICKS; }

bool ending_moves(const ending *e) { return e->how != 0 && e->ticks < TICKS; }

void ending_tick(ending *e) {
  if (ending_moves(e)) e->ticks++;
}

// From 0 to 1 while `at` goes from `from` to `to`, soft at both ends.
static double eased(double at, double from, double to) {
  const double t = fmin(fmax((at - from) / (to - from), 0), 1);
  return t * t * (3 - 2 * t);
}

static double progress(const ending *e) { return (double)e->ticks / TICKS; }

static void set_colour(cairo_t *to, uint32_t rgb) {
  cairo_set_source_rgb(
    to, (rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0);
}

static void cover_by(
  cairo_t *to, const ending_scene *s, const char *token, double alpha) {
  set_colour(to, s->host->colour(s->host, token));
  cairo_paint_with_alpha(to, alpha);
}

static void cover(cairo_t *to, const ending_scene *s, const char *token) {
  cover_by(to, s, token, 1);
}

// ---- Washed away: water runs down over the paper and leaves it clean ---------------------

enum { RUNS = 72 };              // side by side
static const double soft = 0.14; // of the height: from clean to untouched

// How far the water has come in one of the runs, in heights.
static double front(double at, uint32_t run) {
  const double x = (double)run;
  const double uneven =
    sin(x * 0.61) * 0.5 + sin(x * 1.7 + 2) * 0.3 + sin(x * 0.13) * 0.7;
  return at * (1 + 3 * soft) - soft + uneven * 0.035;
}

static cairo_pattern_t *water(uint32_t rgb, double height) {
  cairo_pattern_t *p = cairo_pattern_create_linear(0, -height, 0, 0);
  const double r = (rgb >> 16 & 255) / 255.0;
  const double g = (rgb >> 8 & 255) / 255.0;
  const double b = (rgb & 255) / 255.0;
  cairo_pattern_add_color_stop_rgba(p, 0, r, g, b, 1);
  cairo_pattern_add_color_stop_rgba(p, 0.6, r * 0.96, g * 0.985, b, 0.75);
  cairo_pattern_add_color_stop_rgba(p, 1, r * 0.9, g * 0.96, b, 0);
  return p;
}

static void wash(cairo_t *to, const ending_scene *s, double at) {
  const double w = s->frame->width;
  const double h = s->frame->height;
  const double wide = w / RUNS;
  s->canvas->paint(s->host, to);
  cairo_pattern_t *p = water(s->host->colour(s->host, "surface"), soft * h);
  for (uint32_t i = 0; i < RUNS; i++) {
    const double down = front(at, i) * h;
    cairo_save(to);
    cairo_translate(to, i * wide, down);
    cairo_rectangle(to, -0.5, -down, wide + 1, fmax(down, 0));
    cairo_set_source(to, p);
    cairo_fill(to);
    cairo_restore(to);
  }
  cairo_pattern_destroy(p);
}

// ---- Torn: the pieces come apart and are gone --------------------------------------------

enum { ACROSS = 3, DOWN = 2, TEETH = 9 };

// A torn edge wanders by this much, in units; the same on both sides of it.
static double tooth(uint32_t edge, uint32_t i) {
  return 14 * sin(edge * 12.9898 + i * 4.1414) + 6 * sin(edge * 3.7 + i * 9.3);
}

// A side of a piece, from one corner of the grid to the next. The paper's own edges are straight.
static void add_edge(
  cairo_t *to, const double from[2], const double way[2], uint32_t edge, bool back) {
  const double size = hypot(way[0], way[1]);
  for (uint32_t k = 0; k <= TEETH; k++) {
    const uint32_t i = back ? TEETH - k : k;
    const bool corner = i == 0 || i == TEETH || edge == 0;
    const double off = corner ? 0 : tooth(edge, i);
    const double part = (double)i / TEETH;
    cairo_line_to(to, from[0] + way[0] * part - way[1] / size * off,
      from[1] + way[1] * part + way[0] / size * off);
  }
}

static void add_piece(cairo_t *to, uint32_t x, uint32_t y, double w, double h) {
  const double right[] = {w, 0};
  const double down[] = {0, h};
  const double corners[4][2] = {
    {x * w, y * h}, {(x + 1) * w, y * h}, {x * w, (y + 1) * h}, {x * w, y * h}};
  const uint32_t top = y > 0 ? 100 + y * 10 + x : 0;
  const uint32_t bottom = y + 1 < DOWN ? 100 + (y + 1) * 10 + x : 0;
  const uint32_t left = x > 0 ? 200 + y * 10 + x : 0;
  const uint32_t last = x + 1 < ACROSS ? 200 + y * 10 + x + 1 : 0;
  cairo_new_path(to);
  add_edge(to, corners[0], right, top, false);
  add_edge(to, corners[1], down, last, false);
  add_edge(to, corners[2], right, bottom, true);
  add_edge(to, corners[3], down, left, true);
  cairo_close_path(to);
}

static void tear(cairo_t *to, const ending_scene *s, double at) {
  const double w = s->frame->width / ACROSS;
  const double h = s->frame->height / DOWN;
  const double apart = eased(at, 0, 0.6) * 26;
  cover(to, s, "sunken");
  for (uint32_t i = 0; i < ACROSS * DOWN && at < 1; i++) {
    const uint32_t x = i % ACROSS;
    const uint32_t y = i / ACROSS;
    const double late = 0.35 + 0.05 * ((i * 5 + 3) % (ACROSS * DOWN));
    cairo_save(to);
    cairo_translate(
      to, round((x - (ACROSS - 1) / 2.0) * apart), round((y - (DOWN - 1) / 2.0) * apart));
    add_piece(to, x, y, w, h);
    cairo_clip(to);
    s->canvas->paint(s->host, to);
    cover_by(to, s, "sunken", eased(at, late, late + 0.4));
    cairo_restore(to);
  }
}

// ---- Buried: the paper goes into the ground ----------------------------------------------

static void add_ground(cairo_t *to, double w, double h, double top, double mound) {
  cairo_new_path(to);
  cairo_move_to(to, 0, h);
  cairo_line_to(to, 0, top);
  cairo_curve_to(to, w * 0.15, top - h * 0.015, w * 0.28, top, w * 0.34, top);
  cairo_curve_to(to, w * 0.42, top, w * 0.42, top - mound, w * 0.5, top - mound);
  cairo_curve_to(to, w * 0.58, top - mound, w * 0.58, top, w * 0.66, top);
  cairo_curve_to(to, w * 0.75, top, w * 0.88, top + h * 0.012, w, top);
  cairo_line_to(to, w, h);
  cairo_close_path(to);
}

static void bury(cairo_t *to, const ending_scene *s, double at) {
  const double w = s->frame->width;
  const double h = s->frame->height;
  const double size = 1 - 0.7 * eased(at, 0, 0.4);
  const double top = h * (1 - 0.38 * eased(at, 0.1, 0.45));
  const double sunk = eased(at, 0.45, 0.8);
  cover(to, s, "surface");
  if (sunk < 1) {
    cairo_save(to);
    const double down = h * (0.5 - 0.17 * eased(at, 0, 0.4)) + sunk * h * 0.5;
    cairo_translate(to, w / 2 - size * w / 2, down - size * h / 2);
    cairo_scale(to, size, size);
    cairo_rectangle(to, 0, 0, w, h);
    cairo_clip(to);
    s->canvas->paint(s->host, to);
    cairo_restore(to);
  }
  add_ground(to, w, h, top, h * 0.09 * eased(at, 0.7, 1));
  set_colour(to, EARTH);
  cairo_fill(to);
  add_ground(to, w, h, top + h * 0.12, 0);
  set_colour(to, DEEP_EARTH);
  cairo_fill(to);
}

// ---- All of them -------------------------------------------------------------------------

void ending_draw(const ending *e, cairo_t *to, const ending_scene *scene) {
  switch (e->how) {
  case GESTO_WASHED_AWAY: wash(to, scene, progress(e)); break;
  case GESTO_TORN: tear(to, scene, progress(e)); break;
  case GESTO_BURIED: bury(to, scene, progress(e)); break;
  default: scene->canvas->paint(scene->host, to); break;
  }
}

const char *ending_words(uint32_t how) {
  switch (how) {
  case GESTO_WASHED_AWAY:
    return N_("Washed away. When you finish today, it is gone. Undo brings it back.");
  case GESTO_TORN:
    return N_("Torn up. When you finish today, it is gone. Undo makes it whole.");
  default: return N_("Buried. It stays private, in the ground. Undo digs it up.");
  }
}

const char *ending_describe(uint32_t how) {
  switch (how) {
  case GESTO_WASHED_AWAY: return "A drawing that was washed away.";
  case GESTO_TORN: return "A drawing that was torn up.";
  default: return "A drawing that was buried.";
  }
}
