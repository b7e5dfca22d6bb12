// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/studio/tile_code.h"

#include <stdlib.h>
#include <string.h>

enum {
  TILE_CLEAR = 0,
  TILE_RUNS = 1,
  TILE_PHOTO = 3,
  PHOTO_BYTES = 3 * TILE_PIXELS,
  LITERAL = 0x8000
};

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

void code_put_u16(code_out *to, uint16_t v) {
  uint8_t b[2] = {(uint8_t)v, (uint8_t)(v >> 8)};
  code_put(to, b, sizeof b);
}

void code_put_u32(code_out *to, uint32_t v) {
  uint8_t b[4] = {(uint8_t)v, (uint8_t)(v >> 8), (uint8_t)(v >> 16), (uint8_t)(v >> 24)};
  code_put(to, b, sizeof b);
}

void code_put_u64(code_out *to, uint64_t v) {
  code_put_u32(to, (uint32_t)v);
  code_put_u32(to, (uint32_t)(v >> 32));
}

// What a tile comes to at most: all pixels as they are, after one head.
typedef struct tile_text {
  uint8_t bytes[TILE_PIXELS * TILE_PIXEL_BYTES + 64];
  size_t size;
} tile_text;

static void put_head(tile_text *to, uint32_t head) {
  to->bytes[to->size++] = (uint8_t)head;
  to->bytes[to->size++] = (uint8_t)(head >> 8);
}

static void put_pixels(tile_text *to, const uint16_t *rgba, uint32_t n) {
  memcpy(to->bytes + to->size, rgba, (size_t)n * TILE_PIXEL_BYTES);
  to->size += (size_t)n * TILE_PIXEL_BYTES;
}

static uint64_t pixel_at(const uint16_t *rgba, uint32_t at) {
  uint64_t pixel;
  memcpy(&pixel, rgba + 4 * (size_t)at, sizeof pixel);
  return pixel;
}

// How many pixels from `at` on are the same.
static uint32_t run_at(const uint16_t *rgba, uint32_t at) {
  const uint64_t first = pixel_at(rgba, at);
  uint32_t n = 1;
  while (at + n < TILE_PIXELS && pixel_at(rgba, at + n) == first) n++;
  return n;
}

// How many from `at` on stand before the next run that is worth its head: one of three.
static uint32_t literals_at(const uint16_t *rgba, uint32_t at) {
  uint32_t to = at;
  uint64_t one = pixel_at(rgba, at),
           two = at + 1 < TILE_PIXELS ? pixel_at(rgba, at + 1) : 0;
  for (; to + 2 < TILE_PIXELS; to++) {
    const uint64_t three = pixel_at(rgba, to + 2);
    if (one == two && two == three) return to - at;
    one = two;
    two = three;
  }
  return TILE_PIXELS - at;
}

static void put_runs(tile_text *to, const uint16_t *rgba) {
  for (uint32_t at = 0; at < TILE_PIXELS;) {
    const uint32_t run = run_at(rgba, at);
    const uint32_t n = run > 2 ? run : literals_at(rgba, at);
    put_head(to, run > 2 ? n : n | LITERAL);
    put_pixels(to, rgba + 4 * (size_t)at, run > 2 ? 1 : n);
    at += n;
  }
}

static bool is_photo(const uint16_t *rgba) {
  for (uint32_t i = 0; i < TILE_PIXELS; i++, rgba += 4) {
    if (rgba[3] != TILE_MOST) return false;
    for (int k = 0; k < 3; k++)
      if (tile_of_byte(tile_to_byte(rgba[k])) != rgba[k]) return false;
  }
  return true;
}

static void put_photo(tile_text *to, const uint16_t *rgba) {
  for (uint32_t i = 0; i < TILE_PIXELS; i++, rgba += 4)
    for (int k = 0; k < 3; k++) to->bytes[to->size++] = tile_to_byte(rgba[k]);
}

void code_put_tile(code_out *to, const tile *t) {
  tile_text text = {.size = 1};
  text.bytes[0] = tile_is_clear(t) ? TILE_CLEAR : TILE_RUNS;
  if (text.bytes[0] == TILE_RUNS) put_runs(&text, t->rgba);
  if (text.size > 1 + PHOTO_BYTES && is_photo(t->rgba)) {
    text.bytes[0] = TILE_PHOTO;
    text.size = 1;
    put_photo(&text, t->rgba);
  }
  code_put(to, text.bytes, text.size);
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

uint16_t code_get_u16(code_in *from) {
  uint8_t b[2];
  code_get(from, b, sizeof b);
  return (uint16_t)(b[0] | b[1] << 8);
}

uint32_t code_get_u32(code_in *from) {
  uint8_t b[4];
  code_get(from, b, sizeof b);
  return b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

uint64_t code_get_u64(code_in *from) {
  const uint64_t low = code_get_u32(from);
  return low | (uint64_t)code_get_u32(from) << 32;
}

static void repeat_pixel(uint16_t *rgba, uint32_t n) {
  for (uint32_t i = 1; i < n; i++) memcpy(rgba + 4 * (size_t)i, rgba, TILE_PIXEL_BYTES);
}

static void get_runs(code_in *from, uint16_t *rgba) {
  for (uint32_t at = 0; at < TILE_PIXELS && from->trouble == OK;) {
    const uint16_t head = code_get_u16(from);
    const uint32_t n = head & (LITERAL - 1u), held = head & LITERAL ? n : 1;
    if (n == 0 || n > TILE_PIXELS - at) code_refuse(from, BAD_DATA);
    if (from->trouble != OK) return;
    uint16_t *to = rgba + 4 * (size_t)at;
    code_get(from, to, (size_t)held * TILE_PIXEL_BYTES);
    if (!tile_holds(to, held)) code_refuse(from, BAD_DATA);
    if (held < n) repeat_pixel(to, n);
    at += n;
  }
}

static void get_photo(code_in *from, uint16_t *rgba) {
  uint8_t bytes[PHOTO_BYTES];
  code_get(from, bytes, sizeof bytes);
  for (uint32_t i = 0; i < TILE_PIXELS; i++, rgba += 4) {
    for (int k = 0; k < 3; k++) rgba[k] = tile_of_byte(bytes[3 * i + (uint32_t)k]);
    rgba[3] = TILE_MOST;
  }
}

tile *code_get_tile(code_in *from) {
  uint8_t kind = TILE_CLEAR;
  code_get(from, &kind, 1);
  if (kind > TILE_RUNS && kind != TILE_PHOTO) code_refuse(from, BAD_DATA);
  if (from->trouble != OK || kind == TILE_CLEAR) return NULL;
  tile *t = tile_create();
  if (t == NULL) {
    code_refuse(from, NO_MEMORY);
    return NULL;
  }
  if (kind == TILE_PHOTO)
    get_photo(from, t->rgba);
  else
    get_runs(from, t->rgba);
  if (from->trouble == OK) return t;
  tile_release(t);
  return NULL;
}
