// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/panel_link.h"

#include "core/stage/mix.h"
#include "core/stage/palette.h"
#include "core/stage/panel_row.h"
#include "core/stage/stage.h"
#include "core/ui/events.h"
#include "core/ui/say.h"
#include "core/ui/widgets.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { PACE_US = 400 * 1000 };

static uint32_t count(const stage *s) { return s->chosen ? s->chosen->control_count : 0; }

void panel_link_reset(stage *s) {
  memset(s->links, 0, sizeof s->links);
  s->hold = (panel_hold){.link = NULL};
  for (uint32_t i = 0; i < count(s); i++)
    s->links[i] = (panel_link){.stage = s,
      .control = &s->chosen->controls[i],
      .value = s->chosen->controls[i].initial};
}

static void let_go(widget **w, const widget *top) {
  if (*w && (!top || view_is_below(*w, top))) *w = NULL;
}

void panel_link_await(stage *s) {
  for (uint32_t i = 0; i < count(s); i++) s->links[i].told = s->links[i].ahead = false;
}

void panel_link_let_go(stage *s, const widget *top) {
  mix_let_go(s, top);
  for (int i = 0; i < OFFER_CONTROLS; i++) {
    let_go(&s->links[i].widget, top);
    let_go(&s->links[i].caption, top);
    let_go(&s->links[i].row, top);
  }
}

bool panel_link_on_panel(const panel_link *l) {
  const uint32_t flags = l->control->flags;
  const bool at_hand = l->control->kind == GESTO_BUTTON && (flags & GESTO_AT_HAND);
  return !(flags & (GESTO_FOR_THERAPIST | GESTO_UNSEEN)) && !at_hand;
}

panel_link *panel_link_head(panel_link *l) {
  const char *group = l->control->group;
  for (panel_link *h = l->stage->links; group[0] && h < l; h++)
    if (panel_link_on_panel(h) && strcmp(h->control->group, group) == 0) return h;
  return l;
}

bool panel_link_has_colours(const stage *s) {
  for (uint32_t i = 0; i < count(s); i++)
    if (s->chosen->controls[i].kind == GESTO_COLOUR) return true;
  return false;
}

// ---- In words ----------------------------------------------------------------------------

// As many digits as the step has: 72, 7.5, 0.25.
static int digits_of(double step) {
  static const double tens[] = {1, 10};
  for (int digits = 0; digits < 2; digits++) {
    const double s = step * tens[digits];
    if (fabs(s - round(s)) <= 1e-6) return digits;
  }
  return 2;
}

void panel_link_words(const panel_link *l, char *words, size_t room) {
  const offer_control *c = l->control;
  const offer_choice *now = NULL;
  words[0] = 0;
  switch (c->kind) {
  case GESTO_TOGGLE:
    snprintf(words, room, "%s", l->value > 0.5 ? _("on") : _("off"));
    break;
  case GESTO_CHOICE:
    if ((c->flags & GESTO_INSTEAD) && l->value < 0.5) break; // it is not there
    now = offer_choice_of(c, (uint32_t)lround(l->value));
    snprintf(words, room, "%s", now ? now->name : "");
    break;
  case GESTO_RANGE:
    snprintf(words, room, "%.*f%s%s", digits_of(c->step), l->value, c->unit[0] ? " " : "",
      c->unit);
    break;
  default: break;
  }
}

// ---- One choice instead of another -------------------------------------------------------

static bool stands_in(const panel_link *l) {
  const bool may =
    l->control->kind == GESTO_CHOICE && (l->control->flags & GESTO_INSTEAD);
  return may && l->value > 0.5;
}

panel_link *panel_link_first_choice(stage *s) {
  for (uint32_t i = 0; i < count(s); i++)
    if (s->links[i].control->kind == GESTO_CHOICE) return &s->links[i];
  return NULL;
}

// Another choice stands in for it.
static bool overruled(const panel_link *l) {
  const stage *s = l->stage;
  bool any = false;
  for (uint32_t i = 0; i < count(s); i++) any = any || stands_in(&s->links[i]);
  return any && panel_link_first_choice(l->stage) == l;
}

// ---- Choices that are there now ------------------------------------------------------------

static bool is_there(const panel_link *l, uint32_t value) {
  const stage *s = l->stage;
  for (uint32_t i = 0; l->control->limit && i < count(s); i++)
    if (s->links[i].control->id == l->control->limit) return value < s->links[i].value;
  return true;
}

