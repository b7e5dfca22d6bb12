// SPDX-License-Identifier: GPL-3.0-or-later
// Segments, toggles, swatches of widgets.h.
#include "core/ui/choose.h"
#include "core/ui/draw.h"
#include "core/ui/widgets.h"

#include <math.h>

// ---- One of several

static const widget_sort segment_sort = {.role = ROLE_GROUP};

static face option_face(const widget *w) {
  const bool on = widget_is(w, STATE_SELECTED);
  return (face){.icon = w->icon,
    .words = w->label,
    .icon_size = 20,
    .stroke = 1.75,
    .gap = 6,
    .style = on ? TEXT_BUTTON_48 : TEXT_LABEL};
}

static extent measure_option(widget *w, view *v, double width) {
  const face f = option_face(w);
  return face_measure(&f, v, width);
}

static widget_colours option_colours(const widget *w, const view *v) {
  token ground = TOKEN_SURFACE;
  token words = TOKEN_INK;
  if (widget_is(w, STATE_SELECTED)) {
    ground = v->theme->solid ? TOKEN_PRIMARY : TOKEN_PRIMARY_SOFT;
    words = v->theme->solid ? TOKEN_ON_PRIMARY : TOKEN_INK;
  }
  uint32_t rgb = view_colour(v, ground);
  if (widget_is(w, STATE_PRESSED)) rgb = draw_mix(rgb, view_colour(v, TOKEN_INK), 0.08);
  return (widget_colours){view_colour(v, words), rgb, view_colour(v, TOKEN_PRIMARY)};
}

static void draw_between(const widget *w, view *v, cairo_t *cr, double x) {
  draw_line(
    cr, x, w->rect.y + 2, x, w->rect.y + w->rect.h - 2, 1.5, view_colour(v, TOKEN_LINE));
}

static void draw_option(widget *w, view *v, cairo_t *cr) {
  const widget_colours c = option_colours(w, v);
  const face f = option_face(w);
  const bool on = widget_is(w, STATE_SELECTED);
  if (on || widget_is(w, STATE_PRESSED))
    draw_round_fill(cr, w->rect, w->radius, c.ground);
  if (on)
    draw_round_border(cr, w->rect, w->radius, v->theme->selected_border, c.edge);
  else if (w->next && !widget_is(w->next, STATE_SELECTED | STATE_HIDDEN))
    draw_between(w, v, cr, w->rect.x + (v->right_to_left ? 0 : w->rect.w));
  face_draw(&f, v, cr, rect_grown(w->rect, -6), c.words);
}

// What was chosen before looks different too.
static bool point_option(widget *w, view *v, const pointer *p) {
  if (p->phase == PHASE_UP) view_changed(v, w->parent);
  return choose_point(w, v, p);
}

static bool press_option(widget *w, view *v, key k, uint32_t with) {
  view_changed(v, w->parent);
  return choose_press(w, v, k, with);
}

static const widget_sort option_sort = {.role = ROLE_OPTION,
  .focusable = true,
  .measure = measure_option,
  .draw = draw_option,
  .point = point_option,
  .press = press_option,
  .colours = option_colours};

widget *segment_create(widget *parent, const char *id, const char *label) {
  widget *w = widget_create(&segment_sort, parent, id, label);
  w->surface = SURFACE_GROUP;
  w->radius = 18;
  w->box.flow = FLOW_ROW;
  w->box.equal = true;
  w->box.sides = SIDES_READING;
  w->value = -1;
  return w;
}

void segment_choose(view *v, widget *segment, int chosen) {
  segment->value = chosen;
  for (widget *o = segment->first; o; o = o->next)
    widget_set_state(o, STATE_SELECTED, (int)o->number == chosen);
  view_changed(v, segment);
}

static void option_chosen(void *data, widget *option) {
  widget *segment = option->parent;
  (void)data;
  segment->value = option->number;
  for (widget *o = segment->first; o; o = o->next)
    widget_set_state(o, STATE_SELECTED, o == option);
  if (segment->changed) segment->changed(segment->data, segment);
}

widget *segment_add(
  widget *segment, const char *id, const char *icon_name, const char *label) {
  widget *w = widget_create(&option_sort, segment, id, label);
  w->icon = icon_name ? icon_find(icon_name) : NULL;
  w->number = segment->last->previous ? segment->last->previous->number + 1 : 0;
  w->box.min_h = 56;
  w->box.min_w = 64;
  w->radius = 17;
  widget_pad(w, 8, 4);
  w->chosen = option_chosen;
  return w;
}

// ---- A switch

static const extent knob_box = {76, 44};

static extent measure_toggle(widget *w, view *v, double width) {
  const double room = width > 0 ? fmax(1, width - knob_box.w - 16) : 0;
  text_look look = {.style = TEXT_LABEL};
  extent e = text_measure(v->text, look, w->label);
  if (room > 0 && e.w > room) {
    look.width = room;
    e = text_measure(v->text, look, w->label);
  }
  return (extent){e.w + 16 + knob_box.w, fmax(e.h, 48)};
}

