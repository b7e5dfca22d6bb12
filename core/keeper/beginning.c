// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/beginning.h"

#include "core/record/client_picture.h"

#include <assert.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static_assert(sizeof((beginning){0}.picture) == PICTURE_HASH, "it holds a hash");

static result add_setting(beginning *b, const char *key, const char *value) {
  size_t bytes = (b->setting_count + 1) * sizeof *b->settings;
  exercise_setting *larger = realloc(b->settings, bytes);
  if (!larger) return NO_MEMORY;
  b->settings = larger;
  exercise_setting *s = &larger[b->setting_count];
  *s = (exercise_setting){.key = strdup(key), .value = strdup(value)};
  b->setting_count++;
  return s->key && s->value ? OK : NO_MEMORY;
}

static void copy_text(char *to, size_t room, const char *from) {
  snprintf(to, room, "%s", from ? from : "");
}

result beginning_of(beginning *b, const exercise_entry *entry) {
  copy_text(b->exercise, sizeof b->exercise, entry->id);
  json_t *declared = entry->declared ? json_loads(entry->declared, 0, NULL) : NULL;
  copy_text(b->version, sizeof b->version,
    json_string_value(json_object_get(declared, "version")));
  json_decref(declared);
  result done = OK;
  for (uint32_t i = 0; done == OK && i < entry->setting_count; i++) {
    done = add_setting(b, entry->settings[i].key, entry->settings[i].value);
  }
  return done;
}

char *beginning_write(const beginning *b) {
  json_t *settings = json_object();
  for (uint32_t i = 0; i < b->setting_count; i++) {
    json_object_set_new(settings, b->settings[i].key, json_string(b->settings[i].value));
  }
  json_t *all = json_pack("{s:s, s:s, s:I, s:[f,f,f], s:{s:I, s:f}, s:o, s:s, s:I, s:I}",
    "exercise", b->exercise, "version", b->version, "seed", (json_int_t)b->seed, "stage",
    (double)b->width, (double)b->height, (double)b->scale, "look", "flags",
    (json_int_t)b->look_flags, "text_scale", (double)b->text_scale, "settings", settings,
    "mode", b->mode == MODE_TIMED ? "timed" : "live", "creation", (json_int_t)b->creation,
    "first_seq", (json_int_t)b->first_seq);
  if (all && b->from[0])
    json_object_set_new(all, "from",
      json_pack("{s:s, s:s}", "creation", b->from, "version", b->from_version));
  if (all && b->picture[0]) json_object_set_new(all, "picture", json_string(b->picture));
  char *text = all ? json_dumps(all, JSON_COMPACT) : NULL;
  json_decref(all);
  return text;
}

static float number_at(const json_t *list, size_t i, double otherwise) {
  const json_t *n = json_array_get(list, i);
  return (float)(json_is_number(n) ? json_number_value(n) : otherwise);
}

static result read_settings(beginning *b, const json_t *settings) {
  const char *key = NULL;
  json_t *value = NULL;
  result done = OK;
  json_object_foreach((json_t *)settings, key, value) {
    if (done == OK && json_is_string(value)) {
      done = add_setting(b, key, json_string_value(value));
    }
  }
  return done;
}

static result read_members(beginning *b, const json_t *all) {
  const json_t *stage = json_object_get(all, "stage");
  const json_t *look = json_object_get(all, "look");
  const json_t *text_scale = json_object_get(look, "text_scale");
  const json_t *from = json_object_get(all, "from");
  const char *mode = json_string_value(json_object_get(all, "mode"));
  copy_text(
    b->exercise, sizeof b->exercise, json_string_value(json_object_get(all, "exercise")));
  copy_text(
    b->version, sizeof b->version, json_string_value(json_object_get(all, "version")));
  copy_text(
    b->from, sizeof b->from, json_string_value(json_object_get(from, "creation")));
  copy_text(b->from_version, sizeof b->from_version,
    json_string_value(json_object_get(from, "version")));
  json_t *picture =
    json_pack("{s:{s:O?}}", "picture", "sha256", json_object_get(all, "picture"));
  copy_text(b->picture, sizeof b->picture, client_picture_of(picture));
  json_decref(picture);
  b->seed = (uint64_t)json_integer_value(json_object_get(all, "seed"));
  b->first_seq = (uint64_t)json_integer_value(json_object_get(all, "first_seq"));
  b->creation = (uint32_t)json_integer_value(json_object_get(all, "creation"));
  b->width = number_at(stage, 0, 0);
  b->height = number_at(stage, 1, 0);
  b->scale = number_at(stage, 2, 1);
  b->look_flags = (uint32_t)json_integer_value(json_object_get(look, "flags"));
  b->text_scale = (float)(json_is_number(text_scale) ? json_number_value(text_scale) : 1);
  b->mode = mode && strcmp(mode, "timed") == 0 ? MODE_TIMED : MODE_LIVE;
  if (!b->exercise[0] || !(b->width > 0) || !(b->height > 0) || !(b->scale > 0)) {
    return BAD_DATA;
  }
  return read_settings(b, json_object_get(all, "settings"));
}

result beginning_read(beginning *b, const char *json) {
  *b = (beginning){0};
  json_t *all = json_loads(json, JSON_REJECT_DUPLICATES, NULL);
  if (!all) return BAD_DATA;
  result done = read_members(b, all);
  json_decref(all);
  if (done != OK) beginning_finish(b);
  return done;
}

void beginning_finish(beginning *b) {
  for (uint32_t i = 0; i < b->setting_count; i++) {
    free(b->settings[i].key);
    free(b->settings[i].value);
  }
  free(b->settings);
  *b = (beginning){0};
}

exercise_entry beginning_entry(const beginning *b, const exercise_entry *entry) {
  exercise_entry with = *entry;
  with.settings = b->settings;
  with.setting_count = b->setting_count;
  return with;
}
