// SPDX-License-Identifier: GPL-3.0-or-later
// The picture that was put for a client, to draw on: clients/<id>/pictures/<sha256>.png, and
// a fact that names it. One at a time; of the one before nothing is left. Keeper only; one
// thread.
#ifndef GESTO_RECORD_CLIENT_PICTURE_H
#define GESTO_RECORD_CLIENT_PICTURE_H

#include "core/base/result.h"
#include "core/record/archive.h"

#include <jansson.h>
#include <stddef.h>

enum { PICTURE_HASH = 65, PICTURE_BYTES_MAX = 32 << 20 };

// What a SHA-256 of these bytes is in hex.
void client_picture_hash(const void *bytes, size_t size, char hash[PICTURE_HASH]);
// The hash of the picture among facts about a client; "": there is none.
const char *client_picture_of(const json_t *facts);
// Puts a PNG, which is one of ours. TOO_LARGE. On failure the one before stays.
MUST_USE result client_picture_put(
  archive *a, const char *id, const void *bytes, size_t size);
// Takes it off: fact first, then file. OK where there is none.
MUST_USE result client_picture_drop(archive *a, const char *id);
// The caller frees *bytes. NOT_FOUND: there is none; BAD_DATA: it is not what its name says.
MUST_USE result client_picture_load(
  archive *a, const char *id, char **bytes, size_t *size, char hash[PICTURE_HASH]);
// The same from any folder that holds it under `file`.
MUST_USE result client_picture_read(
  int dir, const char *file, const char *hash, char **bytes, size_t *size);

#endif
