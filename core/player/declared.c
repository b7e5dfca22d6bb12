// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/declared.h"

#include <jansson.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

static json_t *text_of(const char *text) { return json_string(text ? text : ""); }

typedef struct flag_name {
  uint32_t flag;
  const char *name;
} flag_name;

static const flag_name WANTS[] = {{GESTO_WANTS_SOUND, "sound"},
  {GESTO_WANTS_MICROPHONE, "microphone"}, {GESTO_WANTS_CANVAS, "canvas"},
  {GESTO_WANTS_VOICES, "voices"}, {0, NULL}};
static const flag_name FLAGS[] = {{GESTO_FOR_THERAPIST, "therapist"},
  {GESTO_AT_HAND, "at-hand"}, {GESTO_UNDOABLE, "undoable"}, {GESTO_INSTEAD, "instead"},
  {GESTO_REPEATS, "repeats"}, {GESTO_UNSEEN, "unseen"}, {0, NULL}};
static const char *const KINDS[] = {[GESTO_BUTTON] = "button",
  [GESTO_TOGGLE] = "toggle",
  [GESTO_CHOICE] = "choice",
  [GESTO_RANGE] = "range",
  [GESTO_COLOUR] = "colour",
  [GESTO_TEXT_FIELD] = "text"};

static json_t *flag_list(uint32_t flags, const flag_name *names) {
  json_t *list = json_array();
  for (; names->name; names++) {
    if (flags & names->flag) json_array_append_new(list, json_string(names->name));
  }
  return list;
}

static json_t *line_list(const char *text) {
  json_t *list = json_array();
  while (text && *text) {
    size_t n = strcspn(text, "\n");
    if (n > 0) json_array_append_new(list, json_stringn(text, n));
    text += n + (text[n] == '\n');
  }
  return list;
}

static json_t *goal_list(const char *const *goals) {
  json_t *list = json_array();
  for (int i = 0; goals && goals[i] && i < 32; i++) {
    json_array_append_new(list, text_of(goals[i]));
  }
  return list;
}

static json_t *purpose_of(const gesto_purpose *p) {
  return json_pack("{so so so so so so}", "invitation", text_of(p->invitation), "why",
    text_of(p->why), "steps", line_list(p->steps), "care", text_of(p->care), "sources",
    text_of(p->sources), "goals", goal_list(p->goals));
}

static json_t *choice_list(const gesto_control *c) {
  json_t *list = json_array();
  uint32_t count = c->kind == GESTO_CHOICE ? exercise_choice_count(c) : 0;
  for (uint32_t i = 0; i < count; i++) {
    json_t *one = json_pack(
      "{so so}", "key", text_of(c->choices[i].key), "name", text_of(c->choices[i].name));
    if (c->pictures && c->pictures[i])
      json_object_set_new(one, "picture", text_of(c->pictures[i]));
    json_array_append_new(list, one);
  }
  return list;
}

static json_t *number_of(double value) { return json_real(isfinite(value) ? value : 0); }

// NULL if a text of it is not UTF-8.
static json_t *control_of(const gesto_control *c) {
  json_t *o = json_pack("{sI ss so so so so so so so}", "id", (json_int_t)c->id, "kind",
    KINDS[c->kind], "flags", flag_list(c->flags, FLAGS), "key", text_of(c->key), "name",
    text_of(c->name), "hint", text_of(c->hint), "unit", text_of(c->unit), "keys",
    text_of(c->keys), "group", text_of(c->group));
  if (!o) return NULL;
  json_object_set_new(o, "low", number_of(c->low));
  json_object_set_new(o, "high", number_of(c->high));
  json_object_set_new(o, "step", number_of(c->step));
  json_object_set_new(o, "initial", number_of(c->initial));
  json_object_set_new(o, "choices", choice_list(c));
  if (c->order) json_object_set_new(o, "order", text_of(c->order));
  if (c->limit) json_object_set_new(o, "limit", json_integer(c->limit));
  return o;
}

char *declared_json(const exercise *e) {
  json_t *controls = json_array();
  bool whole = true;
  for (uint32_t i = 0; i < e->control_count; i++) {
    whole &= json_array_append_new(controls, control_of(&e->controls[i])) == 0;
  }
  const gesto_exercise *x = &e->entry;
  json_t *all = json_pack("{so so so so so so so so}", "id", text_of(x->id), "name",
    text_of(x->name), "version", text_of(x->version), "author", text_of(x->author),
    "licence", text_of(x->licence), "wants", flag_list(x->wants, WANTS), "purpose",
    purpose_of(&e->purpose), "controls", controls);
  char *text = all && whole ? json_dumps(all, JSON_COMPACT) : NULL;
  json_decref(all);
  return text;
}
