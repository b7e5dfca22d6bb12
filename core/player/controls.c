// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/controls.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *settings_find(const settings *s, const char *key) {
  for (uint32_t i = 0; s && key && i < s->count; i++) {
    if (strcmp(s->all[i].key, key) == 0) return s->all[i].value;
  }
  return NULL;
}

static const gesto_control *find(const controls *c, uint32_t id, uint32_t *place) {
  for (uint32_t i = 0; i < c->of->control_count; i++) {
    if (c->of->controls[i].id != id) continue;
    *place = i;
    return &c->of->controls[i];
  }
  return NULL;
}

static double within(double value, double low, double high) {
  if (value < low) return low;
  return value > high ? high : value;
}

static double on_step(const gesto_control *k, double value) {
  value = within(value, k->low, k->high);
  if (!(k->step > 0)) return value;
  return within(k->low + round((value - k->low) / k->step) * k->step, k->low, k->high);
}

static double fit(const gesto_control *k, double value) {
  if (!isfinite(value)) value = k->initial;
  switch (k->kind) {
  case GESTO_TOGGLE: return value >= 0.5 ? 1 : 0;
  case GESTO_CHOICE: return within(round(value), 0, exercise_choice_count(k) - 1.0);
  case GESTO_COLOUR: return within(floor(value), 0, 0xFFFFFF);
  case GESTO_RANGE: return on_step(k, value);
  default: return 0;
  }
}

bool controls_fit(const controls *c, uint32_t id, double *value) {
  uint32_t place = 0;
  const gesto_control *k = find(c, id, &place);
  if (!k || k->kind == GESTO_BUTTON || k->kind == GESTO_TEXT_FIELD) return false;
  *value = fit(k, *value);
  return true;
}

bool controls_fit_button(const controls *c, uint32_t id, double *value) {
  uint32_t place = 0;
  const gesto_control *k = find(c, id, &place);
  if (!k || k->kind != GESTO_BUTTON) return false;
  *value = *value >= 0.5 ? 1 : 0;
  return true;
}

void controls_set(controls *c, uint32_t id, double value) {
  uint32_t place = 0;
  if (find(c, id, &place)) c->value[place] = value;
}

void controls_ask(controls *c, uint32_t id, double value) {
  if (c->asked_count == CONTROLS_ASKED_MAX) return;
  c->asked[c->asked_count].id = id;
  c->asked[c->asked_count++].value = value;
}

static bool is_yes(const char *text) {
  return strcmp(text, "on") == 0 || strcmp(text, "yes") == 0 || strcmp(text, "true") == 0;
}

static double choice_named(const gesto_control *k, const char *text) {
  for (uint32_t i = 0; i < exercise_choice_count(k); i++) {
    if (strcmp(k->choices[i].key, text) == 0) return i;
  }
  return k->initial;
}

static double value_in_words(const gesto_control *k, const char *text) {
  if (k->kind == GESTO_CHOICE) return choice_named(k, text);
  if (k->kind == GESTO_TOGGLE && is_yes(text)) return 1;
  if (k->kind == GESTO_COLOUR && text[0] == '#')
    return (double)strtoul(text + 1, NULL, 16);
  char *end = NULL;
  double value = strtod(text, &end);
  if (end != text) return value;
  return k->kind == GESTO_TOGGLE ? 0 : k->initial;
}

void controls_init(controls *c, const exercise *of, const settings *s) {
  *c = (controls){.of = of};
  for (uint32_t i = 0; i < of->control_count; i++) {
    const gesto_control *k = &of->controls[i];
    const char *wish = settings_find(s, k->key);
    c->value[i] = fit(k, wish ? value_in_words(k, wish) : k->initial);
  }
}
