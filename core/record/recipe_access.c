// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/record/recipe_access.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SWITCHES = 2, NUMBER_MOST = 100000, SENTENCE = 512 };

typedef struct member {
  const char *name;
  const char *words; // of which it is one, each in its quotes; NULL: none
  int least, most;   // of a number; both 0: true or false
} member;

static const member members[] = {
  {"scanning", "\"off\", \"one\", \"two\"", 0, 0},
  {"pace", "\"auto\", \"step\"", 0, 0},
  {"item_ms", NULL, 600, 6000},
  {"groups_first", NULL, 0, 0},
  {"rest_on_last", NULL, 0, 0},
  {"cancel_by_long", NULL, 0, 0},
  {"dwell_ms", NULL, 0, 3000},
  {"target", NULL, 64, 128},
  {"steady", "\"off\", \"light\", \"strong\"", 0, 0},
  {"shortest_ms", NULL, 0, 400},
  {"click_move_click", NULL, 0, 0},
  {"easy_reading", NULL, 0, 0},
  {"left_handed", NULL, 0, 0},
  {"reduced_motion", NULL, 0, 0},
  {"theme", "\"paper\", \"evening\", \"contrast\"", 0, 0},
  {"text_percent", NULL, 100, 200},
  {"spoken_labels", NULL, 0, 0},
  {"voice_percent", NULL, 70, 150},
  {"captions", NULL, 0, 0},
  {"muted", NULL, 0, 0},
  {"volume", NULL, 0, 1000},
};
enum { MEMBERS = sizeof members / sizeof members[0] };

static bool is_among(const char *words, const json_t *value) {
  char quoted[64];
  const char *word = json_string_value(value);
  if (!word || strchr(word, '"')) return false;
  const int n = snprintf(quoted, sizeof quoted, "\"%s\"", word);
  return (size_t)n < sizeof quoted && strstr(words, quoted) != NULL;
}

static bool holds(const member *m, const json_t *value) {
  if (m->words) return is_among(m->words, value);
  if (m->most == 0) return json_is_boolean(value);
  const double n = json_number_value(value);
  return json_is_number(value) && n >= m->least && n <= m->most;
}

static result say_what_holds(const member *m, char *why, size_t room) {
  if (m->words)
    snprintf(why, room, "\"%s\" in \"access\" is to be one of %s.", m->name, m->words);
  else if (m->most == 0)
    snprintf(why, room, "\"%s\" in \"access\" is to be true or false.", m->name);
  else
    snprintf(why, room, "\"%s\" in \"access\" is to be a number from %d to %d.", m->name,
      m->least, m->most);
  return BAD_DATA;
}

// ---- Switches ----------------------------------------------------------------------------

static bool is_switch(const json_t *value) {
  static const char *const kinds[] = {"key:", "mouse:", "pad:", "note:"};
  const char *text = json_string_value(value);
  if (!text || !text[0]) return text != NULL;
  for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
    const size_t n = strlen(kinds[i]);
    const char *digits = text + n;
    if (strncmp(text, kinds[i], n) != 0) continue;
    return digits[0] && strspn(digits, "0123456789") == strlen(digits) &&
      strtoul(digits, NULL, 10) <= NUMBER_MOST;
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
  for (size_t i = 0; i < MEMBERS; i++)
    n += (size_t)snprintf(names + n, sizeof names - n, "%s, ", members[i].name);
  snprintf(why, room, "there is no \"%.32s\" in \"access\"; it may have %sand switches.",
    name, names);
  return BAD_DATA;
}

static result check_one(const char *name, const json_t *value, char *why, size_t room) {
  if (strcmp(name, "switches") == 0)
    return json_is_null(value) ? OK : check_switches(value, why, room);
  for (size_t i = 0; i < MEMBERS; i++) {
    if (strcmp(members[i].name, name) != 0) continue;
    const bool fits = json_is_null(value) || holds(&members[i], value);
    return fits ? OK : say_what_holds(&members[i], why, room);
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
