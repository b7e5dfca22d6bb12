// SPDX-License-Identifier: GPL-3.0-or-later
// A tile's piece: the reference of the tile that it is a patch of (0: of a transparent one),
// then the patch (tile_patch.h).
#include "core/studio/tile_archive.h"

#include "core/studio/tile_patch.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

// To see one tile no more than so many others are read; of what was put away by another version
// of ours a few more may be.
enum { DEPTH_MAX = 12, CHAIN_MAX = 64, NAMED = 2, NAMED_SINCE = 6 };

struct tile_archive {
  _Atomic uint32_t references;
  const piece_store *store;
  pthread_mutex_t lock; // for what follows, and so that a tile is put away once
  tile **last;          // by slot: put away last, or NULL
  uint32_t slots;
};

result tile_archive_create(tile_archive **made, const piece_store *store) {
  tile_archive *a = *made = calloc(1, sizeof *a);
  if (a == NULL) return NO_MEMORY;
  atomic_init(&a->references, 1);
  a->store = store;
  pthread_mutex_init(&a->lock, NULL);
  return OK;
}

tile_archive *tile_archive_share(tile_archive *a) {
  if (a != NULL) atomic_fetch_add(&a->references, 1);
  return a;
}

void tile_archive_release(tile_archive *a) {
  if (a == NULL || atomic_fetch_sub(&a->references, 1) > 1) return;
  for (uint32_t i = 0; i < a->slots; i++) tile_release(a->last[i]);
  free(a->last);
  pthread_mutex_destroy(&a->lock);
  free(a);
}

const piece_store *tile_archive_store(const tile_archive *a) { return a->store; }

// ---- Putting away ------------------------------------------------------------------

static void remember(tile_archive *a, uint32_t slot, tile *t) {
  if (slot >= a->slots) {
    const uint32_t slots = slot + 1 + slot / 2;
    tile **last = realloc(a->last, slots * sizeof(tile *));
    if (last == NULL) return; // the next one is whole
    memset(last + a->slots, 0, (slots - a->slots) * sizeof(tile *));
    a->last = last;
    a->slots = slots;
  }
  if (a->last[slot] == t) return;
  tile_release(a->last[slot]);
  a->last[slot] = tile_share(t);
}

static const tile *base_for(const tile_archive *a, uint32_t slot) {
  const tile *last = slot < a->slots ? a->last[slot] : NULL;
  return last != NULL && last->depth < DEPTH_MAX ? last : NULL;
}

static result put_away(tile_archive *a, const tile *base, tile *t) {
  piece_ref ref = 0;
  code_out to = {0};
  code_put_u64(&to, base == NULL ? 0 : atomic_load(&base->filed));
  tile_patch_put(&to, base, t);
  result r = to.trouble;
  if (r == OK) r = piece_put(a->store, PIECE_TILE, to.bytes, to.size, &ref);
  free(to.bytes);
  if (r != OK) return r;
  t->depth = base == NULL ? 0 : (uint8_t)(base->depth + 1);
  atomic_store(&t->filed, ref);
  return OK;
}

result tile_archive_put(tile_archive *a, uint32_t slot, tile *t, piece_ref *ref) {
  result r = OK;
  *ref = 0;
  if (tile_is_clear(t)) return OK;
  pthread_mutex_lock(&a->lock);
  if (atomic_load(&t->filed) == 0) r = put_away(a, base_for(a, slot), t);
  if (r == OK) remember(a, slot, t);
  pthread_mutex_unlock(&a->lock);
  if (r == OK) *ref = atomic_load(&t->filed);
  return r;
}

// ---- Getting back ------------------------------------------------------------------

typedef struct chain {
  uint8_t *raw[CHAIN_MAX];
  size_t size[CHAIN_MAX];
  uint32_t count;
} chain;

static result read_chain(const piece_store *store, piece_ref ref, chain *c) {
  while (ref != 0) {
    if (c->count == CHAIN_MAX) return BAD_DATA;
    const uint32_t n = c->count;
    const result r = piece_get(store, PIECE_TILE, ref, &c->raw[n], &c->size[n]);
    if (r != OK) return r;
    c->count++;
    code_in from = {.bytes = c->raw[n], .left = c->size[n]};
    ref = code_get_u64(&from);
    if (from.trouble != OK) return BAD_DATA;
  }
  return OK;
}

static result follow(const chain *c, tile **t) {
  *t = NULL;
  for (uint32_t n = c->count; n-- > 0;) {
    code_in from = {.bytes = c->raw[n], .left = c->size[n]};
    code_get_u64(&from);
    tile *next = tile_patch_get(&from, *t);
    tile_release(*t);
    *t = next;
    if (from.trouble == OK && (next == NULL || from.left > 0)) from.trouble = BAD_DATA;
    if (from.trouble == OK) continue;
    tile_release(next);
    *t = NULL;
    return from.trouble;
  }
  return OK;
}

result tile_archive_get(const tile_archive *a, piece_ref ref, tile **t) {
  chain c = {.count = 0};
  *t = NULL;
  if (ref == 0) return OK;
  result r = read_chain(a->store, ref, &c);
  if (r == OK) r = follow(&c, t);
  for (uint32_t n = 0; n < c.count; n++) free(c.raw[n]);
  if (r == OK && *t == NULL) r = BAD_DATA;
  if (r != OK) return r;
  (*t)->depth = (uint8_t)(c.count - 1);
  atomic_store(&(*t)->filed, ref);
  return OK;
}

// ---- In what is saved --------------------------------------------------------------

void code_put_any_tile(code_out *to, uint32_t slot, tile *t) {
  const uint8_t kind = NAMED;
  piece_ref ref = 0;
  if (to->archive == NULL) {
    code_put_tile(to, t);
    return;
  }
  if (to->trouble == OK) to->trouble = tile_archive_put(to->archive, slot, t, &ref);
  code_put(to, &kind, 1);
  code_put_u64(to, ref);
}

static tile *get_named(code_in *from) {
  tile *t = NULL;
  uint8_t kind = 0;
  code_get(from, &kind, 1);
  const piece_ref ref = code_get_u64(from);
  if (from->archive == NULL) code_refuse(from, BAD_DATA);
  const result r = from->trouble == OK ? tile_archive_get(from->archive, ref, &t) : OK;
  if (r != OK) code_refuse(from, r);
  return t;
}

tile *code_get_any_tile(code_in *from, uint32_t version) {
  const bool may = version >= NAMED_SINCE && from->left > 0;
  return may && from->bytes[0] == NAMED ? get_named(from) : code_get_tile(from);
}
