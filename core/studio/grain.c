// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/studio/grain.h"

#include "core/studio/tile.h"

#include <stdlib.h>
#include <string.h>

// ---- Heights -----------------------------------------------------------------------

// Any number from 0 to 255 for a corner of a cell, always the same one.
static int32_t corner(uint32_t x, uint32_t y, uint32_t salt) {
  uint32_t v = x * 0x8DA6B343u ^ y * 0xD8163841u ^ salt * 0xCB1AB31Fu;
  v = (v ^ v >> 15) * 0x2C1B3C6Du;
  v = (v ^ v >> 12) * 0x297A2D39u;
  return (int32_t)((v ^ v >> 15) & 255);
}

// Soft at both ends: 3 t^2 - 2 t^3, of `at` parts of `side`, in parts of 256.
static int32_t eased(uint32_t at, uint32_t side) {
  const uint32_t t = at * 256 / side;
  return (int32_t)(t * t * (768 - 2 * t) >> 16);
}

static int32_t between(int32_t from, int32_t to, int32_t part) {
  return from + (to - from) * part / 256;
}

// Hills that are `side` pixels wide, which divides GRAIN_SIDE.
static int32_t hills(uint32_t x, uint32_t y, uint32_t side) {
  const uint32_t cells = GRAIN_SIDE / side;
  const uint32_t left = x / side, top = y / side;
  const uint32_t right = (left + 1) % cells, bottom = (top + 1) % cells;
  const int32_t across = eased(x % side, side), down = eased(y % side, side);
  const int32_t above =
    between(corner(left, top, side), corner(right, top, side), across);
  const int32_t below =
    between(corner(left, bottom, side), corner(right, bottom, side), across);
  return between(above, below, down);
}

static int32_t fine(uint32_t x, uint32_t y, uint32_t unit) {
  return (hills(x, y, 2 * unit) * 5 + hills(x, y, 4 * unit) * 3) / 8;
}

static int32_t rough(uint32_t x, uint32_t y, uint32_t unit) {
  const int32_t coarse = hills(x, y, 8 * unit) + hills(x, y, 4 * unit);
  return (coarse * 4 + hills(x, y, 2 * unit) * 3) / 11;
}

// How high a thread stands `at` pixels from its side: round.
static int32_t thread(uint32_t at, uint32_t wide) {
  const int32_t off = (int32_t)(2 * at + 1) - (int32_t)wide;
  const int32_t side = (int32_t)wide;
  return 255 - off * off * 255 / (side * side);
}

// Threads lie over and under each other by turns.
static int32_t woven(uint32_t x, uint32_t y, uint32_t unit) {
  const uint32_t wide = 4 * unit;
  const int32_t along = thread(x % wide, wide), across = thread(y % wide, wide);
  const bool upright = (x / wide + y / wide) % 2 == 0;
  const int32_t upper = upright ? along : across, lower = upright ? across : along;
  const int32_t woven = (upper * 3 + lower) / 4;
  return (woven * 6 + hills(x, y, 2 * unit) * 2) / 8;
}

static int32_t height_of(canvas_texture texture, uint32_t x, uint32_t y, uint32_t unit) {
  switch (texture) {
  case CANVAS_ROUGH: return rough(x, y, unit);
  case CANVAS_WOVEN: return woven(x, y, unit);
  default: return fine(x, y, unit);
  }
}

// From the lowest, 0, to the highest, 255.
static void stretch(grain *g) {
  uint32_t low = 255, high = 0;
  for (uint32_t i = 0; i < GRAIN_SIDE * GRAIN_SIDE; i++) {
    if (g->height[i] < low) low = g->height[i];
    if (g->height[i] > high) high = g->height[i];
  }
  for (uint32_t i = 0; i < GRAIN_SIDE * GRAIN_SIDE && high > low; i++)
    g->height[i] = (uint8_t)((g->height[i] - low) * 255 / (high - low));
}

static int32_t height_at(const grain *g, uint32_t x, uint32_t y) {
  return g->height[y % GRAIN_SIDE * GRAIN_SIDE + x % GRAIN_SIDE];
}

// From the upper left: what falls away from there lies in the shade.
static void light_up(grain *g) {
  for (uint32_t y = 0; y < GRAIN_SIDE; y++) {
    for (uint32_t x = 0; x < GRAIN_SIDE; x++) {
      const int32_t rises = height_at(g, x + 2, y + 2) - height_at(g, x, y);
      g->light[y * GRAIN_SIDE + x] = (int16_t)(rises * TILE_ONE / 6400);
    }
  }
}

static uint32_t unit_of(float scale) {
  if (scale >= 3.0f) return 4;
  return scale >= 1.5f ? 2 : 1;
}

grain *grain_create(canvas_texture texture, float scale) {
  grain *g = malloc(sizeof *g);
  if (g == NULL) return NULL;
  const uint32_t unit = unit_of(scale);
  for (uint32_t y = 0; y < GRAIN_SIDE; y++) {
    for (uint32_t x = 0; x < GRAIN_SIDE; x++)
      g->height[y * GRAIN_SIDE + x] = (uint8_t)height_of(texture, x, y, unit);
  }
  stretch(g);
  light_up(g);
  atomic_init(&g->references, 1);
  return g;
}

grain *grain_share(grain *g) {
  if (g != NULL) atomic_fetch_add(&g->references, 1);
  return g;
}

void grain_release(grain *g) {
  if (g != NULL && atomic_fetch_sub(&g->references, 1) == 1) free(g);
}

const int16_t *grain_light(const grain *g, uint32_t y) {
  return g->light + (size_t)(y % GRAIN_SIDE) * GRAIN_SIDE;
}

// ---- Tooth -------------------------------------------------------------------------

// The upper part of the heights takes all there is.
tooth tooth_of(const grain *g, uint32_t percent) {
  enum { FULL_FROM = 168 };
  tooth t = {.grain = percent > 0 ? g : NULL};
  for (uint32_t height = 0; height < 256 && t.grain != NULL; height++) {
    const uint32_t depth = height < FULL_FROM ? FULL_FROM - height : 0;
    const uint32_t lost = depth * 256 / FULL_FROM; // steep near the top
    const uint32_t bare = 256 - (256 - lost) * (256 - lost) / 256;
    t.takes[height] = (uint16_t)(TILE_ONE - bare * percent * (TILE_ONE / 256) / 100);
  }
  return t;
}

uint32_t tooth_percent(const char *brush) {
  static const char key[] = "\"tooth\":";
  const char *at = strstr(brush, key);
  if (at == NULL) return 0;
  const unsigned long percent = strtoul(at + sizeof key - 1, NULL, 10);
  return percent < 100 ? (uint32_t)percent : 100;
}

void tooth_bite(const tooth *t, const uint16_t *before, uint16_t *painted, uint32_t x,
  uint32_t y, uint32_t n) {
  const uint8_t *heights = t->grain->height + y % GRAIN_SIDE * GRAIN_SIDE;
  for (uint32_t i = 0; i < n; i++) {
    const int32_t takes = t->takes[heights[(x + i) % GRAIN_SIDE]];
    for (uint32_t k = 4 * i; k < 4 * i + 4; k++) {
      const int32_t was = before ? before[k] : 0;
      painted[k] = (uint16_t)(was + ((painted[k] - was) * takes >> 15));
    }
  }
}
