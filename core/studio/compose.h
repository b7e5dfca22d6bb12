// SPDX-License-Identifier: GPL-3.0-or-later
// A row of a tile as it is seen: what lies over each other there, over the paper. In integers of
// 16 bits, eight at a time, the same on every processor. Pure; any thread.
#ifndef GESTO_STUDIO_COMPOSE_H
#define GESTO_STUDIO_COMPOSE_H

#include "core/studio/tile.h"

#include <stdint.h>

// Pixels from..to-1 of a row of a tile, RGBA, each channel 0..TILE_ONE. The one beside either of
// the ends may be worked on along with it.
typedef struct compose_row {
  _Alignas(16) uint16_t rgba[TILE_SIDE * 4];
  uint32_t from, to;
} compose_row;

// The colour of paper, 0xRRGGBB, and how much brighter it is at each pixel of the tile, in parts
// of TILE_ONE (grain.h); NULL: not at all. From here on rows of pixels are those of whole tiles.
void compose_ground(compose_row *row, uint32_t rgb, const int16_t light[TILE_SIDE]);
// Lays premultiplied pixels over it, `percent` of them.
void compose_over(compose_row *row, const uint16_t *rgba, uint32_t percent);
// Its pixels as XRGB32, the first one first.
void compose_show(const compose_row *row, uint32_t *xrgb);

#endif
