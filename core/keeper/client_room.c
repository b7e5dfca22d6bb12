// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/client_room.h"

#include "core/api/gesto.h"
#include "core/keeper/languages.h"
#include "core/record/client.h"
#include "core/record/recipe.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *text_at(const json_t *object, const char *key) {
  const char *text = json_string_value(json_object_get(object, key));
  return text ? text : "";
}

// ---- Reading -----------------------------------------------------------------------------

static result read_facts(client_room *r) {
  json_t *facts = NULL;
  const result done = client_facts(r->archive, r->id, &facts);
  if (done != OK) return done;
  snprintf(r->called, sizeof r->called, "%s", text_at(facts, "alias"));
  snprintf(r->picture, sizeof r->picture, "%s", client_picture_of(facts));
  r->guest = json_is_true(json_object_get(facts, "guest"));
  if (!r->recipe && !r->guest) r->recipe = recipe_of_facts(facts);
  json_decref(facts);
  return OK;
}

static bool take_wish(json_t *recipe, const room_wish *wish) {
  bool whole = true;
  if (wish && wish->minutes)
    whole = !json_object_set_new(recipe, "minutes", json_integer(wish->minutes));
  if (wish && wish->language && wish->language[0])
    whole =
      whole && !json_object_set_new(recipe, "language", json_string(wish->language));
  return whole;
}

result client_room_open(client_room *r, archive *a, const char *client_id,
  const room_wish *wish, const char *held) {
  char why[256];
  *r = (client_room){.archive = a};
  snprintf(r->id, sizeof r->id, "%s", client_id);
  const bool again =
    held && held[0] && recipe_read(held, strlen(held), &r->recipe, why, sizeof why) == OK;
  const result done = read_facts(r);
  if (done != OK && done != NOT_FOUND) return done;
  if (!r->recipe) r->recipe = json_object();
  return r->recipe && (again || take_wish(r->recipe, wish)) ? OK : NO_MEMORY;
}

void client_room_settle_language(client_room *r) {
  char why[512];
  const char *language = json_string_value(json_object_get(r->recipe, "language"));
  if (!language || languages_have(language, why, sizeof why)) return;
  fprintf(stderr,
    "gesto: the client's room asks for a language that cannot be had, and this "
    "computer's is taken: %s\n",
    why);
  json_object_del(r->recipe, "language");
}

void client_room_close(client_room *r) {
  json_decref(r->recipe);
  *r = (client_room){0};
}

// ---- Which exercises ---------------------------------------------------------------------

json_t *client_room_cautions(const exercise_entry *entry) {
  json_t *list = json_array();
  for (const char *at = entry->cautions; at && *at;) {
    const size_t n = strcspn(at, " ");
    json_array_append_new(list, json_stringn(at, n));
    at += n + (at[n] == ' ');
  }
  return list;
}

static int place_of(
  const client_room *r, const exercise_list *list, const exercise_entry *entry) {
  if (entry->refused || !entry->declared || !entry->id) return -1;
  json_t *cautions = client_room_cautions(entry);
  const bool out = recipe_leaves_out(r->recipe, cautions);
  json_decref(cautions);
  return out ? -1 : recipe_place(r->recipe, entry->id, (int)(entry - list->entries));
}

bool client_room_offers(
  const client_room *r, const exercise_list *list, const exercise_entry *entry) {
  return place_of(r, list, entry) >= 0;
}

bool client_room_known(archive *a, const char *client, char *why, size_t room) {
  char id[24];
  return client_find(a, client, id) != FAILED || !client_say_unread(a, client, why, room);
}

bool client_room_would_offer(archive *a, const char *client, const exercise_list *list,
  const exercise_entry *entry) {
  client_room r = {0};
  char id[24];
  bool offers = true;
  if (client && client_find(a, client, id) == OK &&
    client_room_open(&r, a, id, NULL, "") == OK)
    offers = client_room_offers(&r, list, entry);
  client_room_close(&r);
  return offers;
}

