// SPDX-License-Identifier: GPL-3.0-or-later
// A store of pieces in memory for tests of the canvas. Included once by each test program.
#ifndef TESTS_PIECE_HAND_H
#define TESTS_PIECE_HAND_H

#include "core/studio/piece.h"

#include <stdlib.h>
#include <string.h>

typedef struct hand_pieces {
  uint8_t *bytes;
  size_t size, room, limit; // limit 0: none
  piece_store store;
} hand_pieces;

static inline result hand_pieces_put(
  void *data, const void *bytes, size_t size, uint32_t *place) {
  hand_pieces *p = data;
  const size_t whole = (size + PIECE_UNIT - 1) / PIECE_UNIT * PIECE_UNIT;
  if (p->size == 0) p->size = PIECE_UNIT;
  if (p->limit && p->size + whole > p->limit) return NO_SPACE;
  if (p->size + whole > p->room) {
    p->room = p->room * 2 + whole + 65536;
    p->bytes = realloc(p->bytes, p->room);
    if (!p->bytes) abort();
  }
  memset(p->bytes + p->size, 0, whole);
  memcpy(p->bytes + p->size, bytes, size);
  *place = (uint32_t)(p->size / PIECE_UNIT);
  p->size += whole;
  return OK;
}

static inline result hand_pieces_get(
  void *data, uint32_t place, void *bytes, size_t size) {
  const hand_pieces *p = data;
  const size_t at = (size_t)place * PIECE_UNIT;
  if (at > p->size || size > p->size - at) return BAD_DATA;
  memcpy(bytes, p->bytes + at, size);
  return OK;
}

static inline const piece_store *hand_pieces_init(hand_pieces *p) {
  *p = (hand_pieces){.store = {p, hand_pieces_put, hand_pieces_get}};
  return &p->store;
}

static inline void hand_pieces_finish(hand_pieces *p) { free(p->bytes); }

#endif
