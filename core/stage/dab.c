// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/dab.h"

#include "core/stage/panel_size.h"
#include "core/stage/stage.h"
#include "core/ui/draw.h"
#include "core/ui/widgets.h"

#include <math.h>

enum { LOOK_US = 400 * 1000, SHOW_US = 1200 * 1000, LOOK_MS = 30, KNOB = 19, AWAY = 24 };

// What sets the size, in the panel at the side; NULL: there is none.
static panel_link *size_of(stage *s) {
  for (uint32_t i = 0; s->chosen && i < s->chosen->control_count; i++) {
    panel_link *l = &s->links[i];
    if (l->control->kind == GESTO_RANGE && !l->control->group[0] &&
      panel_link_on_panel(l))
      return l;
  }
  return NULL;
}

// NULL: there is none, or it is not open.
static widget *slider_of(stage *s) {
  const panel_link *l = size_of(s);
  return l ? l->widget : NULL;
}

static uint32_t colour_now(const stage *s) {
  for (uint32_t i = 0; s->chosen && i < s->chosen->control_count; i++)
    if (s->links[i].control->kind == GESTO_COLOUR)
      return (uint32_t)lround(s->links[i].value);
  return 0x22302F;
}

void dab_expect(const panel_link *l) {
  stage *s = l->stage;
  s->dab.look_us = s->now_us + LOOK_US;
  if (l->widget && l->widget == slider_of(s)) s->dab.shown_us = s->now_us;
}

static bool is_large(stage *s) {
  const bool moved = s->dab.shown_us && s->now_us < s->dab.shown_us + SHOW_US;
  const widget *slider = moved ? slider_of(s) : NULL;
  return slider && s->area && s->dab.radius > KNOB;
}

void dab_turn(stage *s) {
  dab *d = &s->dab;
  panel_link *size = size_of(s);
  widget *slider = slider_of(s);
  const double radius = live_dab(&s->live) * closer_scale(s) / 2;
  const bool anew = fabs(radius - d->radius) > 0.05;
  d->radius = radius;
  if (slider) slider_set_dab(&s->view, slider, radius);
  if (size) panel_size_show(size, radius, colour_now(s));
  const bool large = is_large(s);
  if (s->area && (large != d->large || (large && anew))) view_changed(&s->view, s->area);
  d->large = large;
}

int dab_wait_ms(const stage *s) {
  const dab *d = &s->dab;
  return s->now_us < d->look_us || d->large ? LOOK_MS : -1;
}

// As much of it as the work has room for, beside the slider and at its height.
void dab_draw(const widget *area, view *v, cairo_t *cr) {
  stage *s = area->own;
  const widget *slider = slider_of(s);
  if (!s->dab.large || !slider) return;
  const rect r = area->rect;
  const double radius = s->dab.radius;
  const bool left = slider->rect.x < r.x;
  const double x = left ? r.x + AWAY + radius : r.x + r.w - AWAY - radius;
  const double y = number_between(slider->rect.y + slider->rect.h / 2,
    r.y + AWAY + radius, fmax(r.y + AWAY + radius, r.y + r.h - AWAY - radius));
  cairo_save(cr);
  draw_round_path(cr, r, area->radius);
  cairo_clip(cr);
  draw_disc(cr, x, y, radius + 4, view_colour(v, TOKEN_INK));
  draw_disc(cr, x, y, radius + 2.5, view_colour(v, TOKEN_SURFACE));
  draw_disc(cr, x, y, radius, colour_now(s));
  cairo_restore(cr);
}
