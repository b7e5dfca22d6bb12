// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/record/recipe_access.h"

#include "core/base/access_form.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SWITCHES = 2, SENTENCE = 512 };

static bool is_among(const char *const *words, const json_t *value) {
  const char *word = json_string_value(value);
  for (; word && *words; words++)
    if (strcmp(*words, word) == 0) return true;
  return false;
}

static bool holds(const access_form *f, const json_t *value) {
  if (f->words[0]) return is_among(f->words, value);
  if (f->most == 0) return json_is_boolean(value);
  const double n = json_number_value(value);
  return json_is_number(value) && n >= f->least && n <= f->most;
}

static result say_which_words(const access_form *f, char *why, size_t room) {
  int n = snprintf(why, room, "\"%s\" in \"access\" is to be one of", f->name);
  for (int i = 0; f->words[i] && n >= 0 && (size_t)n < room; i++)
    n += snprintf(
      why + n, room - (size_t)n, " \"%s\"%s", f->words[i], f->words[i + 1] ? "," : ".");
  return BAD_DATA;
}

static result say_what_holds(const access_form *f, char *why, size_t room) {
  if (f->words[0]) return say_which_words(f, why, room);
  if (f->most == 0)
    snprintf(why, room, "\"%s\" in \"access\" is to be true or false.", f->name);
  else
    snprintf(why, room, "\"%s\" in \"access\" is to be a number from %d to %d.", f->name,
      f->least, f->most);
  return BAD_DATA;
}

// ---- Switches ----------------------------------------------------------------------------

static bool is_switch(const json_t *value) {
  const char *text = json_string_value(value);
  if (!text || !text[0]) return text != NULL;
  for (int k = 0; k < ACCESS_SWITCH_KINDS; k++) {
    const size_t n = strlen(access_switch_kinds[k]);
    if (strncmp(text, access_switch_kinds[k], n) != 0 || text[n] != ':') continue;
    const char *digits = text + n + 1;
    return digits[0] && strspn(digits, "0123456789") == strlen(digits) &&
      strtoul(digits, NULL, 10) <= ACCESS_NUMBER_MOST;
  }
  return false;
}

static result check_switches(const json_t *list, char *why, size_t room) {
  size_t i;
  json_t *one;
  bool fit = json_is_array(list) && json_array_size(list) <= SWITCHES;
  json_array_foreach(list, i, one) { fit = fit && is_switch(one); }
  if (fit) return OK;
  snprintf(why, room,
    "\"switches\" in \"access\" is to be a list of at most two, each such as \"key:44\", "
    "\"mouse:1\", \"pad:0\", \"note:60\" or \"\".");
  return BAD_DATA;
}

// ---- The whole ---------------------------------------------------------------------------

static result say_there_is_none(const char *name, char *why, size_t room) {
  char names[SENTENCE] = "";
  size_t n = 0;
  for (int m = 0; m < ACCESS_MEMBERS; m++)
    n += (size_t)snprintf(names + n, sizeof names - n, "%s, ", access_forms[m].name);
  snprintf(why, room, "there is no \"%.32s\" in \"access\"; it may have %sand switches.",
    name, names);
  return BAD_DATA;
}

static result check_one(const char *name, const json_t *value, char *why, size_t room) {
  if (strcmp(name, "switches") == 0)
    return json_is_null(value) ? OK : check_switches(value, why, room);
  for (int m = 0; m < ACCESS_MEMBERS; m++) {
    if (strcmp(access_forms[m].name, name) != 0) continue;
    const bool fits = json_is_null(value) || holds(&access_forms[m], value);
    return fits ? OK : say_what_holds(&access_forms[m], why, room);
  }
  return say_there_is_none(name, why, room);
}

result recipe_access_check(const json_t *access, char *why, size_t room) {
  const char *name;
  json_t *value;
  json_object_foreach((json_t *)access, name, value) {
    const result r = check_one(name, value, why, room);
    if (r != OK) return r;
  }
  return OK;
}
