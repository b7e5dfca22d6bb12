// SPDX-License-Identifier: GPL-3.0-or-later
// Where light is looked at in a picture: 32 x 32 cells with 16 places each. A place stands for
// a square of four pixels, so that finer patterns count as their mean. Pure; any thread.
#ifndef GESTO_LIGHT_FLASH_GRID_H
#define GESTO_LIGHT_FLASH_GRID_H

#include "core/base/protocol.h"
#include "core/light/flash_count.h"

enum {
  GRID_SIDE = 32,
  GRID_CELLS = GRID_SIDE * GRID_SIDE,
  GRID_EACH = 16, // places of a cell: n / GRID_EACH is the cell of place n
  GRID_PLACES = GRID_CELLS * GRID_EACH,
};

typedef struct flash_grid {
  uint32_t width, height, stride; // of the pictures that the rest is for, in pixels
  uint32_t at[GRID_PLACES];       // where each place begins
  uint32_t foot[FLASH_SAMPLES];   // its samples from there
} flash_grid;

// Does nothing if the size is the same as before. Neither side is 0.
void flash_grid_fit(flash_grid *g, uint32_t width, uint32_t height, uint32_t stride);
// Empty in a very small picture.
page_rect flash_grid_cell(const flash_grid *g, uint32_t c);
// The least one around both. w == 0: an empty one, which counts for nothing.
page_rect flash_grid_both(page_rect a, page_rect b);
// The row or column of cells that pixel x of `size` lies in.
uint32_t flash_grid_find(uint32_t x, uint32_t size);

static inline void flash_grid_read(
  const flash_grid *g, const uint32_t *pixels, uint32_t n, uint32_t out[FLASH_SAMPLES]) {
  for (int i = 0; i < FLASH_SAMPLES; i++) out[i] = pixels[g->at[n] + g->foot[i]];
}

#endif
