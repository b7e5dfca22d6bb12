// SPDX-License-Identifier: GPL-3.0-or-later
// Facts as lists to be read: an object becomes names and values, an array of objects a
// numbered list with a line for each.
#include "core/record/json_text.h"
#include "core/record/report_parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

// Whoever wrote the file needs it; who reads the page does not.
static bool is_inner(const char *key) {
  static const char *const keys[] = {"gesto", "format", "version", "id", "check"};
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
    if (strcmp(key, keys[i]) == 0) return true;
  return false;
}

static void spaced(const char *key, char *name, size_t room) {
  size_t i = 0;
  for (; key[i] && i + 1 < room; i++)
    name[i] = key[i] == '_' || key[i] == '-' ? ' ' : key[i];
  name[i] = 0;
}

void report_put_name(text *page, const char *key) {
  char name[128];
  spaced(key, name, sizeof name);
  if (name[0] >= 'a' && name[0] <= 'z') name[0] = (char)(name[0] - 'a' + 'A');
  report_escape(page, name);
}

static bool is_seconds(const char *key) {
  const size_t size = strlen(key);
  return strcmp(key, "t") == 0 || strcmp(key, "at") == 0 ||
    (size >= 7 && strcmp(key + size - 7, "seconds") == 0);
}

static void put_clock(text *page, double seconds) {
  const unsigned whole = seconds > 0 && seconds < 1e8 ? (unsigned)seconds : 0;
  text_format(page, "%u:%02u", whole / 60, whole % 60);
}

static void put_plain(text *page, const char *key, const json_t *value) {
  const double number = json_number_value(value);
  if (json_is_string(value))
    report_escape(page, json_string_value(value));
  else if (json_is_boolean(value))
    text_say(page, json_is_true(value) ? "yes" : "no");
  else if (json_is_null(value))
    text_say(page, "–");
  else if (is_seconds(key) && strlen(key) <= 2)
    put_clock(page, number);
  else if (is_seconds(key))
    report_put_length(page, number);
  else if (json_is_number(value))
    text_format(page, "%.6g", number);
}

static bool is_one_of(const char *key, const char *const *keys) {
  for (; *keys; keys++)
    if (strcmp(*keys, key) == 0) return true;
  return false;
}

static const char *const moments[] = {"t", "at", "start", "end", NULL};
static const char *const headlines[] = {"said", "name", "title", NULL};

// "0:12 to 0:28 Let the shoulders rise": when, and what a person calls it.
// Returns the key of the headline, NULL if there is none.
static const char *put_line_head(text *page, const json_t *object) {
  const char *gap = "";
  for (const char *const *key = moments; *key; key++) {
    const json_t *value = json_object_get(object, *key);
    if (!json_is_number(value)) continue;
    text_say(page, gap);
    put_clock(page, json_number_value(value));
    gap = " to ";
  }
  if (gap[0]) text_say(page, " ");
  for (const char *const *key = headlines; *key; key++) {
    const char *words = json_text_string(object, *key, NULL);
    if (!words) continue;
    report_escape(page, words);
    return *key;
  }
  return NULL;
}

// One fact inside of a line. False: nothing was to be said.
static bool put_aside(text *page, const char *gap, const char *key, const json_t *value) {
  char name[128];
  if (json_is_false(value) || json_is_null(value)) return false;
  text_say(page, gap);
  spaced(key, name, sizeof name);
  if (json_is_string(value)) {
    report_escape(page, json_string_value(value));
  } else if (json_is_number(value) && is_seconds(key)) {
    report_put_length(page, json_number_value(value));
  } else {
    report_escape(page, name);
    if (!json_is_true(value)) text_say(page, " ");
    if (json_is_number(value))
      put_plain(page, key, value);
    else if (!json_is_true(value))
      report_put_facts(page, value);
  }
  return true;
}

static void put_line(text *page, const json_t *object) {
  const char *key;
  json_t *value;
  const char *headline = put_line_head(page, object);
  const char *gap = headline ? ", " : "";
  json_object_foreach((json_t *)object, key, value) {
    if (is_inner(key) || (json_is_number(value) && is_one_of(key, moments))) continue;
    if (headline && strcmp(key, headline) == 0) continue;
    if (put_aside(page, gap, key, value)) gap = ", ";
  }
}

static void put_array(text *page, const json_t *array) {
  size_t i;
  json_t *value;
  bool lines = false;
  json_array_foreach(array, i, value) lines |= json_is_object(value);
  text_say(page, lines ? "<ol>\n" : "<ul>\n");
  json_array_foreach(array, i, value) {
    text_say(page, "<li>");
    if (json_is_object(value))
      put_line(page, value);
    else
      report_put_facts(page, value);
    text_say(page, "</li>\n");
  }
  text_say(page, lines ? "</ol>\n" : "</ul>\n");
}

static void put_object(text *page, const json_t *object) {
  const char *key;
  json_t *value;
  text_say(page, "<dl>\n");
  json_object_foreach((json_t *)object, key, value) {
    if (is_inner(key)) continue;
    text_say(page, "<dt>");
    report_put_name(page, key);
    text_say(page, "</dt><dd>");
    if (json_is_object(value) || json_is_array(value))
      report_put_facts(page, value);
    else
      put_plain(page, key, value);
    text_say(page, "</dd>\n");
  }
  text_say(page, "</dl>\n");
}

void report_put_facts(text *page, const json_t *facts) {
  if (json_is_array(facts))
    put_array(page, facts);
  else if (json_is_object(facts))
    put_object(page, facts);
  else
    put_plain(page, "", facts);
}
