// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/record/json_text.h"

#include "core/base/io.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// jansson has a fixed limit of its own that is far deeper.
static bool too_deep(const char *text, size_t size) {
  int depth = 0;
  bool quoted = false;
  for (size_t i = 0; i < size; i++) {
    const char c = text[i];
    if (quoted && c == '\\')
      i++;
    else if (c == '"')
      quoted = !quoted;
    else if (!quoted && (c == '{' || c == '[') && ++depth > JSON_DEPTH_MOST)
      return true;
    else if (!quoted && (c == '}' || c == ']'))
      depth--;
  }
  return false;
}

static void say(char *why, size_t room, const char *what) {
  if (why && room) snprintf(why, room, "%s", what);
}

result json_text_read(
  const char *text, size_t size, json_t **value, char *why, size_t room) {
  *value = NULL;
  if (size > JSON_TEXT_MOST || too_deep(text, size)) {
    say(why, room, "there is more in it than Gesto takes (1 MiB, 32 levels)");
    return TOO_LARGE;
  }
  json_error_t e;
  *value = json_loadb(text, size, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &e);
  if (*value) return OK;
  say(why, room, e.text);
  return BAD_DATA;
}

result json_text_load(int dir, const char *name, json_t **value) {
  char *text = NULL;
  size_t size = 0;
  *value = NULL;
  result r = io_load(dir, name, JSON_TEXT_MOST, &text, &size);
  if (r == OK) r = json_text_read(text, size, value, NULL, 0);
  free(text);
  return r;
}

char *json_text_dump(const json_t *value) {
  char *text =
    json_dumps(value, JSON_INDENT(2) | JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
  const size_t size = text ? strlen(text) : 0;
  char *longer = text ? realloc(text, size + 2) : NULL;
  if (!longer) {
    free(text);
    return NULL;
  }
  memcpy(longer + size, "\n", 2);
  return longer;
}

bool json_text_fits(const json_t *value, size_t most) {
  char *text = json_text_dump(value);
  const size_t size = text ? strlen(text) : 0;
  const bool fits =
    text && size <= most && size <= JSON_TEXT_MOST && !too_deep(text, size);
  free(text);
  return fits;
}

result json_text_set(
  const json_t *whole, size_t most, json_t *object, const char *key, json_t *value) {
  json_t *before = json_incref(json_object_get(object, key));
  result r = json_object_set_new(object, key, value) == 0 ? OK : NO_MEMORY;
  if (r == OK && !json_text_fits(whole, most)) r = TOO_LARGE;
  if (r != OK && before)
    (void)json_object_set(object, key, before);
  else if (r != OK)
    (void)json_object_del(object, key);
  json_decref(before);
  return r;
}

result json_text_save(int dir, const char *name, const json_t *value) {
  char *text = json_text_dump(value);
  if (!text) return NO_MEMORY;
  const size_t size = strlen(text);
  const bool fits = size <= JSON_TEXT_MOST && !too_deep(text, size);
  const result r = fits ? io_save(dir, name, text, size) : TOO_LARGE;
  free(text);
  return r;
}

const char *json_text_string(
  const json_t *object, const char *key, const char *otherwise) {
  const char *text = json_string_value(json_object_get(object, key));
  return text ? text : otherwise;
}

double json_text_number(const json_t *object, const char *key, double otherwise) {
  const json_t *value = json_object_get(object, key);
  return json_is_number(value) ? json_number_value(value) : otherwise;
}
