// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/light/flash_grid.h"

enum { ACROSS = 4, FOOT = 4 }; // places of a cell, pixels of a place

static uint32_t edge(uint32_t n, uint32_t size) { return n * size / GRID_SIDE; }

uint32_t flash_grid_find(uint32_t x, uint32_t size) {
  return (GRID_SIDE * (x + 1) - 1) / size;
}

page_rect flash_grid_cell(const flash_grid *g, uint32_t c) {
  const uint32_t x = edge(c % GRID_SIDE, g->width);
  const uint32_t y = edge(c / GRID_SIDE, g->height);
  return (page_rect){
    x, y, edge(c % GRID_SIDE + 1, g->width) - x, edge(c / GRID_SIDE + 1, g->height) - y};
}

page_rect flash_grid_both(page_rect a, page_rect b) {
  if (a.w == 0) return b;
  if (b.w == 0) return a;
  const uint32_t right = a.x + a.w > b.x + b.w ? a.x + a.w : b.x + b.w;
  const uint32_t bottom = a.y + a.h > b.y + b.h ? a.y + a.h : b.y + b.h;
  const uint32_t x = a.x < b.x ? a.x : b.x;
  const uint32_t y = a.y < b.y ? a.y : b.y;
  return (page_rect){x, y, right - x, bottom - y};
}

// Somewhere in its part of the cell, so that no regular pattern hides between the places.
static uint32_t somewhere(uint32_t from, uint32_t to, uint32_t size, uint32_t chance) {
  const uint32_t room = to - from > FOOT ? to - from - FOOT + 1 : 1;
  const uint32_t last = size > FOOT ? size - FOOT : 0;
  const uint32_t x = from + chance % room;
  return x < last ? x : last;
}

static void fit_place(flash_grid *g, uint32_t n) {
  const page_rect r = flash_grid_cell(g, n / GRID_EACH);
  const uint32_t i = n % GRID_EACH % ACROSS;
  const uint32_t j = n % GRID_EACH / ACROSS;
  const uint32_t chance = (n + 1) * 2654435761u;
  const uint32_t x = somewhere(
    r.x + r.w * i / ACROSS, r.x + r.w * (i + 1) / ACROSS, g->width, chance >> 8 & 255);
  const uint32_t y = somewhere(
    r.y + r.h * j / ACROSS, r.y + r.h * (j + 1) / ACROSS, g->height, chance >> 20 & 255);
  g->at[n] = y * g->stride + x;
}

// Four pixels of sixteen, no two in one row or column, and one in each quarter: patterns of
// one and of two pixels cancel out.
void flash_grid_fit(flash_grid *g, uint32_t width, uint32_t height, uint32_t stride) {
  static const uint32_t down[FLASH_SAMPLES] = {0, 2, 1, 3};
  if (g->width == width && g->height == height && g->stride == stride) return;
  g->width = width;
  g->height = height;
  g->stride = stride;
  for (uint32_t i = 0; i < FLASH_SAMPLES; i++)
    g->foot[i] = (height < FOOT ? 0 : down[i] * stride) + (width < FOOT ? 0 : i);
  for (uint32_t n = 0; n < GRID_PLACES; n++) fit_place(g, n);
}
