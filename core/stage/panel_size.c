// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/panel_size.h"

#include "core/stage/panel_make.h"
#include "core/stage/stage.h"
#include "core/ui/choose.h"
#include "core/ui/draw.h"

#include <math.h>
#include <stdio.h>

enum { DISC = 32, GAP = 8, TALL = 48 };

// Nothing where words are large: it is spoken.
static extent name_of(const widget *w, const view *v) {
  if (widget_is(w, STATE_WORDLESS)) return (extent){-GAP, 0};
  return text_measure(v->text, (text_look){.style = w->style}, w->label);
}

static extent measure_row(widget *w, view *v, double width) {
  const extent name = name_of(w, v);
  (void)width;
  return (extent){DISC + GAP + name.w, fmax(DISC, name.h)};
}

static widget_colours row_colours(const widget *w, const view *v) {
  uint32_t ground = view_colour(v, TOKEN_SURFACE);
  if (widget_is(w, STATE_PRESSED))
    ground = draw_mix(ground, view_colour(v, TOKEN_INK), 0.08);
  return (widget_colours){
    view_colour(v, TOKEN_INK), ground, view_colour(v, TOKEN_CONTROL)};
}

// A ring of ink, so that a white dab is seen on a white card.
static void draw_dab(const widget *w, view *v, cairo_t *cr, double x, double y) {
  const double radius = number_between(w->value, 1.5, DISC / 2.0 - 2);
  draw_disc(cr, x, y, radius + 2, view_colour(v, TOKEN_INK));
  draw_disc(cr, x, y, radius + 1, view_colour(v, TOKEN_SURFACE));
  draw_disc(cr, x, y, radius, w->colour);
}

static void draw_row(widget *w, view *v, cairo_t *cr) {
  const widget_colours c = row_colours(w, v);
  const text_look look = {.style = w->style};
  const extent name = name_of(w, v);
  const double left = w->rect.x + (w->rect.w - DISC - GAP - name.w) / 2;
  const double y = w->rect.y + w->rect.h / 2;
  const bool turned = v->right_to_left;
  draw_round_fill(cr, w->rect, w->radius, c.ground);
  draw_round_border(cr, w->rect, w->radius, v->theme->border, c.edge);
  draw_dab(w, v, cr, left + (turned ? name.w + GAP : 0) + DISC / 2.0, y);
  if (name.w > 0)
    text_draw(v->text, cr, look, w->label, left + (turned ? 0 : DISC + GAP),
      floor(y - name.h / 2), c.words);
}

static void say_row(const widget *w, char *words, size_t room) {
  const panel_link *l = w->data;
  panel_link_words(l, words, room);
}

static const widget_sort row_sort = {.role = ROLE_BUTTON,
  .focusable = true,
  .measure = measure_row,
  .draw = draw_row,
  .point = choose_point,
  .press = choose_press,
  .state = say_row,
  .colours = row_colours};

static void opened(void *data, widget *w) {
  panel_link *l = data;
  stage *s = l->stage;
  (void)w;
  s->picking = (uint32_t)(l - s->links);
  stage_open(s, SHEET_GROUP);
}

void panel_size_row(panel_link *l, widget *parent) {
  char id[64];
  snprintf(id, sizeof id, "group-%s", l->control->key);
  widget *w = widget_create(&row_sort, parent, id, l->control->name);
  w->style = TEXT_CAPTION;
  w->radius = 16;
  w->box.min_h = TALL;
  widget_set_state(w, STATE_WORDLESS, panel_make_folds(l->stage));
  w->chosen = opened;
  w->data = l;
  l->row = w;
  widget_pad(w, 6, 4);
}

void panel_size_show(panel_link *l, double radius, uint32_t rgb) {
  widget *w = l->row;
  if (!w || (fabs(w->value - radius) <= 0.05 && w->colour == rgb)) return;
  w->value = radius;
  w->colour = rgb;
  view_changed(&l->stage->view, w);
}
