// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/exercise_list.h"

#include "core/base/beside.h"
#include "core/base/io.h"
#include "core/keeper/exercise_conf.h"
#include "core/keeper/exercise_probe.h"
#include "core/keeper/program.h"

#include <fcntl.h>
#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define EXERCISE_BYTES_MAX ((size_t)64 << 20)

static void finish_entry(exercise_entry *entry) {
  for (uint32_t i = 0; i < entry->setting_count; i++) {
    free(entry->settings[i].key);
    free(entry->settings[i].value);
  }
  free(entry->settings);
  free(entry->section);
  free(entry->path);
  free(entry->title);
  free(entry->sha256);
  free(entry->cautions);
  free(entry->refused);
  free(entry->declared);
  free(entry->id);
}

void exercise_list_finish(exercise_list *list) {
  for (uint32_t i = 0; i < list->count; i++) finish_entry(&list->entries[i]);
  free(list->entries);
  *list = (exercise_list){0};
}

// GESTO_CONF names another one; else it lies beside the program, or, in a source tree, one
// folder up.
static result find_conf(const char *given, char *path, size_t room) {
  const char *named = given ? given : getenv("GESTO_CONF");
  if (named && named[0])
    return (size_t)snprintf(path, room, "%s", named) < room ? OK : TOO_LARGE;
  result r = beside_program("plugins.conf", path, room);
  int fd = -1;
  if (!r && !io_open(AT_FDCWD, path, O_RDONLY, 0, &fd)) {
    io_close(fd);
    return OK;
  }
  return r ? r : beside_program("../plugins.conf", path, room);
}

static result load_conf(
  const char *path, char **text, size_t *size, char *why, size_t room) {
  const result r = io_load(AT_FDCWD, path, CONF_BYTES_MAX, text, size);
  if (r == TOO_LARGE)
    snprintf(why, room, "%s is larger than %d KiB; it was not read.", path,
      CONF_BYTES_MAX / 1024);
  else if (r)
    snprintf(why, room,
      "%s cannot be read (%s); put a plugins.conf there that lists the "
      "exercises.",
      path, result_text(r));
  return r ? BAD_DATA : OK;
}

result exercise_file_hash(const char *path, char hex[65]) {
  char *bytes = NULL;
  size_t size = 0;
  unsigned char hash[crypto_hash_sha256_BYTES];
  const result r = io_load(AT_FDCWD, path, EXERCISE_BYTES_MAX, &bytes, &size);
  if (r) return r;
  crypto_hash_sha256(hash, (const unsigned char *)bytes, size);
  sodium_bin2hex(hex, 65, hash, sizeof(hash));
  free(bytes);
  return OK;
}

static void check_file(exercise_entry *entry) {
  if (entry->refused) return;
  const result r = exercise_file_hash(entry->path, entry->hash);
  if (r == NOT_FOUND)
    exercise_refuse(entry,
      "%s is not there; build or install it, or take [%s] out of "
      "plugins.conf.",
      entry->path, entry->section);
  else if (r)
    exercise_refuse(entry,
      "%s cannot be read (%s); install it again, or take [%s] out of "
      "plugins.conf.",
      entry->path, result_text(r), entry->section);
  else if (entry->sha256 && strcasecmp(entry->sha256, entry->hash))
    exercise_refuse(entry,
      "%s has changed since it was listed; if you meant that, set "
      "sha256 = %s in [%s] of plugins.conf.",
      entry->path, entry->hash, entry->section);
}

result exercise_list_read(
  exercise_list *list, const char *conf_path, char *why, size_t room) {
  char path[4096], folder[4096];
  char *text = NULL;
  size_t size = 0;
  *list = (exercise_list){0};
  result r = find_conf(conf_path, path, sizeof(path));
  if (!r) r = beside_program("plugins/", folder, sizeof(folder));
  if (r) {
    snprintf(
      why, room, "The folder of this program cannot be found (%s).", result_text(r));
    return BAD_DATA;
  }
  r = load_conf(path, &text, &size, why, room);
  if (!r && exercise_conf_parse(list, text, size, folder, path, why, room)) r = BAD_DATA;
  free(text);
  for (uint32_t i = 0; i < list->count; i++) check_file(&list->entries[i]);
  return r;
}

static bool wants(json_t *declared, const char *what) {
  size_t i;
  json_t *one;
  json_array_foreach(json_object_get(declared, "wants"), i,
    one) if (json_is_string(one) && !strcmp(json_string_value(one), what)) return true;
  return false;
}

static void take_declared(exercise_list *list, exercise_entry *entry) {
  json_t *declared = json_loads(entry->declared, 0, NULL);
  const char *id = json_string_value(json_object_get(declared, "id"));
  const exercise_entry *twin = id ? exercise_list_find(list, id) : NULL;
  if (!id || !id[0])
    exercise_refuse(entry,
      "%s does not say which exercise it is; build it again with this "
      "Gesto.",
      entry->path);
  else if (twin)
    exercise_refuse(entry,
      "%s is the same exercise as %s (%s); take one of them out of "
      "plugins.conf.",
      entry->path, twin->path, id);
  else
    entry->id = strdup(id);
  entry->wants_sound = wants(declared, "sound");
  entry->wants_voices = wants(declared, "voices");
  entry->wants_canvas = wants(declared, "canvas");
  json_decref(declared);
}

void exercise_list_probe(exercise_list *list) {
  for (uint32_t i = 0; i < list->count; i++) {
    exercise_entry *entry = &list->entries[i];
    if (entry->refused || entry->declared) continue;
    entry->declared = exercise_probe(entry->path, entry->hash, &entry->refused);
    if (entry->declared) take_declared(list, entry);
  }
}

exercise_entry *exercise_list_find(exercise_list *list, const char *id) {
  for (uint32_t i = 0; i < list->count; i++)
    if (list->entries[i].id && !strcmp(list->entries[i].id, id)) return &list->entries[i];
  return NULL;
}
