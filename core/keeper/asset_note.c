// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/asset_note.h"

#include "core/base/beside.h"
#include "core/base/io.h"
#include "core/keeper/program.h"

#include <fcntl.h>
#include <jansson.h>
#include <limits.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
  KEPT_BYTES = 256 << 10,
  READ_BYTES = 64 << 20,
  HEX = 2 * crypto_hash_sha256_BYTES + 1
};

static bool is_plain_name(const char *name) {
  if (name[0] == '/' || name[0] == 0 || strstr(name, "..")) return false;
  for (const char *c = name; *c; c++) {
    if ((unsigned char)*c < ' ') return false;
  }
  return true;
}

static void hash_hex(const char *bytes, size_t size, char hex[HEX]) {
  unsigned char hash[crypto_hash_sha256_BYTES];
  crypto_hash_sha256(hash, (const unsigned char *)bytes, size);
  sodium_bin2hex(hex, HEX, hash, sizeof hash);
}

// Named by its hash: nothing that a plugin says becomes a path of the archive.
static result keep_copy(
  int creation_dir, const char *hex, const char *bytes, size_t size) {
  int folder = -1;
  result done = io_make_dir(creation_dir, "assets", 0700);
  if (done == EXISTS) done = OK;
  if (done == OK) done = io_open_dir(creation_dir, "assets", &folder);
  if (done == OK) done = io_save(folder, hex, bytes, size);
  io_close(folder);
  return done;
}

result asset_note_make(
  const char *exercise_id, const char *name, int creation_dir, char **json) {
  *json = NULL;
  char assets[PATH_MAX];
  char path[PATH_MAX];
  if (!is_plain_name(name) || !is_plain_name(exercise_id)) return BAD_DATA;
  result done = beside_program("assets/", assets, sizeof assets);
  if (done != OK) return done;
  int length = snprintf(path, sizeof path, "%s%s/%s", assets, exercise_id, name);
  if (length < 0 || (size_t)length >= sizeof path) return TOO_LARGE;
  char *bytes = NULL;
  size_t size = 0;
  char hex[HEX];
  done = io_load(AT_FDCWD, path, READ_BYTES, &bytes, &size);
  if (done != OK) return done;
  hash_hex(bytes, size, hex);
  if (size <= KEPT_BYTES) done = keep_copy(creation_dir, hex, bytes, size);
  free(bytes);
  json_t *note =
    json_pack("{s:s, s:s, s:I}", "name", name, "sha256", hex, "bytes", (json_int_t)size);
  *json = note ? json_dumps(note, JSON_COMPACT) : NULL;
  json_decref(note);
  if (done == OK && !*json) done = NO_MEMORY;
  if (done != OK) free(*json);
  return done;
}
