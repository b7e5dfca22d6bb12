// SPDX-License-Identifier: GPL-3.0-or-later
// Pieces: what is put away of a canvas, once and for good, so that memory has to hold the
// newest part of its past alone. A piece is packed, and carries a check that its reference
// names too, so that whatever else lies in its place by then is never taken for it.
//
// In its place: u32 bytes packed, u32 bytes unpacked, u32 check, u32 kind, then a Zstandard
// frame; little-endian. The check is that of the frame's content (its last 4 bytes).
#ifndef GESTO_STUDIO_PIECE_H
#define GESTO_STUDIO_PIECE_H

#include "core/base/result.h"

#include <stddef.h>
#include <stdint.h>

// Where pieces lie is its maker's business. A place is counted in units of PIECE_UNIT bytes
// from 1. Any thread.
enum { PIECE_UNIT = 8 };
typedef struct piece_store {
  void *data;
  // Appends, and says where. NO_SPACE.
  result (*put)(void *data, const void *bytes, size_t size, uint32_t *place);
  // All bytes from there on, or BAD_DATA.
  result (*get)(void *data, uint32_t place, void *bytes, size_t size);
} piece_store;

// The place in the lower half, the check in the upper. 0: none.
typedef uint64_t piece_ref;

enum { PIECE_TILE = 1, PIECE_STEP };
#define PIECE_BYTES_MAX ((size_t)1 << 30) // unpacked

MUST_USE result piece_put(
  const piece_store *s, uint32_t kind, const void *raw, size_t size, piece_ref *ref);
// The caller frees *raw. BAD_DATA: it is not there any more, or another kind of piece.
MUST_USE result piece_get(
  const piece_store *s, uint32_t kind, piece_ref ref, uint8_t **raw, size_t *size);

#endif
