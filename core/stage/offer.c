// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/offer.h"

#include "core/ui/say.h"

#include <string.h>

static const char *text_of(const json_t *o, const char *key) {
  const char *s = json_string_value(json_object_get(o, key));
  return s ? s : "";
}

// In the language of the screen, if it is known there.
static const char *words_of(const json_t *o, const char *key) {
  return say_declared(text_of(o, key));
}

static double number_of(const json_t *o, const char *key) {
  return json_number_value(json_object_get(o, key));
}

static uint32_t kind_of(const char *name) {
  static const char *const kinds[] = {[GESTO_BUTTON] = "button",
    [GESTO_TOGGLE] = "toggle",
    [GESTO_CHOICE] = "choice",
    [GESTO_RANGE] = "range",
    [GESTO_COLOUR] = "colour",
    [GESTO_TEXT_FIELD] = "text"};
  for (uint32_t k = GESTO_BUTTON; k <= GESTO_TEXT_FIELD; k++)
    if (strcmp(name, kinds[k]) == 0) return k;
  return 0;
}

static uint32_t flags_of(const json_t *list) {
  uint32_t flags = 0;
  size_t i = 0;
  json_t *item = NULL;
  json_array_foreach(list, i, item) {
    const char *s = json_string_value(item);
    if (!s) continue;
    if (strcmp(s, "therapist") == 0) flags |= GESTO_FOR_THERAPIST;
    if (strcmp(s, "at-hand") == 0) flags |= GESTO_AT_HAND;
    if (strcmp(s, "undoable") == 0) flags |= GESTO_UNDOABLE;
    if (strcmp(s, "instead") == 0) flags |= GESTO_INSTEAD;
    if (strcmp(s, "repeats") == 0) flags |= GESTO_REPEATS;
    if (strcmp(s, "unseen") == 0) flags |= GESTO_UNSEEN;
  }
  return flags;
}

static void read_choices(offer_control *c, const json_t *list) {
  size_t i = 0;
  json_t *item = NULL;
  json_array_foreach(list, i, item) {
    if (c->choice_count == OFFER_CHOICES) return;
    const json_t *value = json_object_get(item, "value");
    c->choices[c->choice_count++] = (offer_choice){text_of(item, "key"),
      words_of(item, "name"), text_of(item, "picture"),
      (uint32_t)(json_is_integer(value) ? json_integer_value(value) : (json_int_t)i)};
  }
}

// The choice of that key goes to `place`; those between make room.
static bool bring_to(offer_control *c, uint32_t place, const char *key, size_t length) {
  for (uint32_t i = place; i < c->choice_count; i++) {
    const offer_choice one = c->choices[i];
    if (strlen(one.key) != length || strncmp(one.key, key, length) != 0) continue;
    memmove(&c->choices[place + 1], &c->choices[place], (i - place) * sizeof one);
    c->choices[place] = one;
    return true;
  }
  return false;
}

static void order_choices(offer_control *c, const char *order) {
  uint32_t place = 0;
  while (*(order += strspn(order, " "))) {
    const size_t length = strcspn(order, " ");
    place += bring_to(c, place, order, length);
    order += length;
  }
}

static void read_colours(offer_control *c, const json_t *list) {
  for (size_t i = 0; i < json_array_size(list) && i < OFFER_CHOICES; i++)
    c->colours[c->colour_count++] =
      (uint32_t)json_integer_value(json_array_get(list, i)) & 0xFFFFFF;
}

// A control that has no name or no known kind is passed over: it could not be shown.
static void read_control(offer *o, const json_t *item) {
  offer_control c = {.id = (uint32_t)json_integer_value(json_object_get(item, "id")),
    .kind = kind_of(text_of(item, "kind")),
    .flags = flags_of(json_object_get(item, "flags")),
    .key = text_of(item, "key"),
    .name = words_of(item, "name"),
    .hint = words_of(item, "hint"),
    .unit = words_of(item, "unit"),
    .keys = text_of(item, "keys"),
    .group = words_of(item, "group"),
    .low = number_of(item, "low"),
    .high = number_of(item, "high"),
    .step = number_of(item, "step"),
    .initial = number_of(item, "initial"),
    .limit = (uint32_t)json_integer_value(json_object_get(item, "limit"))};
  read_choices(&c, json_object_get(item, "choices"));
  order_choices(&c, text_of(item, "order"));
  read_colours(&c, json_object_get(item, "colours"));
  for (uint32_t i = 0; i < c.choice_count; i++)
    if (!c.choices[i].name[0]) return;
  if (c.kind == GESTO_RANGE && !(c.high > c.low)) return;
  if (!c.kind || !c.name[0] || o->control_count == OFFER_CONTROLS) return;
  o->controls[o->control_count++] = c;
}

static bool wants(const json_t *json, const char *what) {
  size_t i = 0;
  json_t *item = NULL;
  json_array_foreach(json_object_get(json, "wants"), i, item) {
    const char *s = json_string_value(item);
    if (s && strcmp(s, what) == 0) return true;
  }
  return false;
}

result offer_read(offer *o, json_t *json) {
  *o = (offer){0};
  if (!json_is_object(json) || !text_of(json, "id")[0] || !text_of(json, "name")[0])
    return BAD_DATA;
  o->json = json_incref(json);
  o->canvas = wants(json, "canvas");
  o->id = text_of(json, "id");
  o->version = text_of(json, "version");
  o->title = words_of(json, text_of(json, "title")[0] ? "title" : "name");
  const json_t *purpose = json_object_get(json, "purpose");
  o->invitation = words_of(purpose, "invitation");
  o->why = words_of(purpose, "why");
  o->care = words_of(purpose, "care");
  size_t i = 0;
  json_t *item = NULL;
  json_array_foreach(json_object_get(json, "controls"), i, item) read_control(o, item);
  return OK;
}

// The same JSON gives the same controls, so that whoever points to one still does.
void offer_translate(offer *o) {
  offer anew;
  if (!o->json || offer_read(&anew, o->json) != OK) return;
  json_decref(o->json);
  *o = anew;
}

void offer_finish(offer *o) {
  json_decref(o->json);
  *o = (offer){0};
}

const offer_choice *offer_choice_of(const offer_control *c, uint32_t value) {
  for (uint32_t i = 0; i < c->choice_count; i++)
    if (c->choices[i].value == value) return &c->choices[i];
  return NULL;
}

const offer_control *offer_find(const offer *o, uint32_t control_id) {
  for (uint32_t i = 0; i < o->control_count; i++)
    if (o->controls[i].id == control_id) return &o->controls[i];
  return NULL;
}