// ---- Values to begin with ----------------------------------------------------------------

static const json_t *panel_of(const client_room *r, const char *id) {
  return json_object_get(json_object_get(r->recipe, "panels"), id);
}

static bool list_has(const json_t *list, const char *word) {
  size_t i;
  json_t *one;
  json_array_foreach(list, i, one) {
    const char *text = json_string_value(one);
    if (text && strcmp(text, word) == 0) return true;
  }
  return false;
}

static const char *setting_of(const exercise_entry *entry, const char *key) {
  for (uint32_t i = entry->setting_count; i-- > 0;)
    if (strcmp(entry->settings[i].key, key) == 0) return entry->settings[i].value;
  return NULL;
}

static result set(exercise_entry *entry, const char *key, const char *value) {
  for (uint32_t i = 0; i < entry->setting_count; i++) {
    exercise_setting *one = &entry->settings[i];
    if (strcmp(one->key, key) != 0) continue;
    char *other = strdup(value);
    if (!other) return NO_MEMORY;
    free(one->value);
    one->value = other;
    return OK;
  }
  exercise_setting *more =
    realloc(entry->settings, (entry->setting_count + 1) * sizeof *more);
  if (!more) return NO_MEMORY;
  entry->settings = more;
  more[entry->setting_count] = (exercise_setting){strdup(key), strdup(value)};
  entry->setting_count++;
  return more[entry->setting_count - 1].key && more[entry->setting_count - 1].value
    ? OK
    : NO_MEMORY;
}

static const char *initial_choice(const json_t *control) {
  const size_t at = (size_t)json_number_value(json_object_get(control, "initial"));
  return text_at(json_array_get(json_object_get(control, "choices"), at), "key");
}

static bool has_choice(const json_t *control, const char *key) {
  size_t i;
  json_t *one;
  json_array_foreach(json_object_get(control, "choices"), i, one) {
    if (strcmp(text_at(one, "key"), key) == 0) return true;
  }
  return false;
}

static bool is_colour(const char *text) {
  return text && text[0] == '#' && strlen(text) == 7 &&
    strspn(text + 1, "0123456789abcdefABCDEF") == 6;
}

static bool fits(const json_t *control, const char *value) {
  return strcmp(text_at(control, "kind"), "colour") == 0 ? is_colour(value)
                                                         : has_choice(control, value);
}

// What is not offered is not begun with either.
static result begin_within(
  exercise_entry *entry, const json_t *control, const json_t *only) {
  const char *key = text_at(control, "key");
  const char *now = setting_of(entry, key);
  if (!now) now = initial_choice(control);
  if (list_has(only, now)) return OK;
  size_t i;
  json_t *one;
  json_array_foreach(only, i, one) {
    if (fits(control, json_string_value(one)))
      return set(entry, key, json_string_value(one));
  }
  return OK; // none of them is known here
}

static result copy_settings(exercise_entry *with, const exercise_entry *entry) {
  *with = *entry;
  with->settings = NULL;
  with->setting_count = 0;
  result done = OK;
  for (uint32_t i = 0; i < entry->setting_count && done == OK; i++)
    done = set(with, entry->settings[i].key, entry->settings[i].value);
  return done;
}

static result add_settings(
  const client_room *r, exercise_entry *with, const json_t *all) {
  const json_t *panel = panel_of(r, with->id);
  const json_t *only = json_object_get(panel, "only");
  const char *key;
  json_t *value;
  result done = OK;
  json_object_foreach(json_object_get(panel, "set"), key, value) {
    if (done == OK) done = set(with, key, json_string_value(value));
  }
  size_t i;
  json_t *control;
  json_array_foreach(json_object_get(all, "controls"), i, control) {
    const json_t *offered = json_object_get(only, text_at(control, "key"));
    if (offered && done == OK) done = begin_within(with, control, offered);
  }
  return done;
}

