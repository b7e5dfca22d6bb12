// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/access_json.h"

#include <assert.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const scannings[] = {"off", "one", "two", NULL};
static const char *const paces[] = {"auto", "step", NULL};
static const char *const steadies[] = {"off", "light", "strong", NULL};
static const char *const themes[] = {"paper", "evening", "contrast", NULL};
static const char *const switch_kinds[] = {[SWITCH_KEY] = "key",
  [SWITCH_MOUSE] = "mouse",
  [SWITCH_PAD] = "pad",
  [SWITCH_NOTE] = "note"};

typedef struct member {
  const char *name;
  size_t at; // in access_settings
  enum { WORD = 1, NUMBER, YES_NO } kind;
  const char *const *words; // of a WORD
} member;

#define AT(field) offsetof(access_settings, field)
static const member members[] = {{"scanning", AT(scanning), WORD, scannings},
  {"pace", AT(pace), WORD, paces}, {"item_ms", AT(item_ms), NUMBER, NULL},
  {"groups_first", AT(groups_first), YES_NO, NULL},
  {"rest_on_last", AT(rest_on_last), YES_NO, NULL},
  {"cancel_by_long", AT(cancel_by_long), YES_NO, NULL},
  {"dwell_ms", AT(dwell_ms), NUMBER, NULL}, {"target", AT(target), NUMBER, NULL},
  {"steady", AT(steady), WORD, steadies}, {"shortest_ms", AT(shortest_ms), NUMBER, NULL},
  {"click_move_click", AT(click_move_click), YES_NO, NULL},
  {"easy_reading", AT(easy_reading), YES_NO, NULL},
  {"left_handed", AT(left_handed), YES_NO, NULL},
  {"reduced_motion", AT(reduced_motion), YES_NO, NULL},
  {"theme", AT(theme), WORD, themes}, {"text_percent", AT(text_percent), NUMBER, NULL},
  {"spoken_labels", AT(spoken_labels), YES_NO, NULL},
  {"voice_percent", AT(voice_percent), NUMBER, NULL},
  {"captions", AT(captions), YES_NO, NULL}, {"muted", AT(muted), YES_NO, NULL},
  {"volume", AT(volume), NUMBER, NULL}};
#undef AT
enum { MEMBERS = sizeof members / sizeof members[0] };

static_assert(sizeof(access_scanning) == sizeof(uint32_t), "words are read as numbers");

// ---- Reading -----------------------------------------------------------------------------

static void read_word(uint32_t *to, const char *const *words, const char *word) {
  for (uint32_t i = 0; word && words[i]; i++)
    if (strcmp(words[i], word) == 0) *to = i;
}

static void read_number(uint32_t *to, const json_t *value) {
  const double n = json_number_value(value);
  if (json_is_number(value) && n >= 0 && n <= 100000) *to = (uint32_t)n;
}

static void read_member(access_settings *a, const member *m, const json_t *value) {
  void *to = (char *)a + m->at;
  if (m->kind == WORD) read_word(to, m->words, json_string_value(value));
  if (m->kind == NUMBER) read_number(to, value);
  if (m->kind == YES_NO && json_is_boolean(value)) *(bool *)to = json_is_true(value);
}

// "key:44"
static access_switch read_switch(const char *text) {
  access_switch s = {0};
  const char *colon = text ? strchr(text, ':') : NULL;
  char *end = NULL;
  const unsigned long number = colon ? strtoul(colon + 1, &end, 10) : 0;
  if (!colon || !colon[1] || *end || number > 100000) return s;
  for (uint32_t k = SWITCH_KEY; k <= SWITCH_NOTE; k++) {
    const size_t n = strlen(switch_kinds[k]);
    if ((size_t)(colon - text) == n && strncmp(text, switch_kinds[k], n) == 0)
      s = (access_switch){(access_switch_kind)k, (uint32_t)number};
  }
  return s;
}

access_settings access_read(const json_t *json) {
  access_settings a = access_defaults();
  for (size_t i = 0; i < MEMBERS; i++)
    read_member(&a, &members[i], json_object_get(json, members[i].name));
  const json_t *switches = json_object_get(json, "switches");
  for (size_t i = 0; i < ACCESS_SWITCHES && i < json_array_size(switches); i++)
    a.switches[i] = read_switch(json_string_value(json_array_get(switches, i)));
  access_keep_within(&a);
  return a;
}

// ---- Writing -----------------------------------------------------------------------------

static bool same_member(
  const access_settings *a, const access_settings *b, const member *m) {
  const void *of_a = (const char *)a + m->at, *of_b = (const char *)b + m->at;
  if (m->kind == YES_NO) return *(const bool *)of_a == *(const bool *)of_b;
  return *(const uint32_t *)of_a == *(const uint32_t *)of_b;
}

static json_t *write_member(const access_settings *a, const member *m) {
  const void *from = (const char *)a + m->at;
  if (m->kind == YES_NO) return json_boolean(*(const bool *)from);
  const uint32_t value = *(const uint32_t *)from;
  return m->kind == WORD ? json_string(m->words[value]) : json_integer(value);
}

static json_t *write_switches(const access_settings *a) {
  json_t *list = json_array();
  for (int i = 0; i < ACCESS_SWITCHES; i++) {
    char text[32] = "";
    const access_switch s = a->switches[i];
    if (s.kind) snprintf(text, sizeof text, "%s:%u", switch_kinds[s.kind], s.number);
    json_array_append_new(list, json_string(text));
  }
  return list;
}

static bool same_switches(const access_settings *a, const access_settings *b) {
  for (int i = 0; i < ACCESS_SWITCHES; i++)
    if (a->switches[i].kind != b->switches[i].kind ||
      a->switches[i].number != b->switches[i].number)
      return false;
  return true;
}

json_t *access_changes(const access_settings *before, const access_settings *now) {
  const access_settings usual = access_defaults();
  json_t *all = json_object();
  for (size_t i = 0; i < MEMBERS; i++) {
    const member *m = &members[i];
    if (same_member(before, now, m)) continue;
    json_object_set_new(
      all, m->name, same_member(&usual, now, m) ? json_null() : write_member(now, m));
  }
  if (!same_switches(before, now))
    json_object_set_new(
      all, "switches", same_switches(&usual, now) ? json_null() : write_switches(now));
  return all;
}
