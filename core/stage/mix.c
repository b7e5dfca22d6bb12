// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/mix.h"

#include "core/stage/mix_pad.h"
#include "core/stage/pages.h"
#include "core/stage/palette.h"
#include "core/stage/panel_make.h"
#include "core/ui/choose.h"
#include "core/ui/draw.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static panel_link *link_of(stage *s) { return &s->links[s->picking]; }

static uint32_t rgb_of(const panel_link *l) { return (uint32_t)lround(l->value); }

static bool is_ready(const panel_link *l) { // it lies ready as a swatch
  return palette_has(rgb_of(l));
}

// ---- The row -----------------------------------------------------------------------------

static face row_face(const widget *w) {
  return (face){.icon = w->icon,
    .words = widget_is(w, STATE_WORDLESS) ? "" : w->label,
    .style = TEXT_BUTTON_48,
    .icon_size = w->icon_size,
    .stroke = 1.75,
    .gap = 10};
}

static extent measure_row(widget *w, view *v, double width) {
  const face f = row_face(w);
  return face_measure(&f, v, width);
}

static widget_colours row_colours(const widget *w, const view *v) {
  const bool on = widget_is(w, STATE_SELECTED);
  uint32_t ground = view_colour(v, TOKEN_SURFACE);
  if (on && !v->theme->solid) ground = view_colour(v, TOKEN_PRIMARY_SOFT);
  if (widget_is(w, STATE_PRESSED))
    ground = draw_mix(ground, view_colour(v, TOKEN_INK), 0.08);
  return (widget_colours){view_colour(v, TOKEN_INK), ground,
    view_colour(v, on ? TOKEN_PRIMARY : TOKEN_CONTROL)};
}

// The colour that is mixed takes the icon's place.
static void draw_mixed(const widget *w, view *v, cairo_t *cr, rect in) {
  const face f = row_face(w);
  const extent all = face_measure(&f, v, in.w);
  const double left = in.x + (in.w - all.w) / 2;
  const double x =
    v->right_to_left ? left + all.w - f.icon_size / 2 : left + f.icon_size / 2;
  const double y = in.y + in.h / 2;
  draw_disc(cr, x, y, f.icon_size / 2 + 2, view_colour(v, TOKEN_INK));
  draw_disc(cr, x, y, f.icon_size / 2 + 0.5, view_colour(v, TOKEN_SURFACE));
  draw_disc(cr, x, y, f.icon_size / 2 - 1, w->colour);
}

static void draw_row(widget *w, view *v, cairo_t *cr) {
  const widget_colours c = row_colours(w, v);
  const bool on = widget_is(w, STATE_SELECTED);
  const face f = row_face(w);
  const rect in = {w->rect.x + w->box.pad_left, w->rect.y,
    w->rect.w - w->box.pad_left - w->box.pad_right, w->rect.h};
  draw_round_fill(cr, w->rect, w->radius, c.ground);
  draw_round_border(
    cr, w->rect, w->radius, on ? v->theme->selected_border : v->theme->border, c.edge);
  face_draw(&f, v, cr, in, c.words);
  if (on) draw_mixed(w, v, cr, in);
}

static void say_row(const widget *w, char *words, size_t room) {
  if (widget_is(w, STATE_SELECTED)) colour_name(w->colour, words, (int)room);
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
  s->mixing.before = rgb_of(l);
  stage_open(s, SHEET_MIX);
}

void mix_row(panel_link *l, widget *parent) {
  widget *w = widget_create(&row_sort, parent, "mix", _("Mix"));
  w->icon = icon_find("mix");
  w->icon_size = 22;
  w->radius = 16;
  w->style = TEXT_BUTTON_48;
  w->box.min_h = 52;
  w->box.min_w = 52;
  widget_set_state(w, STATE_WORDLESS, panel_make_folds(l->stage));
  w->chosen = opened;
  w->data = l;
  widget_pad(w, 8, 6);
  l->stage->mixing.row = w;
  mix_show(l);
}

// ---- What was mixed ----------------------------------------------------------------------

static void remember(mixing *m, uint32_t rgb) {
  uint32_t at = 0;
  while (at < m->count && m->last[at] != rgb) at++;
  if (at == m->count && m->count < MIX_LAST) m->count++;
  if (at == MIX_LAST) at--;
  memmove(m->last + 1, m->last, at * sizeof m->last[0]);
  m->last[0] = rgb;
}

json_t *mix_said(const stage *s) {
  json_t *list = json_array();
  for (uint32_t i = 0; i < s->mixing.count; i++)
    json_array_append_new(list, json_integer(s->mixing.last[i]));
  return list;
}

void mix_read(stage *s, const json_t *said) {
  for (size_t i = json_array_size(said); i > 0; i--)
    remember(
      &s->mixing, (uint32_t)json_integer_value(json_array_get(said, i - 1)) & 0xFFFFFF);
}

static void let_go(widget **w, const widget *top) {
  if (*w && (!top || view_is_below(*w, top))) *w = NULL;
}

void mix_let_go(stage *s, const widget *top) {
  mixing *m = &s->mixing;
  const bool open = m->pad && (!top || view_is_below(m->pad, top));
  const panel_link *l = link_of(s);
  if (open && l->control && rgb_of(l) != m->before && !is_ready(l)) {
    remember(m, rgb_of(l));
    said_touch(s);
  }
  let_go(&m->row, top);
  let_go(&m->pad, top);
  let_go(&m->strength, top);
  let_go(&m->now, top);
  let_go(&m->name, top);
}

// ---- Showing -----------------------------------------------------------------------------

