// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/assets.h"

#include "core/base/io.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

result assets_init(assets *a, const char *folder) {
  *a = (assets){.folder = strdup(folder)};
  return a->folder ? OK : NO_MEMORY;
}

void assets_finish(assets *a) {
  for (uint32_t i = 0; i < a->count; i++) {
    free(a->all[i].name);
    free(a->all[i].bytes);
  }
  free(a->all);
  free(a->folder);
  *a = (assets){0};
}

static bool is_plain(const char *name) {
  return name && name[0] && name[0] != '/' && !strstr(name, "..") && strlen(name) < 256;
}

static asset *add(assets *a, const char *name) {
  if (a->count == ASSETS_MAX) return NULL;
  asset *more = realloc(a->all, (a->count + 1) * sizeof *more);
  if (!more) return NULL;
  a->all = more;
  asset *new = &more[a->count];
  *new = (asset){.name = strdup(name)};
  if (!new->name) return NULL;
  a->count++;
  return new;
}

static asset *find(assets *a, const char *name) {
  for (uint32_t i = 0; i < a->count; i++) {
    if (strcmp(a->all[i].name, name) == 0) return &a->all[i];
  }
  return NULL;
}

// What is not there stays so: a file that appears later would not be there in a replay.
const char *assets_get(
  assets *a, const char *below, const char *name, size_t *size, bool *first) {
  char key[512], path[4608];
  *size = 0;
  *first = false;
  if (!is_plain(name)) return NULL;
  int n = snprintf(key, sizeof key, "%s/%s", below, name);
  int m = snprintf(path, sizeof path, "%s%s", a->folder, key);
  if (n < 0 || n >= (int)sizeof key || m < 0 || m >= (int)sizeof path) return NULL;
  asset *known = find(a, key);
  if (!known) {
    known = add(a, key);
    if (!known) return NULL;
    result r = io_load(AT_FDCWD, path, ASSET_BYTES_MAX, &known->bytes, &known->size);
    if (r != OK) known->bytes = NULL;
    *first = known->bytes != NULL;
  }
  *size = known->bytes ? known->size : 0;
  return known->bytes;
}
