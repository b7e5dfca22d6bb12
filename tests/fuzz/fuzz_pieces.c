// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base studio
// Any bytes as what lies in a canvas' pieces, each with a check that holds: its steps are undone
// and done again as far as they make sense, or refused. First byte of each: a tile if it is
// even, else a step; then which of those before it it names, 2 bytes how long it is, and that.
#include "core/studio/canvas_parts.h"
#include "tests/unit/piece_hand.h"

#include <stdlib.h>
#include <string.h>

enum { WIDTH = 100, HEIGHT = 70, PIECES_MAX = 64 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static const char *no_brush(void *data, const char *name) {
  (void)data, (void)name;
  return NULL;
}

typedef struct made {
  hand_pieces store;
  piece_ref refs[2][PIECES_MAX]; // of tiles, of steps
  uint32_t count[2];
} made;

// 12 bytes of a step's tile are sheet, index and kind and then its name: those that are to name
// a tile are given one that there is.
static void name_tiles(const made *m, uint8_t *body, size_t size) {
  for (size_t at = 0; m->count[0] > 0 && at + 9 <= size; at++) {
    if (body[at] != 2 || body[at + 1] != 'T') continue;
    const piece_ref ref = m->refs[0][body[at + 2] % m->count[0]];
    memcpy(body + at + 1, &ref, sizeof ref);
  }
}

static void put_piece(
  made *m, bool step, uint32_t named, const uint8_t *body, size_t size) {
  uint8_t raw[8 + 65536];
  piece_ref ref = 0;
  if (m->count[step] == PIECES_MAX) return;
  if (named > 0 && m->count[step] > 0) ref = m->refs[step][named % m->count[step]];
  memcpy(raw, &ref, sizeof ref);
  memcpy(raw + 8, body, size);
  if (step) name_tiles(m, raw + 8, size);
  const uint32_t kind = step ? PIECE_STEP : PIECE_TILE;
  if (piece_put(&m->store.store, kind, raw, 8 + size, &ref) != OK) abort();
  m->refs[step][m->count[step]++] = ref;
}

static void put_all(made *m, const uint8_t *bytes, size_t size) {
  while (size >= 4) {
    const size_t said = (size_t)bytes[2] | (size_t)bytes[3] << 8, left = size - 4;
    const size_t own = said < left ? said : left;
    put_piece(m, bytes[0] % 2, bytes[1], bytes + 4, own);
    bytes += 4 + own;
    size -= 4 + own;
  }
}

static void use(canvas *c) {
  static uint8_t rgba[WIDTH * HEIGHT * 4];
  uint8_t *saved = NULL;
  size_t n = 0;
  while (canvas_undo(c)) continue;
  canvas_picture(c, rgba);
  while (canvas_redo(c)) continue;
  const uint64_t hash = canvas_hash(c);
  if (canvas_save(c, true, &saved, &n) != OK) abort();
  if (canvas_load(c, saved, n) != OK || canvas_hash(c) != hash) abort();
  free(saved);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  static made m;
  canvas *c = NULL;
  m.count[0] = m.count[1] = 0;
  hand_pieces_init(&m.store);
  put_all(&m, bytes, size);
  if (canvas_create(&c, WIDTH, HEIGHT, 1, no_brush, NULL) != OK) abort();
  if (canvas_keep_in(c, &m.store.store) != OK) abort();
  if (m.count[1] > 0) c->easel.past.undo.below = m.refs[1][m.count[1] - 1];
  use(c);
  canvas_destroy(c);
  hand_pieces_finish(&m.store);
  return 0;
}
