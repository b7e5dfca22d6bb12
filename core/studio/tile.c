// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/studio/tile.h"

#include <stdlib.h>
#include <string.h>

static tile *tile_allocate(void) {
  tile *t = aligned_alloc(_Alignof(tile), sizeof(tile));
  if (t == NULL) return NULL;
  atomic_init(&t->references, 1);
  atomic_init(&t->filed, 0);
  t->depth = 0;
  return t;
}

tile *tile_create(void) {
  tile *t = tile_allocate();
  if (t != NULL) memset(t->rgba, 0, sizeof t->rgba);
  return t;
}

tile *tile_share(tile *t) {
  if (t != NULL) atomic_fetch_add_explicit(&t->references, 1, memory_order_relaxed);
  return t;
}

void tile_release(tile *t) {
  if (t == NULL) return;
  if (atomic_fetch_sub_explicit(&t->references, 1, memory_order_acq_rel) == 1) free(t);
}

tile *tile_copy(const tile *t) {
  if (t == NULL) return tile_create();
  tile *copy = tile_allocate();
  if (copy != NULL) memcpy(copy->rgba, t->rgba, sizeof copy->rgba);
  return copy;
}

bool tile_is_clear(const tile *t) {
  if (t == NULL) return true;
  static const uint16_t clear[256];
  for (size_t i = 0; i < TILE_PIXELS * 4; i += 256) {
    if (memcmp(t->rgba + i, clear, sizeof clear) != 0) return false;
  }
  return true;
}

const uint16_t *tile_clear_pixels(void) {
  static const tile clear;
  return clear.rgba;
}

bool tile_holds(const uint16_t *rgba, uint32_t pixels) {
  bool hold = true;
  for (uint32_t i = 0; i < pixels; i++, rgba += 4) {
    const uint16_t alpha = rgba[3];
    hold &=
      alpha <= TILE_MOST && rgba[0] <= alpha && rgba[1] <= alpha && rgba[2] <= alpha;
  }
  return hold;
}
