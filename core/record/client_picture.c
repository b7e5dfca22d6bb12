// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/record/client_picture.h"

#include "core/base/io.h"
#include "core/record/archive_parts.h"
#include "core/record/bytes.h"
#include "core/record/client.h"
#include "core/record/json_text.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char FOLDER[] = "pictures";
enum { FILE_NAME = PICTURE_HASH + 4 };

void client_picture_hash(const void *bytes, size_t size, char hash[PICTURE_HASH]) {
  uint8_t sum[crypto_hash_sha256_BYTES];
  crypto_hash_sha256(sum, bytes, size);
  bytes_to_hex(sum, sizeof sum, hash);
}

static bool is_hash(const char *text) {
  return strlen(text) == PICTURE_HASH - 1 &&
    strspn(text, "0123456789abcdef") == PICTURE_HASH - 1;
}

const char *client_picture_of(const json_t *facts) {
  const char *hash = json_text_string(json_object_get(facts, "picture"), "sha256", "");
  return is_hash(hash) ? hash : "";
}

static result open_home(archive *a, const char *id, int *home) {
  int clients = -1;
  *home = -1;
  result r = io_open_dir(a->dir, "clients", &clients);
  if (r == OK) r = io_open_dir(clients, id, home);
  io_close(clients);
  return r;
}

static void name_of(const char *hash, char file[FILE_NAME]) {
  snprintf(file, FILE_NAME, "%s.png", hash);
}

// ---- Putting and taking off ------------------------------------------------------------

typedef struct sweep {
  const char *but; // a file that stays, or ""
} sweep;

static result remove_other(void *data, int dir, const char *name, bool is_dir) {
  const sweep *s = data;
  if (is_dir || strcmp(name, s->but) == 0) return OK;
  const result r = io_unlink(dir, name);
  return r == NOT_FOUND ? OK : r;
}

static result remove_others(int home, const char *but) {
  sweep s = {but};
  const result r = io_each(home, FOLDER, remove_other, &s);
  return r == NOT_FOUND ? OK : r;
}

static result save(int home, const char *file, const void *bytes, size_t size) {
  int folder = -1;
  result r = archive_open_folder(home, FOLDER, &folder);
  if (r == OK) r = io_save(folder, file, bytes, size);
  io_close(folder);
  return r;
}

result client_picture_put(archive *a, const char *id, const void *bytes, size_t size) {
  char hash[PICTURE_HASH], file[FILE_NAME];
  int home = -1;
  if (size == 0 || size > PICTURE_BYTES_MAX) return TOO_LARGE;
  client_picture_hash(bytes, size, hash);
  name_of(hash, file);
  result r = open_home(a, id, &home);
  if (r == OK) r = save(home, file, bytes, size);
  if (r == OK)
    r = client_note(a, id,
      json_pack("{s:{s:s, s:I}}", "picture", "sha256", hash, "bytes", (json_int_t)size));
  if (r == OK) r = remove_others(home, file);
  io_close(home);
  return r;
}

result client_picture_drop(archive *a, const char *id) {
  json_t *facts = NULL;
  int home = -1;
  result r = client_facts(a, id, &facts);
  if (r == OK && *client_picture_of(facts))
    r = client_note(a, id, json_pack("{s:n}", "picture"));
  json_decref(facts);
  if (r == OK) r = open_home(a, id, &home);
  if (r == OK) r = remove_others(home, "");
  io_close(home);
  return r;
}

// ---- Looking at it ---------------------------------------------------------------------

result client_picture_read(
  int dir, const char *file, const char *hash, char **bytes, size_t *size) {
  char found[PICTURE_HASH];
  result r = io_load(dir, file, PICTURE_BYTES_MAX, bytes, size);
  if (r != OK) return r;
  client_picture_hash(*bytes, *size, found);
  if (strcmp(found, hash) == 0) return OK;
  free(*bytes);
  *bytes = NULL;
  return BAD_DATA;
}

result client_picture_load(
  archive *a, const char *id, char **bytes, size_t *size, char hash[PICTURE_HASH]) {
  json_t *facts = NULL;
  int home = -1, folder = -1;
  char file[FILE_NAME];
  *bytes = NULL;
  result r = client_facts(a, id, &facts);
  if (r != OK) return r;
  snprintf(hash, PICTURE_HASH, "%s", client_picture_of(facts));
  json_decref(facts);
  if (!hash[0]) return NOT_FOUND;
  name_of(hash, file);
  r = open_home(a, id, &home);
  if (r == OK) r = io_open_dir(home, FOLDER, &folder);
  if (r == OK) r = client_picture_read(folder, file, hash, bytes, size);
  io_close(folder);
  io_close(home);
  return r;
}
