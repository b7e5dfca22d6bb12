// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/access_json.h"

#include "core/base/access_form.h"

#include <assert.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Where each stands in access_settings.
#define AT(field) offsetof(access_settings, field)
static const size_t places[ACCESS_MEMBERS] = {[ACCESS_SCANNING] = AT(scanning),
  [ACCESS_PACE] = AT(pace),
  [ACCESS_ITEM_MS] = AT(item_ms),
  [ACCESS_GROUPS_FIRST] = AT(groups_first),
  [ACCESS_REST_ON_LAST] = AT(rest_on_last),
  [ACCESS_CANCEL_BY_LONG] = AT(cancel_by_long),
  [ACCESS_DWELL_MS] = AT(dwell_ms),
  [ACCESS_TARGET] = AT(target),
  [ACCESS_STEADY] = AT(steady),
  [ACCESS_SHORTEST_MS] = AT(shortest_ms),
  [ACCESS_CLICK_MOVE_CLICK] = AT(click_move_click),
  [ACCESS_EASY_READING] = AT(easy_reading),
  [ACCESS_LEFT_HANDED] = AT(left_handed),
  [ACCESS_REDUCED_MOTION] = AT(reduced_motion),
  [ACCESS_THEME] = AT(theme),
  [ACCESS_TEXT_PERCENT] = AT(text_percent),
  [ACCESS_SPOKEN_LABELS] = AT(spoken_labels),
  [ACCESS_VOICE_PERCENT] = AT(voice_percent),
  [ACCESS_CAPTIONS] = AT(captions),
  [ACCESS_MUTED] = AT(muted),
  [ACCESS_VOLUME] = AT(volume)};
#undef AT

static_assert(sizeof(access_scanning) == sizeof(uint32_t), "words are read as numbers");

static bool is_yes_no(const access_form *f) { return !f->words[0] && f->most == 0; }

// ---- Reading -----------------------------------------------------------------------------

static void read_word(uint32_t *to, const char *const *words, const char *word) {
  for (uint32_t i = 0; word && words[i]; i++)
    if (strcmp(words[i], word) == 0) *to = i;
}

static void read_number(uint32_t *to, const json_t *value) {
  const double n = json_number_value(value);
  if (json_is_number(value) && n >= 0 && n <= ACCESS_NUMBER_MOST) *to = (uint32_t)n;
}

static void read_member(access_settings *a, access_member m, const json_t *json) {
  const access_form *f = &access_forms[m];
  const json_t *value = json_object_get(json, f->name);
  void *to = (char *)a + places[m];
  if (f->words[0])
    read_word(to, f->words, json_string_value(value));
  else if (!is_yes_no(f))
    read_number(to, value);
  else if (json_is_boolean(value))
    *(bool *)to = json_is_true(value);
}

// "key:44"
static access_switch read_switch(const char *text) {
  access_switch s = {0};
  const char *colon = text ? strchr(text, ':') : NULL;
  char *end = NULL;
  const unsigned long number = colon ? strtoul(colon + 1, &end, 10) : 0;
  if (!colon || !colon[1] || *end || number > ACCESS_NUMBER_MOST) return s;
  for (uint32_t k = SWITCH_KEY; k <= SWITCH_NOTE; k++) {
    const char *kind = access_switch_kinds[k - SWITCH_KEY];
    const size_t n = strlen(kind);
    if ((size_t)(colon - text) == n && strncmp(text, kind, n) == 0)
      s = (access_switch){(access_switch_kind)k, (uint32_t)number};
  }
  return s;
}

access_settings access_read(const json_t *json) {
  access_settings a = access_defaults();
  for (access_member m = 0; m < ACCESS_MEMBERS; m++) read_member(&a, m, json);
  const json_t *switches = json_object_get(json, "switches");
  for (size_t i = 0; i < ACCESS_SWITCHES && i < json_array_size(switches); i++)
    a.switches[i] = read_switch(json_string_value(json_array_get(switches, i)));
  access_keep_within(&a);
  return a;
}

// ---- Writing -----------------------------------------------------------------------------

static bool same_member(
  const access_settings *a, const access_settings *b, access_member m) {
  const void *of_a = (const char *)a + places[m], *of_b = (const char *)b + places[m];
  if (is_yes_no(&access_forms[m])) return *(const bool *)of_a == *(const bool *)of_b;
  return *(const uint32_t *)of_a == *(const uint32_t *)of_b;
}

static json_t *write_member(const access_settings *a, access_member m) {
  const access_form *f = &access_forms[m];
  const void *from = (const char *)a + places[m];
  if (is_yes_no(f)) return json_boolean(*(const bool *)from);
  const uint32_t value = *(const uint32_t *)from;
  return f->words[0] ? json_string(f->words[value]) : json_integer(value);
}

static json_t *write_switches(const access_settings *a) {
  json_t *list = json_array();
  for (int i = 0; i < ACCESS_SWITCHES; i++) {
    char text[32] = "";
    const access_switch s = a->switches[i];
    if (s.kind)
      snprintf(
        text, sizeof text, "%s:%u", access_switch_kinds[s.kind - SWITCH_KEY], s.number);
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
  for (access_member m = 0; m < ACCESS_MEMBERS; m++) {
    if (same_member(before, now, m)) continue;
    json_object_set_new(all, access_forms[m].name,
      same_member(&usual, now, m) ? json_null() : write_member(now, m));
  }
  if (!same_switches(before, now))
    json_object_set_new(
      all, "switches", same_switches(&usual, now) ? json_null() : write_switches(now));
  return all;
}

bool access_same(const access_settings *a, const access_settings *b) {
  bool same = same_switches(a, b);
  for (access_member m = 0; m < ACCESS_MEMBERS; m++) same = same && same_member(a, b, m);
  return same;
}
