// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/record/script_names.h"

#include "core/record/json_text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct control {
  uint32_t id, kind;
  const char *key; // these two borrowed from `declared`
  const json_t *choices;
} control;

struct script_names {
  json_t *declared;
  control *controls;
  size_t count;
};

static uint32_t kind_of(const char *word) {
  static const char *const words[] = {
    "", "button", "toggle", "choice", "range", "colour", "text"};
  for (uint32_t i = GESTO_BUTTON; i <= GESTO_TEXT_FIELD; i++)
    if (strcmp(word, words[i]) == 0) return i;
  return GESTO_RANGE;
}

result script_names_create(script_names **names, const char *declared_json) {
  *names = NULL;
  json_t *declared = NULL;
  result r = json_text_read(declared_json, strlen(declared_json), &declared, NULL, 0);
  if (r != OK) return r;
  const json_t *list = json_object_get(declared, "controls");
  script_names *n = calloc(1, sizeof *n);
  control *controls = calloc(json_array_size(list) + 1, sizeof *controls);
  if (!n || !controls) {
    free(n);
    free(controls);
    json_decref(declared);
    return NO_MEMORY;
  }
  *n = (script_names){.declared = declared, .controls = controls};
  for (size_t i = 0; i < json_array_size(list); i++) {
    const json_t *entry = json_array_get(list, i);
    controls[n->count++] = (control){
      .id = (uint32_t)json_integer_value(json_object_get(entry, "id")),
      .kind = kind_of(json_text_string(entry, "kind", "")),
      .key = json_text_string(entry, "key", ""),
      .choices = json_object_get(entry, "choices"),
    };
  }
  *names = n;
  return OK;
}

void script_names_destroy(script_names *names) {
  if (!names) return;
  json_decref(names->declared);
  free(names->controls);
  free(names);
}

static const control *find(const script_names *names, uint32_t id) {
  for (size_t i = 0; names && i < names->count; i++)
    if (names->controls[i].id == id) return &names->controls[i];
  return NULL;
}

const char *script_names_key(const script_names *names, uint32_t id) {
  const control *c = find(names, id);
  return c && c->key[0] ? c->key : NULL;
}

bool script_names_id(const script_names *names, const char *key, uint32_t *id) {
  for (size_t i = 0; names && i < names->count; i++) {
    if (strcmp(names->controls[i].key, key) != 0) continue;
    *id = names->controls[i].id;
    return true;
  }
  return false;
}

static bool is_whole(double v, double below) {
  return v >= 0 && v < below && v == floor(v);
}

json_t *script_names_show(const script_names *names, uint32_t id, double value) {
  const control *c = find(names, id);
  if (c && c->kind == GESTO_TOGGLE && is_whole(value, 2)) return json_boolean(value != 0);
  if (c && c->kind == GESTO_CHOICE &&
    is_whole(value, (double)json_array_size(c->choices))) {
    const char *key =
      json_text_string(json_array_get(c->choices, (size_t)value), "key", NULL);
    if (key) return json_string(key);
  }
  if (c && c->kind == GESTO_COLOUR && is_whole(value, 0x1000000)) {
    char text[16];
    snprintf(text, sizeof text, "#%06x", (unsigned)value);
    return json_string(text);
  }
  return is_whole(value, 1e15) ? json_integer((json_int_t)value) : json_real(value);
}

static bool read_colour(const char *text, double *value) {
  if (text[0] != '#' || strlen(text) != 7 ||
    strspn(text + 1, "0123456789abcdefABCDEF") != 6)
    return false;
  *value = (double)strtoul(text + 1, NULL, 16);
  return true;
}

bool script_names_read(
  const script_names *names, uint32_t id, const json_t *shown, double *value) {
  if (json_is_number(shown)) {
    *value = json_number_value(shown);
    return true;
  }
  if (json_is_boolean(shown)) {
    *value = json_is_true(shown) ? 1 : 0;
    return true;
  }
  const char *text = json_string_value(shown);
  if (!text) return false;
  const control *c = find(names, id);
  if (!c || c->kind != GESTO_CHOICE) return read_colour(text, value);
  for (size_t i = 0; i < json_array_size(c->choices); i++) {
    if (strcmp(json_text_string(json_array_get(c->choices, i), "key", ""), text) != 0)
      continue;
    *value = (double)i;
    return true;
  }
  return false;
}