static void show_now(stage *s, uint32_t rgb) {
  mixing *m = &s->mixing;
  char words[128];
  palette_name(rgb, words, sizeof words);
  m->now->colour = rgb;
  widget_set_label(m->now, words);
  widget_set_label(m->name, words);
  view_changed(&s->view, m->now);
  view_changed(&s->view, m->name);
}

// What the pad shows already stays where it is: its dot is finer than a colour in bytes.
static void show_on_pad(stage *s, uint32_t rgb) {
  mixing *m = &s->mixing;
  show_now(s, rgb);
  if (colour_rgb(mix_pad_colour(m->pad)) == rgb) return;
  const colour c = colour_of(rgb);
  mix_pad_set(&s->view, m->pad, c);
  slider_set(&s->view, m->strength, round(c.strength * 100));
}

void mix_show(panel_link *l) {
  stage *s = l->stage;
  widget *row = s->mixing.row;
  if (row && row->data == l) {
    row->colour = rgb_of(l);
    widget_set_state(row, STATE_SELECTED, !is_ready(l));
    view_changed(&s->view, row);
  }
  if (s->mixing.pad && link_of(s) == l) show_on_pad(s, rgb_of(l));
}

// ---- The sheet ---------------------------------------------------------------------------

static void moved(void *data, widget *pad) {
  show_now(data, colour_rgb(mix_pad_colour(pad)));
}

static void mixed(void *data, widget *pad) {
  panel_link_take(link_of(data), colour_rgb(mix_pad_colour(pad)));
}

static void strength_changed(void *data, widget *w) {
  stage *s = data;
  colour c = mix_pad_colour(s->mixing.pad);
  c.strength = w->value / 100;
  mix_pad_set(&s->view, s->mixing.pad, c);
  panel_link_take(link_of(s), colour_rgb(c));
}

static void taken(void *data, widget *w) { panel_link_take(link_of(data), w->colour); }

static void draw_now(const widget *w, view *v, cairo_t *cr) {
  (void)v;
  draw_colour(cr, w->colour);
  cairo_paint(cr);
}

static widget *add_swatch(stage *s, widget *parent, const char *id, uint32_t rgb) {
  char words[128];
  palette_name(rgb, words, sizeof words);
  widget *w = swatch_create(parent, id, words, rgb);
  w->chosen = taken;
  w->data = s;
  return w;
}

static void add_pad(stage *s, widget *row) {
  mixing *m = &s->mixing;
  widget *left = column_create(row, "mix-left", 8);
  left->box.w = MIX_PAD_SIZE;
  m->pad = mix_pad_create(left, "mix-pad", _("Hue and lightness"));
  m->pad->changed = mixed;
  m->pad->data = s;
  mix_pad_on_move(m->pad, moved);
  widget *line = row_create(left, "mix-strength-line", 8);
  const bool folds = panel_make_folds(s); // large words stay in what is spoken
  if (!folds) label_create(line, "mix-soft", TEXT_CAPTION, _("soft"));
  m->strength = slider_create(line, "mix-strength", _("Soft to strong"), 0, 100, 5);
  m->strength->box.grow = 1;
  m->strength->box.min_w = 160;
  m->strength->changed = strength_changed;
  m->strength->data = s;
  if (!folds) label_create(line, "mix-strong", TEXT_CAPTION, _("strong"));
}

static void add_comparison(stage *s, widget *side) {
  mixing *m = &s->mixing;
  widget *both = row_create(side, "mix-both", 8);
  both->box.cross = CROSS_STRETCH;
  widget *before = add_swatch(s, both, "mix-before", m->before);
  char words[192];
  snprintf(words, sizeof words, _("Before: %s"), before->label);
  widget_set_label(before, words);
  m->now = picture_create(both, "mix-now", " ", draw_now);
  m->now->box.grow = 1;
  m->now->box.min_w = 72;
  m->now->box.min_h = 56;
  m->name = label_create(side, "mix-name", TEXT_LABEL, " ");
  m->name->box.min_h = 2 * text_line_height(s->view.text, TEXT_LABEL);
}

static void add_last(stage *s, widget *side) {
  const mixing *m = &s->mixing;
  char id[32];
  if (m->count == 0) return;
  label_create(side, "mix-last-name", TEXT_CAPTION, _("Mixed before"));
  widget *list = group_create(side, "mix-last", _("Mixed before"));
  list->box.flow = FLOW_WRAP;
  list->box.gap = 8;
  for (uint32_t i = 0; i < m->count; i++) {
    snprintf(id, sizeof id, "mix-last-%u", i + 1);
    add_swatch(s, list, id, m->last[i]);
  }
}

page_built sheet_mix(stage *s) {
  enum { SIDE = 172, GAP = 16, PAD = 18 };
  widget *sheet = sheet_create("sheet-mix", _("Mix a colour"));
  widget_set_state(sheet, STATE_ASIDE, true);
  widget_pad(sheet, 20, PAD);
  widget *scroll = scroll_create(sheet, "mix-scroll", _("Mix a colour"));
  widget *row = row_create(scroll, "mix-row", GAP);
  row->box.cross = CROSS_START;
  widget_pad(row, 6, 4);
  add_pad(s, row);
  widget *side = column_create(row, "mix-side", 6);
  side->box.w = fmax(fmax(SIDE, 90 * s->text_scale), s->view.target * 2 + 8);
  add_comparison(s, side);
  add_last(s, side);
  sheet->box.min_w = MIX_PAD_SIZE + GAP + side->box.w + 52;
  sheet_add_done(s, sheet, _("Done"), BUTTON_PRIMARY);
  mix_pad_set(&s->view, s->mixing.pad, colour_of(rgb_of(link_of(s))));
  slider_set(
    &s->view, s->mixing.strength, round(mix_pad_colour(s->mixing.pad).strength * 100));
  mix_show(link_of(s));
  return (page_built){sheet, "mix-pad"};
}