static void show_those_there(panel_link *l) {
  bool moved = false;
  for (widget *o = l->widget->first; l->control->limit && o; o = o->next) {
    const bool hidden = !is_there(l, o->number);
    moved = moved || hidden != widget_is(o, STATE_HIDDEN);
    widget_set_state(o, STATE_HIDDEN, hidden);
  }
  if (moved) view_moved(&l->stage->view);
}

// What says how many there are shows in what it limits.
static void show_limited(const panel_link *by) {
  stage *s = by->stage;
  for (uint32_t i = 0; i < count(s); i++)
    if (s->links[i].control->limit == by->control->id && s->links[i].widget)
      show_those_there(&s->links[i]);
}

// ---- Showing a value ---------------------------------------------------------------------

static void show_options(panel_link *l) {
  const bool none = overruled(l);
  show_those_there(l);
  for (widget *o = l->widget->first; o; o = o->next)
    widget_set_state(o, STATE_SELECTED, !none && o->number == (uint32_t)lround(l->value));
  view_changed(&l->stage->view, l->widget);
}

static void show_choice(panel_link *l) {
  char words[256];
  if (l->widget->first) {
    show_options(l);
    return;
  }
  panel_link_words(l, words, sizeof words);
  panel_row_set(&l->stage->view, l->widget, words, stands_in(l));
}

static void show_colour(panel_link *l) {
  for (widget *o = l->widget->first; o; o = o->next)
    widget_set_state(o, STATE_SELECTED, o->colour == (uint32_t)lround(l->value));
  view_changed(&l->stage->view, l->widget);
}

// The size of a brush shows in the colour that is chosen.
static void tint_sliders(stage *s, uint32_t rgb) {
  for (uint32_t i = 0; i < count(s); i++) {
    widget *w = s->links[i].widget;
    if (!w || w->sort->role != ROLE_SLIDER) continue;
    w->colour = rgb;
    view_changed(&s->view, w);
  }
}

// "Tempo 72 beats per minute": the number stands with the name where it has a unit.
static void show_number(panel_link *l) {
  const offer_control *c = l->control;
  if (!l->caption || !c->unit[0] || c->kind != GESTO_RANGE) return;
  char words[256];
  widget *w = l->caption;
  view *v = &l->stage->view;
  const bool narrow = panel_link_has_colours(l->stage) && !c->group[0];
  snprintf(words, sizeof words, "%s %.*f%s%s", c->name, digits_of(c->step), l->value,
    narrow ? "" : " ", narrow ? "" : c->unit);
  widget_set_label(w, words);
  const text_look look = {.style = w->style, .width = w->rect.w};
  if (text_measure(v->text, look, words).h > w->rect.h + 0.5)
    view_moved(v); // it needs another line
  else
    view_changed(v, w);
}

// How things stand in a group: what the first of it that has a value says.
static void show_row(panel_link *head) {
  char words[256] = "";
  if (!head->row) return;
  for (panel_link *l = head; l < head->stage->links + count(head->stage) && !words[0];
       l++)
    if (panel_link_on_panel(l) && panel_link_head(l) == head)
      panel_link_words(l, words, sizeof words);
  panel_row_set(&head->stage->view, head->row, words, false);
}

// The one that it stands in for shows it, too.
static void show_overruled(const panel_link *l) {
  panel_link *first = panel_link_first_choice(l->stage);
  if (!(l->control->flags & GESTO_INSTEAD) || !first || !first->widget || first == l)
    return;
  if (first->widget->first) show_options(first);
}

void panel_link_show(panel_link *l) {
  view *v = &l->stage->view;
  show_row(panel_link_head(l));
  show_overruled(l);
  show_limited(l);
  if (!l->widget) return;
  show_number(l);
  switch (l->control->kind) {
  case GESTO_CHOICE: show_choice(l); break;
  case GESTO_COLOUR:
    show_colour(l);
    mix_show(l);
    tint_sliders(l->stage, (uint32_t)lround(l->value));
    break;
  case GESTO_RANGE: slider_set(v, l->widget, l->value); break;
  case GESTO_TOGGLE:
    l->widget->value = l->value;
    widget_set_state(l->widget, STATE_SELECTED, l->value > 0.5);
    view_changed(v, l->widget);
    break;
  case GESTO_BUTTON:
    widget_set_state(l->widget, STATE_DISABLED, l->value > 0.5);
    view_changed(v, l->widget);
    break;
  default: break;
  }
}

