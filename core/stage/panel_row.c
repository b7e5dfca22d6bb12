// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/panel_row.h"

#include "core/ui/choose.h"
#include "core/ui/draw.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { ICON = 24, GAP = 8, LEAST = 52 };

static bool wordless(const widget *w) { return w->icon && widget_is(w, STATE_WORDLESS); }

static const char *word_of(const widget *w) { return w->detail ? w->detail : ""; }

// The widest word decides whether the icon has room beside the words.
static double widest(const view *v, text_look look, const char *words) {
  char all[256];
  char *rest = NULL;
  double most = 0;
  snprintf(all, sizeof all, "%s", words);
  for (char *word = strtok_r(all, " \n", &rest); word;
       word = strtok_r(NULL, " \n", &rest))
    most = fmax(most, text_measure(v->text, look, word).w);
  return most;
}

typedef struct shape { // of a row that has `width` for what it says
  bool stacked;        // the icon above the words
  double side;         // what the icon takes beside them
  text_look look;
  extent name, word;
} shape;

// Two lines are all that a row takes beside the paper, else it would push others out of
// sight. Where name and word are longer the word stands alone, or the name if that is short.
static void shorten(shape *s, const view *v) {
  const double most = 2.5 * text_line_height(v->text, s->look.style);
  if (s->name.h + s->word.h <= most) return;
  if (s->word.h > most && s->name.h <= most)
    s->word = (extent){0, 0};
  else if (s->word.h > 0)
    s->name = (extent){0, 0};
}

static shape shape_of(const widget *w, const view *v, double width) {
  shape s = {.look = {.style = TEXT_CAPTION}};
  const double need = fmax(widest(v, s.look, w->label), widest(v, s.look, word_of(w)));
  s.side = w->icon ? ICON + GAP : 0;
  s.stacked = w->icon && width > 0 && need + s.side > width;
  if (s.stacked) s.side = 0;
  if (width > 0) s.look.width = fmax(1, width - s.side);
  if (s.stacked) s.look.align = ALIGN_MIDDLE;
  s.name = text_measure(v->text, s.look, w->label);
  if (word_of(w)[0]) s.word = text_measure(v->text, s.look, word_of(w));
  if (width > 0) shorten(&s, v);
  return s;
}

static double tall(const shape *s, const widget *w) {
  const double words = s->name.h + s->word.h;
  if (s->stacked) return ICON + 3 + words;
  return w->icon ? fmax(ICON, words) : words;
}

static extent measure_row(widget *w, view *v, double width) {
  if (wordless(w)) return (extent){32, 32};
  const shape s = shape_of(w, v, width);
  return (extent){s.side + fmax(s.name.w, s.word.w), tall(&s, w)};
}

static widget_colours row_colours(const widget *w, const view *v) {
  const bool solid = v->theme->solid;
  const bool on = widget_is(w, STATE_SELECTED);
  uint32_t ground = view_colour(v, TOKEN_SURFACE);
  uint32_t words = view_colour(v, TOKEN_INK);
  if (on) {
    ground = view_colour(v, solid ? TOKEN_PRIMARY : TOKEN_PRIMARY_SOFT);
    words = view_colour(v, solid ? TOKEN_ON_PRIMARY : TOKEN_PRIMARY);
  }
  if (widget_is(w, STATE_PRESSED))
    ground = draw_mix(ground, view_colour(v, TOKEN_INK), 0.08);
  const token edge = on ? TOKEN_PRIMARY : TOKEN_CONTROL;
  return (widget_colours){words, ground, view_colour(v, edge)};
}

static void draw_ground(const widget *w, view *v, cairo_t *cr, widget_colours c) {
  const bool on = widget_is(w, STATE_SELECTED);
  draw_round_fill(cr, w->rect, w->radius, c.ground);
  if (on || v->theme->solid)
    draw_round_border(
      cr, w->rect, w->radius, on ? v->theme->selected_border : v->theme->border, c.edge);
}

static void draw_row(widget *w, view *v, cairo_t *cr) {
  const widget_colours c = row_colours(w, v);
  const double inner = w->rect.w - w->box.pad_left - w->box.pad_right;
  draw_ground(w, v, cr, c);
  if (wordless(w)) {
    icon_draw(icon_facing(w->icon, v->right_to_left), cr,
      w->rect.x + (w->rect.w - 32) / 2, w->rect.y + (w->rect.h - 32) / 2, 32, 1.75,
      c.words);
    return;
  }
  const shape s = shape_of(w, v, inner);
  const bool turned = v->right_to_left;
  const double left = w->rect.x + w->box.pad_left;
  double y = w->rect.y + floor((w->rect.h - tall(&s, w)) / 2);
  if (w->icon) {
    double x = s.stacked ? left + (inner - ICON) / 2 : left + (turned ? inner - ICON : 0);
    icon_draw(icon_facing(w->icon, turned), cr, x,
      s.stacked ? y : w->rect.y + (w->rect.h - ICON) / 2, ICON, 1.75, c.words);
  }
  if (s.stacked)
    y += ICON + 3;
  else
    y = w->rect.y + floor((w->rect.h - s.name.h - s.word.h) / 2);
  const double x = left + (turned ? 0 : s.side);
  if (s.name.h > 0) text_draw(v->text, cr, s.look, w->label, x, y, c.words);
  if (s.word.h > 0) text_draw(v->text, cr, s.look, word_of(w), x, y + s.name.h, c.words);
}

static void say_word(const widget *w, char *words, size_t room) {
  if (word_of(w)[0]) snprintf(words, room, "%s", word_of(w));
}

static const widget_sort row_sort = {.role = ROLE_BUTTON,
  .focusable = true,
  .measure = measure_row,
  .draw = draw_row,
  .point = choose_point,
  .press = choose_press,
  .state = say_word,
  .colours = row_colours};

widget *panel_row_create(
  widget *parent, const char *id, const char *icon_name, const char *name) {
  widget *w = widget_create(&row_sort, parent, id, name);
  w->icon = icon_name ? icon_find(icon_name) : NULL;
  w->style = TEXT_CAPTION;
  w->radius = 16;
  w->box.min_h = LEAST;
  w->box.min_w = 48;
  widget_pad(w, 8, 6);
  return w;
}

void panel_row_set(view *v, widget *row, const char *word, bool selected) {
  const bool same = strcmp(word_of(row), word) == 0;
  if (same && widget_is(row, STATE_SELECTED) == selected) return;
  widget_set_detail(row, word);
  widget_set_state(row, STATE_SELECTED, selected);
  if (same)
    view_changed(v, row);
  else
    view_moved(v); // it may need another line
}
