// SPDX-License-Identifier: GPL-3.0-or-later
// The grain of paper: how high it stands at each pixel, a pattern that repeats without a seam,
// made from whole numbers alone so that it is the same everywhere. What is drawn on it takes
// less in the valleys, and it throws a little light and shade. Shared by counting references,
// which may be taken and given back in any thread.
#ifndef GESTO_STUDIO_GRAIN_H
#define GESTO_STUDIO_GRAIN_H

#include "core/studio/canvas.h"

#include <stdatomic.h>
#include <stdint.h>

enum { GRAIN_SIDE = 256 }; // pixels, then it repeats

typedef struct grain {
  uint8_t height[GRAIN_SIDE * GRAIN_SIDE];
  int16_t light[GRAIN_SIDE * GRAIN_SIDE]; // see grain_light
  _Atomic uint32_t references;
} grain;

// One reference. As coarse on each paper, of so many pixels a unit. NULL: no memory.
grain *grain_create(canvas_texture texture, float scale);
grain *grain_share(grain *g); // takes NULL
void grain_release(grain *g); // takes NULL

// Of a row of the paper: how much brighter it is at x % GRAIN_SIDE, in parts of TILE_ONE; below
// 0: darker. Borrowed.
const int16_t *grain_light(const grain *g, uint32_t y);

// How a brush catches on a grain.
typedef struct tooth {
  const grain *grain;  // borrowed; NULL: it does not
  uint16_t takes[256]; // by height: parts of TILE_ONE
} tooth;

// `percent`: 0 fills every valley, 100 leaves the deepest bare.
tooth tooth_of(const grain *g, uint32_t percent);
// Of a brush, as its text says; 0: it says nothing.
uint32_t tooth_percent(const char *brush);
// Of n pixels of a row that begins at x, y on the paper: what was painted since `before`
// (NULL: nothing was there) stays where the paper takes it.
void tooth_bite(const tooth *t, const uint16_t *before, uint16_t *painted, uint32_t x,
  uint32_t y, uint32_t n);

#endif