// What the work begins with: it stands there together with the work, unless a client was
// quicker.
static void begin_with(panel_link *l, double value) {
  const bool other = fabs(value - l->value) > 1e-12;
  l->told = true;
  if (l->ahead) return;
  l->value = value;
  if (other) panel_link_show(l);
}

void panel_link_set(stage *s, uint32_t control_id, double value) {
  for (uint32_t i = 0; i < count(s); i++) {
    panel_link *l = &s->links[i];
    if (l->control->id != control_id) continue;
    if (!l->told) {
      begin_with(l, value);
    } else {
      l->value = value;
      l->late = true;
    }
  }
  panel_link_show_late(s);
}

// Until it may change again; 0 is now.
static uint64_t rests_us(const stage *s) {
  const uint64_t since = s->now_us - s->panel_shown_us;
  return s->panel_shown_us && since < PACE_US ? PACE_US - since : 0;
}

void panel_link_show_late(stage *s) {
  if (rests_us(s)) return;
  for (uint32_t i = 0; i < count(s); i++) {
    panel_link *l = &s->links[i];
    if (!l->late) continue;
    l->late = false;
    s->panel_shown_us = s->now_us;
    panel_link_show(l);
  }
}

int panel_link_wait_ms(const stage *s) {
  bool late = false;
  for (uint32_t i = 0; i < count(s); i++) late |= s->links[i].late;
  return late ? (int)((rests_us(s) + 999) / 1000) : -1;
}

// ---- What a client does with it ----------------------------------------------------------

void panel_link_take(panel_link *l, double value) {
  stage *s = l->stage;
  if (input_control(&s->input, GESTO_CONTROL_SET, l->control->id, value, s->now_us)) {
    l->value = value;
    l->ahead = l->ahead || !l->told;
  }
  panel_link_show(l);
  dab_expect(l);
}

// What a greyed one would do is left to the exercise: it may know better by now.
void panel_link_act(panel_link *l) {
  stage *s = l->stage;
  input_control(&s->input, GESTO_ACTION, l->control->id, 1, s->now_us);
}

static double next_choice(const panel_link *l) {
  const offer_control *c = l->control;
  for (uint32_t i = 0; i + 1 < c->choice_count; i++)
    if (c->choices[i].value == (uint32_t)lround(l->value) &&
      is_there(l, c->choices[i + 1].value))
      return c->choices[i + 1].value;
  return c->choices[0].value;
}

static double next_colour(const panel_link *l) {
  for (int i = 0; i + 1 < PALETTE_COLOURS; i++)
    if (palette_colour(i) == (uint32_t)lround(l->value)) return palette_colour(i + 1);
  return palette_colour(0);
}

// A sheet that stands beside the work takes no key away from it.
static bool is_covered(const stage *s) {
  return s->view.sheet && !widget_is(s->view.sheet, STATE_ASIDE);
}

// As far as an arrow moves its slider, which need not be in sight: a twentieth of the
// way, in whole steps.
static double turned(const offer_control *c, double value, int by) {
  const double twentieth = (c->high - c->low) / 20;
  const double step = c->step > 0 ? c->step : twentieth;
  const double steps = fmax(1, ceil(twentieth / step - 0.5));
  const double from = round((value - c->low) / step);
  return number_between(c->low + (from + by * steps) * step, c->low, c->high);
}

// Of two keys the first makes it less and the second more.
static bool turn_range(panel_link *l, chord c) {
  const char *second = strchr(l->control->keys, ' ');
  if (!second) return false;
  const double value =
    turned(l->control, l->value, events_chord_in(c, second + 1) ? 1 : -1);
  if (fabs(value - l->value) > 1e-12) panel_link_take(l, value);
  return true;
}

bool panel_link_key(stage *s, chord c) {
  if (s->page != PAGE_EXERCISE || is_covered(s)) return false;
  for (uint32_t i = 0; i < count(s); i++) {
    panel_link *l = &s->links[i];
    if (!events_chord_in(c, l->control->keys)) continue;
    if (l->control->kind == GESTO_BUTTON) {
      panel_link_act(l);
      panel_hold_key(l);
    } else if (l->control->kind == GESTO_TOGGLE)
      panel_link_take(l, l->value > 0.5 ? 0 : 1);
    else if (l->control->kind == GESTO_CHOICE && l->control->choice_count > 0)
      panel_link_take(l, next_choice(l));
    else if (l->control->kind == GESTO_COLOUR)
      panel_link_take(l, next_colour(l));
    else if (l->control->kind != GESTO_RANGE || !turn_range(l, c))
      continue;
    return true;
  }
  return false;
}