static widget_colours toggle_colours(const widget *w, const view *v) {
  return (widget_colours){view_colour(v, TOKEN_INK), view_colour(v, widget_ground(w)),
    view_colour(v, w->value > 0.5 ? TOKEN_PRIMARY : TOKEN_CONTROL)};
}

void choose_draw_knob(const widget *w, view *v, cairo_t *cr, rect k) {
  const bool on = w->value > 0.5;
  const uint32_t edge = view_colour(v, on ? TOKEN_PRIMARY : TOKEN_CONTROL);
  const bool right = on != v->right_to_left;
  draw_round_fill(cr, k, k.h / 2, on ? edge : view_colour(v, TOKEN_SURFACE));
  draw_round_border(cr, k, k.h / 2, fmax(2, v->theme->border), edge);
  draw_disc(cr, right ? k.x + k.w - 22 : k.x + 22, k.y + k.h / 2, 15,
    on ? view_colour(v, TOKEN_ON_PRIMARY) : edge);
  if (on)
    icon_draw(icon_find("check"), cr, right ? k.x + 10 : k.x + k.w - 32,
      k.y + k.h / 2 - 11, 22, 3, view_colour(v, TOKEN_ON_PRIMARY));
}

static void draw_toggle(widget *w, view *v, cairo_t *cr) {
  const widget_colours c = toggle_colours(w, v);
  const text_look look = {
    .style = TEXT_LABEL, .width = fmax(1, w->rect.w - knob_box.w - 16)};
  const extent e = text_measure(v->text, look, w->label);
  const double words_x = w->rect.x + (v->right_to_left ? knob_box.w + 16 : 0);
  const double knob_x = v->right_to_left ? 0 : w->rect.w - knob_box.w;
  text_draw(
    v->text, cr, look, w->label, words_x, w->rect.y + (w->rect.h - e.h) / 2, c.words);
  choose_draw_knob(w, v, cr,
    (rect){w->rect.x + knob_x, w->rect.y + (w->rect.h - knob_box.h) / 2, knob_box.w,
      knob_box.h});
}

static void toggle_chosen(void *data, widget *w) {
  (void)data;
  w->value = w->value > 0.5 ? 0 : 1;
  widget_set_state(w, STATE_SELECTED, w->value > 0.5);
  if (w->changed) w->changed(w->data, w);
}

static bool point_toggle(widget *w, view *v, const pointer *p) {
  const bool taken = choose_point(w, v, p);
  if (p->phase == PHASE_UP) view_changed(v, w);
  return taken;
}

static bool press_toggle(widget *w, view *v, key k, uint32_t with) {
  view_changed(v, w);
  return choose_press(w, v, k, with);
}

static const widget_sort toggle_sort = {.role = ROLE_TOGGLE,
  .focusable = true,
  .measure = measure_toggle,
  .draw = draw_toggle,
  .point = point_toggle,
  .press = press_toggle,
  .colours = toggle_colours};

widget *toggle_create(widget *parent, const char *id, const char *label) {
  widget *w = widget_create(&toggle_sort, parent, id, label);
  w->box.min_h = 48;
  w->radius = 12;
  w->chosen = toggle_chosen;
  return w;
}

// ---- Colours

static extent measure_swatch(widget *w, view *v, double width) {
  (void)w;
  (void)v;
  (void)width;
  return (extent){52, 52};
}

static void draw_swatch(widget *w, view *v, cairo_t *cr) {
  const rect r = w->rect;
  draw_round_fill(cr, r, w->radius, w->colour);
  // A colour that is like the ground needs an edge to be seen.
  const bool lost = theme_contrast(w->colour, view_colour(v, widget_ground(w))) < 1.5;
  draw_round_border(cr, r, w->radius, v->theme->border,
    v->theme->solid || lost ? view_colour(v, TOKEN_CONTROL)
                            : draw_mix(w->colour, 0x283030, 0.45));
  if (!widget_is(w, STATE_SELECTED)) return;
  draw_round_border(
    cr, rect_grown(r, 7), w->radius + 7, 4, view_colour(v, TOKEN_PRIMARY));
  const bool dark = theme_contrast(w->colour, 0xFFFFFF) >= 3;
  icon_draw(icon_find("check"), cr, r.x + (r.w - 26) / 2, r.y + (r.h - 26) / 2, 26, 3,
    dark ? 0xFFFFFF : 0x22302F);
}

static const widget_sort swatch_sort = {.role = ROLE_OPTION,
  .focusable = true,
  .measure = measure_swatch,
  .draw = draw_swatch,
  .point = choose_point,
  .press = choose_press};

widget *swatch_create(widget *parent, const char *id, const char *label, uint32_t rgb) {
  widget *w = widget_create(&swatch_sort, parent, id, label);
  w->colour = rgb;
  w->radius = 16;
  widget_set_state(w, STATE_WORDLESS, true); // its name shows when it is asked for
  w->box.w = w->box.h = 52;
  return w;
}
