// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/setting.h"

#include "core/ui/choose.h"
#include "core/ui/draw.h"

#include <math.h>

enum { ICON = 28, ICON_GAP = 16, KNOB_W = 76, KNOB_H = 44, STEP = 52, SAMPLE = 96 };

// ---- A name and what it is for -----------------------------------------------------------

typedef struct name_size {
  extent name, about;
} name_size;

static text_look look_of(text_style style, double width) {
  return (text_look){.style = style, .width = width};
}

static extent fit(view *v, text_style style, const char *words, double room) {
  const extent free = text_measure(v->text, look_of(style, 0), words);
  if (room <= 0 || free.w <= room) return free;
  return text_measure(v->text, look_of(style, room), words);
}

static name_size name_measure(const widget *w, view *v, double room) {
  name_size n = {.name = fit(v, TEXT_STRONG, w->label, room)};
  if (w->detail) n.about = fit(v, TEXT_SMALL, w->detail, room);
  return n;
}

static double before(const widget *w) { return w->icon ? ICON + ICON_GAP : 0; }

static extent measure_with(widget *w, view *v, double width, double after) {
  const double around = before(w) + after;
  const name_size n = name_measure(w, v, width > 0 ? fmax(1, width - around) : 0);
  return (extent){fmax(n.name.w, n.about.w) + around, fmax(n.name.h + n.about.h, ICON)};
}

static void draw_words(const widget *w, view *v, cairo_t *cr, double after) {
  const rect r = {w->rect.x + w->box.pad_left, w->rect.y,
    w->rect.w - w->box.pad_left - w->box.pad_right, w->rect.h};
  const double room = fmax(1, r.w - before(w) - after);
  const name_size n = name_measure(w, v, room);
  const double x = r.x + (v->right_to_left ? after : before(w));
  const double y = r.y + (r.h - n.name.h - n.about.h) / 2;
  const uint32_t ink =
    w->sort->colours ? w->sort->colours(w, v).words : view_colour(v, TOKEN_INK);
  if (w->icon)
    icon_draw(w->icon, cr, v->right_to_left ? r.x + r.w - ICON : r.x,
      r.y + (r.h - ICON) / 2, ICON, 1.75, ink);
  text_draw(v->text, cr, look_of(TEXT_STRONG, room), w->label, x, y, ink);
  if (w->detail)
    text_draw(v->text, cr, look_of(TEXT_SMALL, room), w->detail, x, y + n.name.h,
      view_colour(v, TOKEN_INK_2));
}

static widget_colours on_ground(const widget *w, const view *v) {
  token ground = TOKEN_PAPER;
  for (const widget *p = w->parent; p; p = p->parent)
    if (p->surface || p->fill) {
      ground = p->fill ? p->fill : TOKEN_SURFACE;
      break;
    }
  return (widget_colours){
    view_colour(v, TOKEN_INK), view_colour(v, ground), view_colour(v, TOKEN_CONTROL)};
}

static extent measure_name(widget *w, view *v, double width) {
  return measure_with(w, v, width, 0);
}

static void draw_name(widget *w, view *v, cairo_t *cr) { draw_words(w, v, cr, 0); }

static const widget_sort name_sort = {
  .role = ROLE_TEXT, .measure = measure_name, .draw = draw_name, .colours = on_ground};

static widget *with_name(const widget_sort *sort, widget *parent, const char *id,
  const char *icon_name, const char *name, const char *about) {
  widget *w = widget_create(sort, parent, id, name);
  widget_set_detail(w, about);
  w->icon = icon_name ? icon_find(icon_name) : NULL;
  return w;
}

widget *setting_name(widget *parent, const char *id, const char *icon_name,
  const char *name, const char *about) {
  return with_name(&name_sort, parent, id, icon_name, name, about);
}

// ---- A switch ----------------------------------------------------------------------------

static extent measure_toggle(widget *w, view *v, double width) {
  const extent e = measure_with(w, v, width, KNOB_W + ICON_GAP);
  return (extent){e.w, fmax(e.h, KNOB_H)};
}

static void draw_toggle(widget *w, view *v, cairo_t *cr) {
  draw_words(w, v, cr, KNOB_W + ICON_GAP);
  const double x = v->right_to_left ? w->rect.x + w->box.pad_left
                                    : w->rect.x + w->rect.w - w->box.pad_right - KNOB_W;
  choose_draw_knob(
    w, v, cr, (rect){x, w->rect.y + (w->rect.h - KNOB_H) / 2, KNOB_W, KNOB_H});
}

static void toggle_chosen(void *data, widget *w) {
  (void)data;
  w->value = w->value > 0.5 ? 0 : 1;
  widget_set_state(w, STATE_SELECTED, w->value > 0.5);
  if (w->changed) w->changed(w->data, w);
}

static const widget_sort toggle_sort = {.role = ROLE_TOGGLE,
  .focusable = true,
  .measure = measure_toggle,
  .draw = draw_toggle,
  .point = choose_point,
  .press = choose_press,
  .colours = on_ground};

widget *setting_toggle(widget *parent, const char *id, const char *icon_name,
  const char *name, const char *about) {
  widget *w = with_name(&toggle_sort, parent, id, icon_name, name, about);
  w->chosen = toggle_chosen;
  w->radius = 16;
  w->box.min_h = 62;
  widget_pad(w, 16, 6);
  return w;
}

// ---- A part of the page ------------------------------------------------------------------

