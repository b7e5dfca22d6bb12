// SPDX-License-Identifier: GPL-3.0-or-later
// The fields that light is judged in. WCAG counts the area that flashes at once in any field
// of 10 degrees of sight, for which it takes a third of the screen's width by a third of its
// height, and allows a quarter of it. A field is a rectangle of the guard's cells, wherever it
// lies. Pure; any thread.
#ifndef GESTO_LIGHT_FLASH_FIELD_H
#define GESTO_LIGHT_FLASH_FIELD_H

#include "core/light/flash_grid.h"

// Fields lie on whole cells; with so much less than a quarter none that lies between them
// passes it.
enum { FIELD_PERCENT = 22 };

typedef struct flash_field { // in cells, 1 to GRID_SIDE
  uint32_t across, down;
} flash_field;

typedef struct flash_sums { // of all cells left of and above a corner
  int32_t to[GRID_SIDE + 1][GRID_SIDE + 1];
} flash_sums;

typedef struct flash_marks { // fields; in the end the cells that lie in one
  int16_t corner[GRID_SIDE + 1][GRID_SIDE + 1];
} flash_marks;

// Of `w` x `h` pixels in a picture of that of the grid; 0: a third of the picture.
flash_field flash_field_of(const flash_grid *g, uint32_t w, uint32_t h);
// Places of a field that may do the same at once.
int32_t flash_field_most(flash_field f);

void flash_sums_fill(flash_sums *s, const int16_t cells[GRID_CELLS]);
static inline int32_t flash_sums_of(
  const flash_sums *s, flash_field f, uint32_t x, uint32_t y) {
  return s->to[y + f.down][x + f.across] - s->to[y][x + f.across] - s->to[y + f.down][x] +
    s->to[y][x];
}

void flash_marks_add(flash_marks *m, flash_field f, uint32_t x, uint32_t y);
// Sets `bits` of the cells that lie in a field that was added.
void flash_marks_spread(const flash_marks *m, uint8_t bits, uint8_t cells[GRID_CELLS]);

#endif
