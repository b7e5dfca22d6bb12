// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/light/flash_field.h"

enum { THIRD = 3 };

static uint32_t cells_of(uint32_t wanted, uint32_t size) {
  const uint32_t px = wanted ? wanted : size / THIRD;
  const uint64_t n = (uint64_t)px * GRID_SIDE / size;
  if (n > GRID_SIDE) return GRID_SIDE;
  return n > 0 ? (uint32_t)n : 1;
}

flash_field flash_field_of(const flash_grid *g, uint32_t w, uint32_t h) {
  return (flash_field){cells_of(w, g->width), cells_of(h, g->height)};
}

int32_t flash_field_most(flash_field f) {
  return (int32_t)(f.across * f.down * GRID_EACH * FIELD_PERCENT / 100);
}

void flash_sums_fill(flash_sums *s, const int16_t cells[GRID_CELLS]) {
  for (uint32_t i = 0; i <= GRID_SIDE; i++) s->to[0][i] = s->to[i][0] = 0;
  for (uint32_t y = 0; y < GRID_SIDE; y++) {
    int32_t row = 0;
    for (uint32_t x = 0; x < GRID_SIDE; x++) {
      row += cells[y * GRID_SIDE + x];
      s->to[y + 1][x + 1] = s->to[y][x + 1] + row;
    }
  }
}

void flash_marks_add(flash_marks *m, flash_field f, uint32_t x, uint32_t y) {
  m->corner[y][x]++;
  m->corner[y][x + f.across]--;
  m->corner[y + f.down][x]--;
  m->corner[y + f.down][x + f.across]++;
}

void flash_marks_spread(const flash_marks *m, uint8_t bits, uint8_t cells[GRID_CELLS]) {
  int32_t above[GRID_SIDE] = {0};
  for (uint32_t y = 0; y < GRID_SIDE; y++) {
    int32_t row = 0;
    for (uint32_t x = 0; x < GRID_SIDE; x++) {
      row += m->corner[y][x];
      above[x] += row;
      if (above[x] > 0) cells[y * GRID_SIDE + x] |= bits;
    }
  }
}
