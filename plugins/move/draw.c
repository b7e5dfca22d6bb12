// SPDX-License-Identifier: GPL-3.0-or-later
// Move's picture: one instruction, the figure, the time left, and what comes next.
#include "move.h"

#include <math.h>
#include <pango/pangocairo.h>
#include <stdio.h>

typedef struct brush {
  const move *m;
  cairo_t *to;
  layout at;
  uint32_t look;
} brush;

layout layout_make(float width, float height, float text_scale) {
  width = fmaxf(width, 320); // smaller is not drawn smaller, only cut off
  height = fmaxf(height, 320);
  layout l = {
    .text = fmaxf(0.5f, fminf(text_scale, 2)) * fminf(1, fmaxf(width, height) / 1100)};
  if (width >= height * 1.1f) {
    l.r = fminf(width * 0.19f, height * 0.38f);
    l.x = width * 0.25f;
    l.y = height * 0.5f;
    l.words = (place){width * 0.5f, height * 0.08f, width * 0.46f, height * 0.84f};
  } else {
    l.r = fminf(width * 0.4f, height * 0.22f);
    l.x = width / 2;
    l.y = l.r + 20;
    l.words = (place){24, 2 * l.r + 50, width - 48, height - 2 * l.r - 60};
  }
  float button = fmaxf(64, 64 * l.text);
  l.begin = (place){
    l.words.x, l.words.y + l.words.h - button, fminf(280 * l.text, l.words.w), button};
  l.time = (place){l.words.x, l.words.y, l.words.w, 70 * l.text};
  return l;
}