static widget_colours section_colours(const widget *w, const view *v) {
  const bool on = widget_is(w, STATE_SELECTED);
  const token filled = v->theme->solid ? TOKEN_PRIMARY : TOKEN_PRIMARY_SOFT;
  const token words = on && v->theme->solid ? TOKEN_ON_PRIMARY : TOKEN_INK;
  uint32_t ground = view_colour(v, on ? filled : TOKEN_PAPER);
  if (widget_is(w, STATE_PRESSED))
    ground = draw_mix(ground, view_colour(v, TOKEN_INK), 0.08);
  return (widget_colours){view_colour(v, words), ground, view_colour(v, TOKEN_PRIMARY)};
}

static void draw_section(widget *w, view *v, cairo_t *cr) {
  const widget_colours c = section_colours(w, v);
  draw_round_fill(cr, w->rect, w->radius, c.ground);
  if (widget_is(w, STATE_SELECTED))
    draw_round_border(cr, w->rect, w->radius, v->theme->selected_border, c.edge);
  draw_words(w, v, cr, 0);
}

static const widget_sort section_sort = {.role = ROLE_OPTION,
  .focusable = true,
  .measure = measure_name,
  .draw = draw_section,
  .point = choose_point,
  .press = choose_press,
  .colours = section_colours};

widget *setting_section(
  widget *parent, const char *id, const char *icon_name, const char *name) {
  widget *w = with_name(&section_sort, parent, id, icon_name, name, NULL);
  w->radius = 16;
  w->box.min_h = 60;
  widget_pad(w, 16, 6);
  return w;
}

// ---- A step ------------------------------------------------------------------------------

static extent measure_step(widget *w, view *v, double width) {
  (void)w;
  (void)v;
  (void)width;
  return (extent){STEP, STEP};
}

static void draw_step(widget *w, view *v, cairo_t *cr) {
  const bool off = widget_is(w, STATE_DISABLED);
  const uint32_t ink = view_colour(v, off ? TOKEN_INK_2 : TOKEN_INK);
  const uint32_t ground = view_colour(v, TOKEN_SURFACE);
  draw_round_fill(cr, w->rect, w->radius,
    widget_is(w, STATE_PRESSED) ? draw_mix(ground, ink, 0.08) : ground);
  draw_round_border(cr, w->rect, w->radius, v->theme->border,
    view_colour(v, off ? TOKEN_LINE : TOKEN_CONTROL));
  icon_draw(w->icon, cr, w->rect.x + (w->rect.w - 22) / 2,
    w->rect.y + (w->rect.h - 22) / 2, 22, 2.2, ink);
}

static const widget_sort step_sort = {.role = ROLE_BUTTON,
  .focusable = true,
  .measure = measure_step,
  .draw = draw_step,
  .point = choose_point,
  .press = choose_press};

widget *setting_step(
  widget *parent, const char *id, const char *icon_name, const char *label) {
  widget *w = widget_create(&step_sort, parent, id, label);
  w->icon = icon_find(icon_name);
  w->radius = 16;
  w->box.min_w = w->box.min_h = STEP;
  return w;
}

// ---- A look ------------------------------------------------------------------------------

static double name_height(widget *w, view *v, double width) {
  return fit(v, TEXT_CAPTION, w->label, width).h;
}

static extent measure_look(widget *w, view *v, double width) {
  const extent e = text_measure(v->text, look_of(TEXT_CAPTION_ON, 0), w->label);
  const double wide = width > 0 ? fmin(e.w, width) : e.w;
  return (extent){fmax(72, wide), SAMPLE + 10 + name_height(w, v, width)};
}

static void draw_look(widget *w, view *v, cairo_t *cr) {
  const theme *t = theme_of((theme_name)w->number);
  const rect r = {w->rect.x + 5, w->rect.y + 5, w->rect.w - 10, SAMPLE - 10};
  const bool on = widget_is(w, STATE_SELECTED);
  draw_round_fill(cr, r, w->radius, theme_colour(t, TOKEN_PAPER));
  draw_round_border(cr, r, w->radius, 1.5, view_colour(v, TOKEN_CONTROL));
  if (on)
    draw_round_border(
      cr, rect_grown(r, 5), w->radius + 5, 3, view_colour(v, TOKEN_PRIMARY));
  const token ink = t->solid ? TOKEN_PRIMARY : TOKEN_INK;
  const extent e = text_measure(v->text, look_of(TEXT_HEADING, 0), "Aa");
  text_draw(v->text, cr, look_of(TEXT_HEADING, 0), "Aa", r.x + (r.w - e.w) / 2,
    r.y + (r.h - e.h) / 2, theme_colour(t, ink));
  text_look name = look_of(on ? TEXT_CAPTION_ON : TEXT_CAPTION, w->rect.w);
  name.align = ALIGN_MIDDLE;
  text_draw(v->text, cr, name, w->label, w->rect.x, w->rect.y + SAMPLE + 8,
    view_colour(v, TOKEN_INK));
}

static const widget_sort look_sort = {.role = ROLE_OPTION,
  .focusable = true,
  .measure = measure_look,
  .draw = draw_look,
  .point = choose_point,
  .press = choose_press,
  .colours = on_ground};

widget *setting_look(
  widget *parent, const char *id, const char *label, theme_name look, bool chosen) {
  widget *w = widget_create(&look_sort, parent, id, label);
  w->number = look;
  w->radius = 16;
  widget_set_state(w, STATE_SELECTED, chosen);
  return w;
}
