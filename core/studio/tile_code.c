// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/studio/tile_code.h"

#include <stdlib.h>
#include <string.h>

enum { TILE_CLEAR = 0, TILE_RUNS = 1, LITERAL = 0x8000, PIXEL_BYTES = 8 };

void code_put(code_out *to, const void *bytes, size_t size) {
  if (to->trouble != OK) return;
  if (to->room - to->size < size) {
    size_t room = to->room * 2 + size + 4096;
    uint8_t *grown = realloc(to->bytes, room);
    if (grown == NULL) {
      to->trouble = NO_MEMORY;
      return;
    }
    to->bytes = grown;
    to->room = room;
  }
  memcpy(to->bytes + to->size, bytes, size);
  to->size += size;
}

static void put_u16(code_out *to, uint16_t v) {
  uint8_t b[2] = {(uint8_t)v, (uint8_t)(v >> 8)};
  code_put(to, b, sizeof b);
}

void code_put_u32(code_out *to, uint32_t v) {
  uint8_t b[4] = {(uint8_t)v, (uint8_t)(v >> 8), (uint8_t)(v >> 16), (uint8_t)(v >> 24)};
  code_put(to, b, sizeof b);
}

static void put_pixels(code_out *to, const uint16_t *rgba, uint32_t n) {
  for (uint32_t i = 0; i < 4 * n; i++) put_u16(to, rgba[i]);
}

// How many pixels from `at` on are the same.
static uint32_t run_at(const uint16_t *rgba, uint32_t at) {
  uint32_t n = 1;
  while (
    at + n < TILE_PIXELS && memcmp(rgba + 4 * at, rgba + 4 * (at + n), PIXEL_BYTES) == 0)
    n++;
  return n;
}

// How many from `at` on stand before the next run that is worth its head.
static uint32_t literals_at(const uint16_t *rgba, uint32_t at) {
  uint32_t n = 0;
  while (at + n < TILE_PIXELS) {
    uint32_t run = run_at(rgba, at + n);
    if (run > 2) break;
    n += run;
  }
  return n;
}

void code_put_tile(code_out *to, const tile *t) {
  uint8_t kind = tile_is_clear(t) ? TILE_CLEAR : TILE_RUNS;
  code_put(to, &kind, 1);
  if (kind == TILE_CLEAR) return;
  for (uint32_t at = 0; at < TILE_PIXELS;) {
    uint32_t run = run_at(t->rgba, at);
    if (run > 2) {
      put_u16(to, (uint16_t)run);
      put_pixels(to, t->rgba + 4 * at, 1);
      at += run;
      continue;
    }
    uint32_t n = literals_at(t->rgba, at);
    put_u16(to, (uint16_t)(n | LITERAL));
    put_pixels(to, t->rgba + 4 * at, n);
    at += n;
  }
}

void code_refuse(code_in *from, result why) {
  if (from->trouble == OK) from->trouble = why;
}

void code_get(code_in *from, void *bytes, size_t size) {
  if (from->left < size) code_refuse(from, BAD_DATA);
  if (from->trouble != OK) {
    memset(bytes, 0, size);
    return;
  }
  memcpy(bytes, from->bytes, size);
  from->bytes += size;
  from->left -= size;
}

static uint16_t get_u16(code_in *from) {
  uint8_t b[2];
  code_get(from, b, sizeof b);
  return (uint16_t)(b[0] | b[1] << 8);
}

uint32_t code_get_u32(code_in *from) {
  uint8_t b[4];
  code_get(from, b, sizeof b);
  return b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

static void get_pixel(code_in *from, uint16_t *rgba) {
  for (int i = 0; i < 4; i++) rgba[i] = get_u16(from);
  uint16_t alpha = rgba[3];
  bool held =
    alpha <= TILE_ONE && rgba[0] <= alpha && rgba[1] <= alpha && rgba[2] <= alpha;
  if (!held) code_refuse(from, BAD_DATA);
}

static void get_runs(code_in *from, uint16_t *rgba) {
  for (uint32_t at = 0; at < TILE_PIXELS && from->trouble == OK;) {
    uint16_t head = get_u16(from);
    uint32_t n = head & (LITERAL - 1u);
    if (n == 0 || n > TILE_PIXELS - at) code_refuse(from, BAD_DATA);
    if (from->trouble != OK) return;
    get_pixel(from, rgba + 4 * at);
    for (uint32_t i = 1; i < n; i++) {
      if (head & LITERAL)
        get_pixel(from, rgba + 4 * (at + i));
      else
        memcpy(rgba + 4 * (at + i), rgba + 4 * at, PIXEL_BYTES);
    }
    at += n;
  }
}

tile *code_get_tile(code_in *from) {
  uint8_t kind = TILE_CLEAR;
  code_get(from, &kind, 1);
  if (kind > TILE_RUNS) code_refuse(from, BAD_DATA);
  if (from->trouble != OK || kind == TILE_CLEAR) return NULL;
  tile *t = tile_create();
  if (t == NULL) {
    code_refuse(from, NO_MEMORY);
    return NULL;
  }
  get_runs(from, t->rgba);
  if (from->trouble == OK) return t;
  tile_release(t);
  return NULL;
}
