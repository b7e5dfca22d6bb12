// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/creation_picture.h"

#include "core/api/gesto.h"
#include "core/base/io.h"
#include "core/base/memory_map.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool has_choice(const json_t *control, const char *key) {
  size_t i;
  const json_t *one;
  json_array_foreach(json_object_get(control, "choices"), i, one) {
    const char *text = json_string_value(json_object_get(one, "key"));
    if (text && strcmp(text, key) == 0) return true;
  }
  return false;
}

static bool offers_it(const exercise_entry *exercise) {
  json_t *all = exercise->declared ? json_loads(exercise->declared, 0, NULL) : NULL;
  bool offers = false;
  size_t i;
  const json_t *control;
  json_array_foreach(json_object_get(all, "controls"), i, control) {
    offers = offers || has_choice(control, GESTO_OWN_PICTURE);
  }
  json_decref(all);
  return offers;
}

static result save(int dir, const char *hash, const char *bytes, size_t size) {
  int folder = -1;
  result r = io_make_dir(dir, "assets", 0700);
  if (r == EXISTS) r = OK;
  if (r == OK) r = io_open_dir(dir, "assets", &folder);
  if (r == OK) r = io_save(folder, hash, bytes, size);
  io_close(folder);
  return r;
}

result creation_picture_keep(
  session *s, const exercise_entry *exercise, int dir, char hash[PICTURE_HASH]) {
  char *bytes = NULL;
  size_t size = 0;
  hash[0] = 0;
  if (!offers_it(exercise)) return OK;
  result r =
    client_picture_load(session_archive(s), session_client(s), &bytes, &size, hash);
  if (r != OK) {
    hash[0] = 0;
    return r == NO_MEMORY ? r : OK;
  }
  r = save(dir, hash, bytes, size);
  free(bytes);
  return r;
}

static result to_memory(creation_picture *p, const char *bytes, size_t size) {
  int fd = -1;
  result r = memory_create("gesto-picture", size, &fd);
  if (r == OK) r = io_write_all_at(fd, bytes, size, 0);
  if (r == OK) r = memory_seal(fd);
  if (r == OK)
    *p = (creation_picture){.fd = fd, .size = size};
  else
    io_close(fd);
  return r;
}

result creation_picture_open(creation_picture *p, int dir, const char *hash) {
  char file[PICTURE_HASH + 8], *bytes = NULL;
  size_t size = 0;
  *p = (creation_picture){0};
  if (!hash[0]) return OK;
  snprintf(file, sizeof file, "assets/%s", hash);
  result r = client_picture_read(dir, file, hash, &bytes, &size);
  if (r != OK) return r == NO_MEMORY ? r : OK;
  r = to_memory(p, bytes, size);
  free(bytes);
  return r;
}

void creation_picture_close(creation_picture *p) {
  if (p->fd > 0) io_close(p->fd);
  *p = (creation_picture){0};
}

result creation_picture_let_go(int dir, const char *hash) {
  char file[PICTURE_HASH + 8];
  if (!hash[0]) return OK;
  snprintf(file, sizeof file, "assets/%s", hash);
  const result r = io_unlink(dir, file);
  const result emptied = io_remove_dir(dir, "assets");
  (void)emptied; // not where something else was read
  return r == NOT_FOUND ? OK : r;
}

char *creation_picture_note(const creation_picture *p, const char *hash) {
  json_t *note = json_pack("{s:s, s:s, s:I}", "name", GESTO_OWN_PICTURE, "sha256", hash,
    "bytes", (json_int_t)p->size);
  char *text = note ? json_dumps(note, JSON_COMPACT) : NULL;
  json_decref(note);
  return text;
}
