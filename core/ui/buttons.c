// SPDX-License-Identifier: GPL-3.0-or-later
// Buttons, tools and chips of widgets.h.
#include "core/ui/choose.h"
#include "core/ui/draw.h"
#include "core/ui/widgets.h"

#include <math.h>

static token words_token(const widget *w, const view *v) {
  if (widget_is(w, STATE_DISABLED)) return TOKEN_INK_2;
  if (widget_is(w, STATE_SELECTED)) return v->theme->solid ? TOKEN_ON_PRIMARY : w->words;
  return w->words;
}

static widget_colours button_colours(const widget *w, const view *v) {
  token fill = widget_ground(w);
  token edge = w->edge ? w->edge : fill;
  if (widget_is(w, STATE_SELECTED)) {
    fill = v->theme->solid ? TOKEN_PRIMARY : TOKEN_PRIMARY_SOFT;
    edge = TOKEN_PRIMARY;
  }
  if (widget_is(w, STATE_DISABLED)) {
    edge = w->edge ? TOKEN_LINE : edge;
    if (fill == TOKEN_PRIMARY) fill = TOKEN_SURFACE;
  }
  uint32_t ground = view_colour(v, fill);
  const uint32_t words = view_colour(v, words_token(w, v));
  if (widget_is(w, STATE_PRESSED))
    ground = draw_mix(ground, view_colour(v, TOKEN_INK), 0.08);
  return (widget_colours){words, ground, view_colour(v, edge)};
}

static const widget_sort tool_sort;
static const widget_sort chip_sort;

static bool wordless(const widget *w) { return w->icon && widget_is(w, STATE_WORDLESS); }

static face tool_face(const widget *w) {
  return (face){.icon = w->icon,
    .words = wordless(w) ? "" : w->label,
    .stacked = true,
    .icon_size = wordless(w) ? 32 : 28,
    .style = widget_is(w, STATE_SELECTED) ? TEXT_CAPTION_ON : TEXT_CAPTION,
    .stroke = 1.75,
    .gap = 3};
}

static face face_of(const widget *w) {
  if (w->sort == &tool_sort) return tool_face(w);
  face f = {.icon = w->icon,
    .words = wordless(w) ? "" : w->label,
    .style = w->style,
    .icon_size = w->icon_size,
    .stroke = 2.2,
    .gap = 10};
  if (w->sort != &chip_sort) return f;
  f.icon_size = 20;
  f.stroke = 1.75;
  f.gap = 8;
  f.style = widget_is(w, STATE_SELECTED) ? TEXT_LABEL_ON : TEXT_LABEL;
  return f;
}

static extent measure_button(widget *w, view *v, double width) {
  face f = face_of(w);
  if (w->sort == &chip_sort) f.style = TEXT_LABEL_ON; // its size stays when it is chosen
  return face_measure(&f, v, width);
}

static void draw_shape(const widget *w, view *v, cairo_t *cr, widget_colours c) {
  const bool bare =
    !w->fill && !widget_is(w, STATE_SELECTED) && !widget_is(w, STATE_PRESSED);
  if (!bare) draw_round_fill(cr, w->rect, w->radius, c.ground);
  const bool chosen = widget_is(w, STATE_SELECTED);
  const double dashes[] = {8, 8}; // in black and white alone grey is no sign
  if (v->theme->solid && widget_is(w, STATE_DISABLED)) cairo_set_dash(cr, dashes, 2, 0);
  if (w->edge || chosen)
    draw_round_border(cr, w->rect, w->radius,
      chosen ? v->theme->selected_border : v->theme->border, c.edge);
  cairo_set_dash(cr, NULL, 0, 0);
}

static rect inner(const widget *w) {
  return (rect){w->rect.x + w->box.pad_left, w->rect.y,
    w->rect.w - w->box.pad_left - w->box.pad_right, w->rect.h};
}

static void draw_button(widget *w, view *v, cairo_t *cr) {
  const widget_colours c = w->sort->colours(w, v);
  const face f = face_of(w);
  draw_shape(w, v, cr, c);
  face_draw(&f, v, cr, inner(w), c.words);
}

static const widget_sort button_sort = {.role = ROLE_BUTTON,
  .focusable = true,
  .measure = measure_button,
  .draw = draw_button,
  .point = choose_point,
  .press = choose_press,
  .colours = button_colours};

static void dress(widget *w, button_look look) {
  static const token tokens[][3] = {// words, fill, edge
    [BUTTON_PLAIN] = {TOKEN_INK, TOKEN_SURFACE, TOKEN_CONTROL},
    [BUTTON_PRIMARY] = {TOKEN_ON_PRIMARY, TOKEN_PRIMARY, TOKEN_PRIMARY},
    [BUTTON_QUIET] = {TOKEN_INK, TOKEN_NONE, TOKEN_NONE},
    [BUTTON_STOP] = {TOKEN_CLAY, TOKEN_SURFACE, TOKEN_CLAY}};
  w->words = tokens[look][0];
  w->fill = tokens[look][1];
  w->edge = tokens[look][2];
}

void button_set_height(widget *w, double height) {
  w->box.min_h = height;
  w->radius = height >= 64 ? 20 : height >= 56 ? 18 : 16;
  w->style = height >= 64 ? TEXT_BUTTON : height >= 56 ? TEXT_BUTTON_56 : TEXT_BUTTON_48;
  const double pad = height >= 64 ? 28 : height >= 56 ? 22 : 18;
  widget_pad(w, pad, 8);
}

widget *button_create(widget *parent, const char *id, const char *icon_name,
  const char *label, button_look look) {
  widget *w = widget_create(&button_sort, parent, id, label);
  w->icon = icon_name ? icon_find(icon_name) : NULL;
  w->icon_size = 26;
  w->box.min_w = 64;
  dress(w, look);
  button_set_height(w, 64);
  return w;
}

// ---- Tools: the icon above the word

static widget_colours tool_colours(const widget *w, const view *v) {
  widget_colours c = button_colours(w, v);
  if (widget_is(w, STATE_SELECTED) && !v->theme->solid)
    c.words = view_colour(v, TOKEN_PRIMARY);
  return c;
}

static const widget_sort tool_sort = {.role = ROLE_OPTION,
  .focusable = true,
  .measure = measure_button,
  .draw = draw_button,
  .point = choose_point,
  .press = choose_press,
  .colours = tool_colours};

widget *tool_create(
  widget *parent, const char *id, const char *icon_name, const char *label) {
  widget *w = widget_create(&tool_sort, parent, id, label);
  w->icon = icon_name ? icon_find(icon_name) : NULL;
  w->words = TOKEN_INK;
  w->box.min_h = 68;
  w->box.min_w = 64;
  w->radius = 18;
  widget_pad(w, 4, 6);
  return w;
}

// ---- Chips

static const widget_sort chip_sort = {.role = ROLE_BUTTON,
  .focusable = true,
  .measure = measure_button,
  .draw = draw_button,
  .point = choose_point,
  .press = choose_press,
  .colours = button_colours};

widget *chip_create(
  widget *parent, const char *id, const char *icon_name, const char *label) {
  widget *w = widget_create(&chip_sort, parent, id, label);
  w->icon = icon_name ? icon_find(icon_name) : NULL;
  dress(w, BUTTON_PLAIN);
  w->box.min_h = 48;
  w->box.min_w = 48;
  w->radius = 24;
  widget_pad(w, 18, 6);
  return w;
}
