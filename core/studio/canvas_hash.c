// SPDX-License-Identifier: GPL-3.0-or-later
// The canvas as one number.
#include "core/studio/canvas_parts.h"

#include <string.h>

static uint64_t stirred(uint64_t hash, uint64_t value) {
  hash = (hash ^ value) * 0x9E3779B97F4A7C15u;
  return hash ^ hash >> 29;
}

// In four parts, which a processor works on at once.
static uint64_t hash_tile(uint64_t hash, const tile *t) {
  uint64_t parts[4] = {hash, 1, 2, 3};
  for (size_t i = 0; i < TILE_PIXELS; i += 4) {
    uint64_t rgba[4];
    memcpy(rgba, t->rgba + 4 * i, sizeof rgba);
    for (int k = 0; k < 4; k++) parts[k] = stirred(parts[k], rgba[k]);
  }
  return stirred(stirred(parts[0], parts[1]), stirred(parts[2], parts[3]));
}

static uint64_t hash_tiles(uint64_t hash, tile *const *sheet, uint32_t tiles) {
  for (uint32_t i = 0; sheet != NULL && i < tiles; i++) {
    if (!tile_is_clear(sheet[i])) hash = hash_tile(stirred(hash, i), sheet[i]);
  }
  return hash;
}

static uint64_t hash_paper(uint64_t hash, const album_paper *p, uint32_t tiles) {
  const sheet_stack *s = &p->stack;
  hash = stirred(hash, (uint64_t)s->texture << 32 | s->paper);
  for (uint32_t place = 0; place < s->count; place++) {
    const uint32_t sheet = s->order[place];
    const uint64_t looks = (uint64_t)s->opacity[sheet] << 8 | s->hidden[sheet];
    hash =
      hash_tiles(stirred(hash, (uint64_t)sheet << 16 | looks), p->tiles[sheet], tiles);
  }
  return hash_tiles(stirred(hash, UNDER_SHEET), p->tiles[UNDER_SHEET], tiles);
}

uint64_t canvas_hash(const canvas *c) {
  const easel *e = &c->easel;
  uint64_t hash = stirred((uint64_t)e->width << 32 | e->height, e->album.lies);
  for (uint32_t n = 0; n < e->album.count; n++) {
    const album_paper p = easel_paper(e, n);
    hash = hash_paper(hash, &p, e->across * e->down);
  }
  return hash;
}
