// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/motifs.h"

#include "core/ui/draw.h"

#include <math.h>
#include <string.h>

static const double turn = 6.28318530717958647692;

// Small, and the same at each drawing.
static double jitter(uint32_t *seed) {
  *seed = *seed * 1664525u + 1013904223u;
  return (*seed >> 8) / 16777216.0 - 0.5;
}

// One stroke of many hairs, each beside the other, along curves through `p`: a start, then
// three points for each of `curves`.
typedef struct hairs {
  const double *p;
  int curves, count;
  double across, down, least, most; // from hair to hair; how wide they are
  uint32_t rgb;
} hairs;

static void brush(cairo_t *cr, const hairs *h) {
  uint32_t seed = 7;
  cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
  for (int i = 0; i < h->count; i++) {
    const double at = i - h->count / 2.0;
    const double x = at * h->across + jitter(&seed) * 5;
    const double y = at * h->down + jitter(&seed) * 5;
    const double *p = h->p;
    cairo_new_path(cr);
    cairo_move_to(cr, p[0] + x + jitter(&seed) * 6, p[1] + y);
    for (int k = 0; k < h->curves; k++, p += 6)
      cairo_curve_to(cr, p[2] + x, p[3] + y, p[4] + x, p[5] + y,
        p[6] + x + jitter(&seed) * 3, p[7] + y + jitter(&seed) * 3);
    cairo_set_line_width(cr, h->least + (h->most - h->least) * (jitter(&seed) + 0.5));
    draw_colour_alpha(cr, h->rgb, 0.45 + jitter(&seed) * 0.2);
    cairo_stroke(cr);
  }
}

static void draw_strokes(const widget *w, view *v, cairo_t *cr) {
  (void)w;
  static const double wave[] = {36, 102, 62, 52, 82, 24, 112, 56, 140, 88, 152, 146, 186,
    148, 204, 148, 216, 128, 228, 116};
  static const double sand[] = {46, 152, 84, 168, 140, 172, 222, 140};
  const hairs light = {.p = sand,
    .curves = 1,
    .count = 10,
    .across = -0.6,
    .down = 3.4,
    .least = 2.6,
    .most = 4.6,
    .rgb = v->theme->solid ? 0xFFD93B : 0xD9A43D};
  const hairs dark = {.p = wave,
    .curves = 3,
    .count = 18,
    .across = 2.2,
    .down = 1.7,
    .least = 3.2,
    .most = 6.4,
    .rgb = view_colour(v, TOKEN_CLAY)};
  brush(cr, &dark);
  brush(cr, &light);
}

static void ring(cairo_t *cr, double radius, double from, double part, uint32_t rgb) {
  cairo_new_path(cr);
  cairo_arc(cr, 135, 100, radius, 0, turn);
  cairo_set_line_width(cr, 9);
  draw_colour_alpha(cr, rgb, 0.18);
  cairo_stroke(cr);
  cairo_new_path(cr);
  cairo_arc(cr, 135, 100, radius, (from - 0.25) * turn, (from - 0.25 + part) * turn);
  cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
  draw_colour(cr, rgb);
  cairo_stroke(cr);
}

static void draw_rings(const widget *w, view *v, cairo_t *cr) {
  (void)w;
  ring(cr, 82, 0, 0.8, view_colour(v, TOKEN_INDIGO));
  ring(cr, 64, 0.14, 0.8, v->theme->solid ? 0x7FE7FF : 0x3B63C4);
  ring(cr, 46, 0.3, 0.78, v->theme->solid ? 0xA8F0A0 : 0x0B8F74);
  ring(cr, 28, 0.45, 0.55, v->theme->solid ? 0xFFB199 : 0x95508A);
  draw_disc(cr, 135, 100, 7, view_colour(v, TOKEN_INK));
}

static void draw_reach(const widget *w, view *v, cairo_t *cr) {
  (void)w;
  const uint32_t rgb = view_colour(v, TOKEN_OCHRE);
  cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
  for (int i = 0; i < 7; i++) {
    const double up = i / 6.0;
    cairo_new_path(cr);
    cairo_move_to(cr, 34 + 8 * up, 162);
    cairo_curve_to(
      cr, 70, 70 - 50 * up, 170 + 20 * up, 150 - 146 * up, 234, 158 - 100 * up);
    cairo_set_line_width(cr, 3 + 4 * up);
    draw_colour_alpha(cr, rgb, 0.12 + 0.88 * up * up);
    cairo_stroke(cr);
  }
  draw_disc(cr, 232, 58, 14, rgb);
}

static void draw_flower(const widget *w, view *v, cairo_t *cr) {
  (void)w;
  const uint32_t rgb = view_colour(v, TOKEN_SAGE);
  for (int i = 0; i < 8; i++) {
    cairo_save(cr);
    cairo_translate(cr, 135, 100);
    cairo_rotate(cr, i * turn / 8);
    cairo_translate(cr, 0, -42);
    cairo_scale(cr, 24, 42);
    cairo_new_path(cr);
    cairo_arc(cr, 0, 0, 1, 0, turn);
    cairo_restore(cr);
    draw_colour_alpha(cr, rgb, 0.17);
    cairo_fill_preserve(cr);
    draw_colour_alpha(cr, rgb, 0.55);
    cairo_set_line_width(cr, 1.5);
    cairo_stroke(cr);
  }
  draw_disc(cr, 135, 100, 14, rgb);
}

static void draw_stones(const widget *w, view *v, cairo_t *cr) {
  (void)w;
  const uint32_t rgb = view_colour(v, TOKEN_PLUM);
  const double stones[][3] = {
    {96, 130, 44}, {160, 116, 34}, {132, 66, 24}, {186, 62, 12}};
  for (int i = 0; i < 4; i++) {
    cairo_new_path(cr);
    cairo_arc(cr, stones[i][0], stones[i][1], stones[i][2], 0, turn);
    draw_colour_alpha(cr, rgb, 0.2 + 0.18 * i);
    cairo_fill(cr);
  }
}

static bool ends_in(const char *id, const char *word) {
  const size_t n = strlen(id);
  const size_t m = strlen(word);
  return n >= m && strcmp(id + n - m, word) == 0;
}

motif motif_of(const char *exercise_id, uint32_t place) {
  static const struct {
    const char *word;
    motif m;
  } known[] = {{"draw", {draw_strokes, TOKEN_CLAY_SOFT}},
    {"loop", {draw_rings, TOKEN_INDIGO_SOFT}}, {"move", {draw_reach, TOKEN_OCHRE_SOFT}},
    {"breathe", {draw_flower, TOKEN_SAGE_SOFT}}};
  for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
    if (ends_in(exercise_id, known[i].word)) return known[i].m;
  return (motif){draw_stones, place % 2 ? TOKEN_PRIMARY_SOFT : TOKEN_PLUM_SOFT};
}
