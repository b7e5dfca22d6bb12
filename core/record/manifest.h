// SPDX-License-Identifier: GPL-3.0-or-later
// MANIFEST: size and SHA-256 of every file of a session folder; written last. Lines of
// text, the last of which checks the rest.
#ifndef GESTO_RECORD_MANIFEST_H
#define GESTO_RECORD_MANIFEST_H

#include "core/base/result.h"

#include <stddef.h>
#include <stdint.h>

enum { MANIFEST_MOST = 16 << 20 }; // bytes

typedef struct manifest_entry {
  char *path; // relative, '/' between folders
  uint64_t size;
  char sha256[65];
} manifest_entry;

typedef struct manifest {
  char session[33];        // hex
  manifest_entry *entries; // sorted by path
  size_t count;
} manifest;

// Syncs and hashes all files below `dir` and writes MANIFEST there; everything, folders
// too, is on disk when it returns OK. BAD_DATA if something there has a name or a nature
// that no file of a session has.
MUST_USE result manifest_write(int dir, const uint8_t session[16]);
MUST_USE result manifest_load(manifest *m, int dir);
// Any thread. BAD_DATA on anything that manifest_write does not write.
MUST_USE result manifest_parse(manifest *m, const char *bytes, size_t size);
const manifest_entry *manifest_find(
  const manifest *m, const char *path); // NULL: not listed
void manifest_finish(manifest *m);

// Hash and size of one file. BAD_DATA if it is not a regular file. `sync`: fsync it, too.
MUST_USE result manifest_hash(
  int dir, const char *path, char sha256[65], uint64_t *size, _Bool sync);
// Every entry below `dir` that is not a folder, in order, with its path; folders first, too,
// with a '/' at their end.
typedef result manifest_walk_fn(void *data, int dir, const char *path);
MUST_USE result manifest_walk(int dir, manifest_walk_fn *each, void *data);

#endif