result client_room_entry(
  const client_room *r, const exercise_entry *entry, exercise_entry *with) {
  json_t *all = entry->declared ? json_loads(entry->declared, 0, NULL) : NULL;
  result done = copy_settings(with, entry);
  if (done == OK && entry->id) done = add_settings(r, with, all);
  json_decref(all);
  if (done != OK) client_room_done(with);
  return done;
}

void client_room_done(exercise_entry *with) {
  for (uint32_t i = 0; i < with->setting_count; i++) {
    free(with->settings[i].key);
    free(with->settings[i].value);
  }
  free(with->settings);
  *with = (exercise_entry){0};
}

// ---- The panel ---------------------------------------------------------------------------

// The player reads a setting that is named like a control in the same way.
static double value_in_words(const json_t *control, const char *text) {
  const char *kind = text_at(control, "kind");
  const double usual = json_number_value(json_object_get(control, "initial"));
  size_t i;
  json_t *one;
  json_array_foreach(json_object_get(control, "choices"), i, one) {
    if (strcmp(text_at(one, "key"), text) == 0) return (double)i;
  }
  if (strcmp(kind, "choice") == 0) return usual;
  if (strcmp(kind, "toggle") == 0)
    return !strcmp(text, "on") || !strcmp(text, "yes") || !strcmp(text, "true") ||
      strtod(text, NULL) >= 0.5;
  if (is_colour(text)) return (double)strtoul(text + 1, NULL, 16);
  const double low = json_number_value(json_object_get(control, "low"));
  const double high = json_number_value(json_object_get(control, "high"));
  char *end = NULL;
  const double value = strtod(text, &end);
  if (end == text) return usual;
  return value < low ? low : value > high ? high : value;
}

// Each keeps the number that the exercise knows it by.
static void number_choices(json_t *choices) {
  size_t i;
  json_t *one;
  json_array_foreach(choices, i, one)
    json_object_set_new(one, "value", json_integer((json_int_t)i));
}

static void keep_only(json_t *choices, const json_t *only) {
  size_t known = 0, i;
  json_t *one;
  json_array_foreach(choices, i, one) known += list_has(only, text_at(one, "key"));
  if (!known) return; // written for another version of the exercise
  for (i = json_array_size(choices); i-- > 0;)
    if (!list_has(only, text_at(json_array_get(choices, i), "key")))
      json_array_remove(choices, i);
}

static json_t *colours_in(const json_t *only) {
  json_t *list = json_array();
  size_t i;
  json_t *one;
  json_array_foreach(only, i, one) {
    const char *text = json_string_value(one);
    if (is_colour(text))
      json_array_append_new(list, json_integer(strtol(text + 1, NULL, 16)));
  }
  return list;
}

static void drop_choice(json_t *choices, const char *key) {
  for (size_t i = json_array_size(choices); i-- > 0;)
    if (strcmp(text_at(json_array_get(choices, i), "key"), key) == 0)
      json_array_remove(choices, i);
}

static void restrict_control(const client_room *r, json_t *control, const json_t *panel,
  const exercise_entry *with) {
  const char *key = text_at(control, "key");
  const json_t *only = json_object_get(json_object_get(panel, "only"), key);
  const char *begins = setting_of(with, key);
  json_t *choices = json_object_get(control, "choices");
  if (begins)
    json_object_set_new(control, "initial", json_real(value_in_words(control, begins)));
  number_choices(choices);
  if (!r->picture[0]) drop_choice(choices, GESTO_OWN_PICTURE);
  if (only && json_array_size(choices)) keep_only(choices, only);
  if (only && strcmp(text_at(control, "kind"), "colour") == 0)
    json_object_set_new(control, "colours", colours_in(only));
}

// With one choice there is nothing to choose.
static bool stays(const json_t *control, const json_t *panel) {
  const bool chosen = strcmp(text_at(control, "kind"), "choice") == 0;
  if (chosen && json_array_size(json_object_get(control, "choices")) == 1) return false;
  return !list_has(json_object_get(panel, "hide"), text_at(control, "key"));
}

