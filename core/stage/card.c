// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/card.h"

#include "core/ui/choose.h"
#include "core/ui/draw.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOTIF_MOST = 210, MOTIF_LEAST = 104, CARD = 468, SIDE = 24, MARK = 40 };

typedef struct card_own {
  char *why;
  token tint;
  picture_draw *motif;
} card_own;

typedef struct card_parts { // heights
  double name, invitation, why;
} card_parts;

static double height_of(view *v, text_style style, const char *words, double width) {
  if (!words[0]) return 0;
  return text_measure(v->text, (text_look){.style = style, .width = width}, words).h;
}

static card_parts parts_of(const widget *w, view *v, double width) {
  const card_own *own = w->own;
  const double inner = fmax(1, width - 2 * SIDE);
  return (card_parts){height_of(v, TEXT_CARD_TITLE, w->label, inner),
    height_of(v, TEXT_BODY, w->detail ? w->detail : "", inner),
    height_of(v, TEXT_SMALL, own->why, inner)};
}

static const widget_sort card_sort;

// The feet of all cards begin at the same height.
static double foot_height(const widget *w, view *v, double width) {
  double most = 44;
  for (const widget *c = w->parent ? w->parent->first : w; c; c = c->next)
    if (c->sort == &card_sort) most = fmax(most, parts_of(c, v, width).why);
  return most;
}

static double words_height(const widget *w, view *v, double width) {
  const card_parts p = parts_of(w, v, width);
  return 22 + p.name + 8 + p.invitation + 24 + 14 + foot_height(w, v, width) + 24;
}

// Where there are many words the pictures give way, on all cards alike; where there is much
// room they have more of it.
static double motif_height(const widget *w, view *v, double width, double height) {
  double most = 0;
  for (const widget *c = w->parent ? w->parent->first : w; c; c = c->next)
    if (c->sort == &card_sort) most = fmax(most, words_height(c, v, width));
  return number_between(height - most, MOTIF_LEAST, MOTIF_MOST * height / CARD);
}

static extent measure_card(widget *w, view *v, double width) {
  if (width <= 0) width = 276;
  const double h = motif_height(w, v, width, CARD) + words_height(w, v, width);
  return (extent){width, fmax(h, CARD)};
}

static widget_colours card_colours(const widget *w, const view *v) {
  const bool chosen = widget_is(w, STATE_SELECTED);
  const bool filled = chosen && v->theme->solid;
  uint32_t ground = view_colour(v, filled ? TOKEN_PRIMARY : TOKEN_SURFACE);
  if (widget_is(w, STATE_PRESSED))
    ground = draw_mix(ground, view_colour(v, TOKEN_INK), 0.08);
  return (widget_colours){view_colour(v, filled ? TOKEN_ON_PRIMARY : TOKEN_INK), ground,
    view_colour(v, chosen ? TOKEN_PRIMARY : TOKEN_LINE)};
}

static void draw_motif(widget *w, view *v, cairo_t *cr, double height) {
  const card_own *own = w->own;
  cairo_save(cr);
  draw_round_path(cr, w->rect, w->radius);
  cairo_clip(cr);
  cairo_rectangle(cr, w->rect.x, w->rect.y, w->rect.w, height);
  cairo_clip(cr);
  draw_colour(cr, view_colour(v, own->tint));
  cairo_paint(cr);
  const double scale = (height - 10) / 200; // motifs are drawn on a ground of 270 x 200
  cairo_translate(cr, w->rect.x + (w->rect.w - 270 * scale) / 2, w->rect.y + 5);
  cairo_scale(cr, scale, scale);
  if (own->motif) own->motif(w, v, cr);
  cairo_restore(cr);
}

static void draw_words(widget *w, view *v, cairo_t *cr, double below, uint32_t ink) {
  const card_own *own = w->own;
  const card_parts p = parts_of(w, v, w->rect.w);
  const double x = w->rect.x + SIDE;
  const double inner = w->rect.w - 2 * SIDE;
  double y = w->rect.y + below + 22;
  text_draw(v->text, cr, (text_look){.style = TEXT_CARD_TITLE, .width = inner}, w->label,
    x, y, ink);
  y += p.name + 8;
  if (w->detail)
    text_draw(
      v->text, cr, (text_look){.style = TEXT_BODY, .width = inner}, w->detail, x, y, ink);
  if (!own->why[0]) return;
  const double foot = w->rect.y + w->rect.h - 24 - foot_height(w, v, w->rect.w);
  draw_line(cr, x, foot - 14, x + inner, foot - 14, 1.5,
    widget_is(w, STATE_SELECTED) && v->theme->solid ? ink : view_colour(v, TOKEN_LINE));
  text_draw(v->text, cr, (text_look){.style = TEXT_SMALL, .width = inner}, own->why, x,
    foot,
    widget_is(w, STATE_SELECTED) && v->theme->solid ? ink : view_colour(v, TOKEN_INK_2));
}

// A check mark in the corner of the picture: it is one of those that were picked.
static void draw_mark(const widget *w, view *v, cairo_t *cr) {
  const double x = w->rect.x + w->rect.w - MARK - 12;
  const double y = w->rect.y + 12;
  draw_disc(
    cr, x + MARK / 2.0, y + MARK / 2.0, MARK / 2.0, view_colour(v, TOKEN_PRIMARY));
  icon_draw(icon_find("check"), cr, x + 8, y + 8, MARK - 16, 2.4,
    view_colour(v, TOKEN_ON_PRIMARY));
}

static void draw_card(widget *w, view *v, cairo_t *cr) {
  const widget_colours c = card_colours(w, v);
  if (v->theme->shadows) shadow_draw(&v->shadow, cr, w->rect, v->scale);
  draw_round_fill(cr, w->rect, w->radius, c.ground);
  const double motif = motif_height(w, v, w->rect.w, fmax(CARD, w->rect.h));
  draw_motif(w, v, cr, motif);
  draw_words(w, v, cr, motif, c.words);
  const bool chosen = widget_is(w, STATE_SELECTED);
  if (chosen) draw_mark(w, v, cr);
  draw_round_border(cr, w->rect, w->radius,
    chosen ? v->theme->selected_border : v->theme->border, c.edge);
}

static void finish_card(widget *w) {
  card_own *own = w->own;
  if (own) free(own->why);
  free(own);
}

static const widget_sort card_sort = {.role = ROLE_CARD,
  .focusable = true,
  .measure = measure_card,
  .draw = draw_card,
  .point = choose_point,
  .press = choose_press,
  .colours = card_colours,
  .finish = finish_card};

widget *card_create(widget *parent, const char *id, const char *label,
  const char *invitation, const char *why, token tint, picture_draw *motif) {
  widget *w = widget_create(&card_sort, parent, id, label);
  card_own *own = calloc(1, sizeof *own);
  if (!own) abort();
  *own = (card_own){.why = strdup(why), .tint = tint, .motif = motif};
  if (!own->why) abort();
  w->own = own;
  w->radius = 24;
  widget_set_detail(w, invitation);
  return w;
}
