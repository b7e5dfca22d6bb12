// SPDX-License-Identifier: GPL-3.0-or-later
// mix_enter() of mix.h: the pad for who has one switch, as two rows of hues, then one of how
// light.
#include "core/stage/mix.h"
#include "core/stage/mix_pad.h"
#include "core/stage/pages.h"
#include "core/ui/over.h"

#include <stdio.h>

enum { HUES = 12, LIGHTS = 7 };

static void put(stage *s, colour c) {
  widget *pad = s->mixing.pad;
  mix_pad_set(&s->view, pad, c);
  pad->changed(pad->data, pad);
}

static void away(void *data, widget *w) {
  (void)w;
  over_away(&((stage *)data)->view);
}

static widget *box_of(const char *id, const char *label) {
  widget *all = card_box_create(NULL, id, label);
  all->surface = SURFACE_SHEET;
  all->box.gap = 12;
  return all;
}

static widget *line_of(widget *all, const char *id, const char *label) {
  widget *line = group_create(all, id, label);
  line->box.flow = FLOW_ROW;
  line->box.gap = 10;
  return line;
}

static void add(stage *s, widget *line, const char *part, uint32_t number, colour c,
  widget_call *chosen) {
  char id[32];
  char words[128];
  snprintf(id, sizeof id, "mix-%s-%u", part, number);
  colour_name(colour_rgb(c), words, sizeof words);
  widget *w = swatch_create(line, id, words, colour_rgb(c));
  w->number = number;
  w->chosen = chosen;
  w->data = s;
}

static void add_done(stage *s, widget *all) {
  widget *w = button_create(all, "mix-over", "check", _("Done"), BUTTON_PLAIN);
  w->chosen = away;
  w->data = s;
}

static void light_chosen(void *data, widget *w) {
  stage *s = data;
  colour c = mix_pad_colour(s->mixing.pad);
  c.light = colour_of(w->colour).light;
  put(s, c);
  over_away(&s->view);
}

static void offer_lights(stage *s) {
  widget *pad = s->mixing.pad;
  colour c = mix_pad_colour(pad);
  widget *all = box_of("mix-lights", _("How light"));
  widget *line = line_of(all, "mix-light-line", _("How light"));
  for (uint32_t i = 0; i < LIGHTS; i++) {
    c.light = 0.95 - 0.12 * i;
    add(s, line, "light", i, c, light_chosen);
  }
  add_done(s, all);
  over_show(&s->view, all, pad);
}

static void hue_chosen(void *data, widget *w) {
  stage *s = data;
  colour c = mix_pad_colour(s->mixing.pad);
  c.hue = (w->number + 0.5) / HUES;
  put(s, c);
  offer_lights(s);
}

void mix_enter(stage *s, widget *pad) {
  colour c = mix_pad_colour(pad);
  widget *all = box_of("mix-hues", _("Hue and lightness"));
  widget *warm = line_of(all, "mix-warm", _("Warm colours"));
  widget *cool = line_of(all, "mix-cool", _("Cool colours"));
  c.light = 0.65;
  if (c.strength < 0.25) c.strength = 0.6; // else all of them look alike
  for (uint32_t i = 0; i < HUES; i++) {
    c.hue = (i + 0.5) / HUES;
    add(s, i < HUES / 2 ? warm : cool, "hue", i, c, hue_chosen);
  }
  add_done(s, all);
  over_show(&s->view, all, pad);
}
