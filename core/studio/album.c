// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/studio/album.h"

#include <stdlib.h>

result album_make(album_paper *p, uint32_t tiles) {
  for (uint32_t s = 0; s < SHEETS_ALL; s++) {
    if (p->tiles[s] == NULL) p->tiles[s] = calloc(tiles, sizeof(tile *));
    if (p->tiles[s] == NULL) return NO_MEMORY;
  }
  return OK;
}

void album_empty(album_paper *p, uint32_t tiles) {
  for (uint32_t s = 0; s < SHEETS_ALL; s++) {
    for (uint32_t i = 0; p->tiles[s] != NULL && i < tiles; i++) {
      tile_release(p->tiles[s][i]);
      p->tiles[s][i] = NULL;
    }
  }
}

bool album_is_bare(const album_paper *p, uint32_t tiles) {
  for (uint32_t s = 0; s < SHEETS_ALL; s++) {
    for (uint32_t i = 0; p->tiles[s] != NULL && i < tiles; i++) {
      if (!tile_is_clear(p->tiles[s][i])) return false;
    }
  }
  return true;
}

size_t album_bytes(const album *a, uint32_t tiles) {
  size_t bytes = 0;
  for (uint32_t n = 0; n < a->count; n++) {
    for (uint32_t s = 0; s < SHEETS_ALL; s++) {
      tile *const *sheet = a->papers[n].tiles[s];
      for (uint32_t i = 0; sheet != NULL && i < tiles; i++)
        bytes += tile_is_clear(sheet[i]) ? 0 : sizeof(tile);
    }
  }
  return bytes;
}

void album_finish(album *a, uint32_t tiles) {
  for (uint32_t n = 0; n < PAPERS_MAX; n++) {
    album_empty(&a->papers[n], tiles);
    for (uint32_t s = 0; s < SHEETS_ALL; s++) free(a->papers[n].tiles[s]);
  }
  *a = (album){0};
}