static void ink(const brush *b, const char *token, double alpha) {
  uint32_t rgb = b->m->host->colour(b->m->host, token);
  cairo_set_source_rgba(b->to, (rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0,
    (rgb & 255) / 255.0, alpha);
}

typedef struct type_style {
  double size;
  PangoWeight weight;
  const char *family, *colour;
} type_style;

static const type_style cue = {46, PANGO_WEIGHT_SEMIBOLD, "Inter Display", "ink"};
static const type_style lead = {20, PANGO_WEIGHT_NORMAL, "Inter", "ink-2"};
static const type_style timer = {64, PANGO_WEIGHT_SEMIBOLD, "Inter Display", "ink"};
static const type_style label = {17, PANGO_WEIGHT_MEDIUM, "Inter", "ink"};
static const type_style small = {16, PANGO_WEIGHT_NORMAL, "Inter", "ink-2"};
static const type_style title = {34, PANGO_WEIGHT_SEMIBOLD, "Inter Display", "ink"};

// Writes and answers how high it became; with `by_hand` false it only measures.
static float words(const brush *b, const type_style *style, const place *at,
  const char *text, bool by_hand) {
  int height = 0;
  PangoLayout *lines = pango_cairo_create_layout(b->to);
  PangoFontDescription *font = pango_font_description_new();
  pango_font_description_set_family_static(font, style->family);
  pango_font_description_set_weight(font, style->weight);
  pango_font_description_set_absolute_size(font, style->size * b->at.text * PANGO_SCALE);
  pango_layout_set_font_description(lines, font);
  pango_layout_set_width(lines, (int)(at->w * PANGO_SCALE));
  pango_layout_set_wrap(lines, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text(lines, text, -1);
  pango_layout_get_pixel_size(lines, NULL, &height);
  if (by_hand) {
    ink(b, style->colour, 1);
    cairo_move_to(b->to, at->x, at->y);
    pango_cairo_show_layout(b->to, lines);
  }
  pango_font_description_free(font);
  g_object_unref(lines);
  return (float)height;
}

static float write_down(
  const brush *b, const type_style *style, float y, const char *text) {
  place at = {b->at.words.x, y, b->at.words.w, 0};
  return y + words(b, style, &at, text, true);
}

static void card(const brush *b, const place *p, const char *fill, const char *edge) {
  double r = fmin(24, p->h / 2);
  cairo_new_path(b->to);
  cairo_arc(b->to, p->x + p->w - r, p->y + r, r, -M_PI / 2, 0);
  cairo_arc(b->to, p->x + p->w - r, p->y + p->h - r, r, 0, M_PI / 2);
  cairo_arc(b->to, p->x + r, p->y + p->h - r, r, M_PI / 2, M_PI);
  cairo_arc(b->to, p->x + r, p->y + r, r, M_PI, 3 * M_PI / 2);
  cairo_close_path(b->to);
  ink(b, fill, 1);
  cairo_fill_preserve(b->to);
  ink(b, edge, 1);
  cairo_set_line_width(b->to, b->look & GESTO_CONTRAST ? 3 : 1.5);
  cairo_stroke(b->to);
}

// The ring is the time left; in the last three seconds it softens.
static void draw_ring(const brush *b) {
  const move *m = b->m;
  bool steps = m->now.phase == PHASE_STEPS;
  double left = steps ? 1 - m->now.progress : m->now.phase == PHASE_BEFORE ? 1 : 0;
  double soft = steps ? fmin(1, 0.45 + 0.55 * move_seconds_left(m) / 3) : 1;
  bool contrast = b->look & GESTO_CONTRAST;
  cairo_set_line_width(b->to, 14);
  cairo_set_line_cap(b->to, CAIRO_LINE_CAP_ROUND);
  cairo_arc(b->to, b->at.x, b->at.y, b->at.r - 7, 0, 2 * M_PI);
  ink(b, contrast ? "surface" : "ochre-soft", 0.75);
  cairo_fill_preserve(b->to);
  ink(b, "ochre", 0.25);
  cairo_stroke(b->to);
  if (left <= 0) return;
  ink(b, "ochre", soft);
  cairo_arc(b->to, b->at.x, b->at.y, b->at.r - 7, -M_PI / 2, -M_PI / 2 + 2 * M_PI * left);
  cairo_stroke(b->to);
}

static void draw_figure(const brush *b) {
  draw_ring(b);
  cairo_save(b->to);
  cairo_arc(b->to, b->at.x, b->at.y, b->at.r - 14, 0, 2 * M_PI);
  cairo_clip(b->to);
  cairo_translate(b->to, b->at.x, b->at.y);
  cairo_scale(b->to, b->at.r, b->at.r);
  bool still = b->look & GESTO_STILL || b->m->now.phase != PHASE_STEPS;
  figure_draw(b->m, b->to, b->m->now.progress, still);
  cairo_restore(b->to);
}

static void clock_words(char *to, size_t room, double seconds) {
  int whole = (int)ceil(seconds - 1e-6);
  snprintf(to, room, "%d:%02d", whole / 60, whole % 60);
}

static void draw_time(const brush *b, float y) {
  char left[16], all[40];
  clock_words(left, sizeof left, move_seconds_left(b->m));
  clock_words(all, sizeof all - 16, move_seconds_in_all(b->m));
  place at = {b->at.words.x, y, 190 * b->at.text, 0};
  words(b, &timer, &at, left, true);
  place beside = {at.x + at.w, y + 16 * b->at.text, b->at.words.w - at.w, 0};
  beside.y += words(b, &label, &beside, move_word(b->m, N_("left in this step")), true);
  char line[96];
  snprintf(line, sizeof line, move_word(b->m, N_("%s left in all")), all);
  words(b, &small, &beside, line, true);
}

static void draw_next(const brush *b, float y) {
  const step *next = move_next(b->m);
  const char *text = move_word(b->m, next ? move_say(b->m, next) : b->m->routine.after);
  const char *head = move_word(b->m, N_("Next"));
  float pad = 18 * b->at.text;
  place inside = {
    b->at.words.x + 64 * b->at.text, y + pad, b->at.words.w - 84 * b->at.text, 0};
  float line = words(b, &small, &inside, head, false);
  place at = {b->at.words.x, y, b->at.words.w,
    line + words(b, &label, &inside, text, false) + 2 * pad};
  card(b, &at, "surface", "line");
  words(b, &small, &inside, head, true);
  inside.y += line;
  words(b, &label, &inside, text, true);
  float x = at.x + 30 * b->at.text, middle = at.y + at.h / 2;
  ink(b, "ochre", 1);
  cairo_set_line_width(b->to, 2.2);
  cairo_move_to(b->to, x - 4, middle - 7);
  cairo_line_to(b->to, x + 4, middle);
  cairo_line_to(b->to, x - 4, middle + 7);
  cairo_stroke(b->to);
}

static void draw_step(const brush *b) {
  const move *m = b->m;
  char where[96];
  snprintf(where, sizeof where, move_word(m, N_("Step %u of %u")), m->now.step + 1,
    m->routine.count);
  float y = write_down(b, &small, b->at.words.y, where) + 12 * b->at.text;
  y = write_down(b, &cue, y, move_word(m, move_say(m, move_step(m)))) + 14 * b->at.text;
  if (move_step(m)->more[0])
    y = write_down(b, &lead, y, move_word(m, move_step(m)->more));
  y += 26 * b->at.text;
  draw_time(b, y);
  draw_next(b, y + 100 * b->at.text);
}

static void draw_page(
  const brush *b, const char *head, const char *text, const char *button) {
  float y =
    write_down(b, &title, b->at.words.y + 40 * b->at.text, move_word(b->m, head)) +
    18 * b->at.text;
  button = move_word(b->m, button);
  write_down(b, &lead, y, move_word(b->m, text));
  card(b, &b->at.begin, "primary", "primary");
  place inside = b->at.begin;
  inside.x += 28;
  inside.y += (inside.h - words(b, &label, &inside, button, false)) / 2;
  const type_style bright = {19, PANGO_WEIGHT_SEMIBOLD, "Inter", "surface"};
  words(b, &bright, &inside, button, true);
}

void draw_move(const void *self, cairo_t *to, const gesto_frame *frame) {
  const move *m = self;
  brush b = {.m = m,
    .to = to,
    .look = frame->look,
    .at = layout_make(frame->width, frame->height, frame->text_scale)};
  ink(&b, "paper", 1);
  cairo_paint(to);
  draw_figure(&b);
  if (m->now.phase == PHASE_BEFORE)
    draw_page(&b, m->routine.title, m->routine.before, N_("Begin"));
  else if (m->now.phase == PHASE_AFTER)
    draw_page(&b, m->routine.after, N_("You have come to the end of the steps."),
      N_("Once more"));
  else
    draw_step(&b);
}
