// SPDX-License-Identifier: GPL-3.0-or-later
// The files of one exercise, read when they are first asked for and kept to the end. Main
// thread.
#ifndef GESTO_PLAYER_ASSETS_H
#define GESTO_PLAYER_ASSETS_H

#include "core/base/result.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct asset {
  char *name; // below the folder of all assets
  char *bytes;
  size_t size;
} asset;

typedef struct assets {
  char *folder; // of all assets, with its slash
  asset *all;
  uint32_t count;
} assets;

enum { ASSET_BYTES_MAX = 64 << 20, ASSETS_MAX = 4096 };

MUST_USE result assets_init(assets *a, const char *folder);
void assets_finish(assets *a); // takes a zeroed one
// The file <folder>/<below>/<name>: NULL if there is none, if the name has a ".." or begins
// with a slash, or if it is too large. `first` says whether it was read just now. Borrowed
// until assets_finish; followed by a zero byte that is not counted.
const char *assets_get(
  assets *a, const char *below, const char *name, size_t *size, bool *first);

#endif
