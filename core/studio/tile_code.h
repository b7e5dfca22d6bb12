// SPDX-License-Identifier: GPL-3.0-or-later
// Tiles and numbers as bytes: bounded reading, growing writing. A tile is 1 byte, 0 for a
// transparent one, 1 for runs: each 2 bytes n, then one pixel of 8 bytes that stands n times,
// or, with the highest bit of n set, n pixels as they are; 3 for a piece of a photo: 3 bytes
// for each pixel, red, green, blue, none of them transparent (2 is of tile_archive.h).
// Little-endian, as all that we support is, so that pixels are copied whole. One thread.
#ifndef GESTO_STUDIO_TILE_CODE_H
#define GESTO_STUDIO_TILE_CODE_H

#include "core/base/result.h"
#include "core/studio/tile.h"

#include <stddef.h>
#include <stdint.h>

typedef struct code_out {
  uint8_t *bytes; // the holder frees
  size_t size, room;
  result trouble;               // NO_MEMORY: what came after is not in it
  struct tile_archive *archive; // tiles are put away there and named; NULL: none are
} code_out;

typedef struct code_in {
  const uint8_t *bytes;
  size_t left;
  result trouble;                     // the first; from then on every read gives zeroes
  const struct tile_archive *archive; // of tiles that are named alone, or NULL
} code_in;

// Each appends, or sets `trouble` if there is no memory.
void code_put(code_out *to, const void *bytes, size_t size);
void code_put_u16(code_out *to, uint16_t v);
void code_put_u32(code_out *to, uint32_t v);
void code_put_u64(code_out *to, uint64_t v);
void code_put_tile(code_out *to, const tile *t); // takes NULL

// Notes what is wrong, unless something was before.
void code_refuse(code_in *from, result why);
void code_get(code_in *from, void *bytes, size_t size);
uint16_t code_get_u16(code_in *from);
uint32_t code_get_u32(code_in *from);
uint64_t code_get_u64(code_in *from);
// The caller's reference. NULL: transparent, or see `trouble`. BAD_DATA for colours that no
// tile can hold.
tile *code_get_tile(code_in *from);

#endif
