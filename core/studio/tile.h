// SPDX-License-Identifier: GPL-3.0-or-later
// A tile: 64 x 64 pixels, RGBA of 16 bits, premultiplied, 1.0 = TILE_ONE, of which a tile holds
// at most TILE_MOST so that it fits a signed number. It is shared by counting references and
// copied when a shared one is painted on. NULL stands for a transparent tile. References may be
// taken and given back in any thread; what is shared is only read.
#ifndef GESTO_STUDIO_TILE_H
#define GESTO_STUDIO_TILE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

enum { TILE_SIDE = 64, TILE_PIXELS = TILE_SIDE * TILE_SIDE, TILE_PIXEL_BYTES = 8 };
enum { TILE_ONE = 1 << 15, TILE_MOST = TILE_ONE - 1 };

typedef struct tile {
  _Alignas(32) uint16_t rgba[TILE_PIXELS * 4];
  _Atomic uint32_t references;
  // Once it was put away (tile_archive.h): where, and behind how many others.
  _Atomic uint64_t filed; // a piece_ref
  uint8_t depth;
} tile;

// What a byte of a picture, 0 to 255, is on a tile, and back.
static inline uint16_t tile_of_byte(uint32_t byte) {
  return (uint16_t)((byte * TILE_MOST + 127) / 255);
}
static inline uint8_t tile_to_byte(uint32_t v) {
  return (uint8_t)((v * 255 + TILE_MOST / 2) / TILE_MOST);
}

// Transparent, one reference. NULL: no memory.
tile *tile_create(void);
// One more reference to the same tile. Takes NULL.
tile *tile_share(tile *t);
// Gives a reference back; the last one frees. Takes NULL.
void tile_release(tile *t);
// A copy with one reference, transparent for NULL. NULL: no memory.
tile *tile_copy(const tile *t);
// True if there is nothing on it. Takes NULL.
bool tile_is_clear(const tile *t);
// False: among so many pixels are colours that no tile can hold.
bool tile_holds(const uint16_t *rgba, uint32_t pixels);
// The pixels of a transparent tile, to read.
const uint16_t *tile_clear_pixels(void);

#endif