static json_t *declared_for(const client_room *r, const exercise_entry *entry) {
  exercise_entry with;
  json_t *one = json_loads(entry->declared, 0, NULL);
  if (!one || client_room_entry(r, entry, &with) != OK) return one;
  const json_t *panel = panel_of(r, entry->id);
  json_t *controls = json_object_get(one, "controls");
  for (size_t i = json_array_size(controls); i-- > 0;) {
    restrict_control(r, json_array_get(controls, i), panel, &with);
    if (!stays(json_array_get(controls, i), panel)) json_array_remove(controls, i);
  }
  client_room_done(&with);
  if (entry->title) json_object_set_new(one, "title", json_string(entry->title));
  return one;
}

json_t *client_room_exercises(const client_room *r, const exercise_list *list,
  room_aside_fn *is_aside, const void *data) {
  json_t *all = json_array();
  const uint32_t places = list->count > RECIPE_EXERCISES ? list->count : RECIPE_EXERCISES;
  for (uint32_t wanted = 0; wanted < places; wanted++) {
    for (uint32_t i = 0; i < list->count; i++) {
      const exercise_entry *entry = &list->entries[i];
      if (place_of(r, list, entry) != (int)wanted || (is_aside && is_aside(data, entry)))
        continue;
      json_t *one = declared_for(r, entry);
      if (one) json_object_set_new(one, "index", json_integer((json_int_t)i));
      if (one) json_array_append_new(all, one);
    }
  }
  return all;
}

// ---- To and from the window --------------------------------------------------------------

static json_t *or_empty(const client_room *r, const char *key, json_t *empty) {
  json_t *value = json_incref(json_object_get(r->recipe, key));
  if (!value) return empty;
  json_decref(empty);
  return value;
}

json_t *client_room_words(const client_room *r) {
  return json_pack("{s:s, s:o, s:o, s:o, s:o, s:o}", "called", r->called, "minutes",
    or_empty(r, "minutes", json_integer(0)), "language",
    or_empty(r, "language", json_string("")), "loudness",
    or_empty(r, "loudness", json_integer(100)), "goals",
    or_empty(r, "goals", json_array()), "access", or_empty(r, "access", json_object()));
}

// The client may set language, goals and access, and nothing else.
static bool is_the_clients(const json_t *changes) {
  const char *key;
  json_t *value;
  json_object_foreach((json_t *)changes, key, value) {
    if (strcmp(key, "language") && strcmp(key, "goals") && strcmp(key, "access"))
      return false;
  }
  return recipe_check(changes, NULL, 0) == OK;
}

static result apply(client_room *r, json_t *changes) {
  json_t *facts = recipe_facts(r->recipe, changes);
  if (!facts) return NO_MEMORY;
  json_t *now = recipe_apply(r->recipe, changes);
  if (!now) {
    json_decref(facts);
    return NO_MEMORY;
  }
  json_decref(r->recipe);
  r->recipe = now;
  if (!r->guest) return client_note(r->archive, r->id, facts);
  json_decref(facts);
  return OK;
}

result client_room_change(client_room *r, const char *json) {
  char why[256];
  json_t *changes = NULL;
  result done = recipe_read(json, strlen(json), &changes, why, sizeof why);
  if (done == OK && !is_the_clients(changes)) done = BAD_DATA;
  if (done == OK) done = apply(r, changes);
  json_decref(changes);
  return done;
}

bool client_room_write(const client_room *r, char text[ROOM_TEXT_MOST]) {
  const size_t size = json_dumpb(r->recipe, text, ROOM_TEXT_MOST - 1, JSON_COMPACT);
  const bool fit = size > 0 && size < ROOM_TEXT_MOST;
  text[fit ? size : 0] = 0;
  return fit;
}
