// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/blob.h"

#include <stdlib.h>
#include <string.h>

static bool grow(blob *b, size_t size) {
  if (size > SIZE_MAX / 2 - b->size) return false;
  size_t need = b->size + size;
  if (b->limit && need > b->limit) return false;
  if (need <= b->room) return true;
  size_t room = b->room ? b->room * 2 : 4096;
  if (room < need) room = need;
  uint8_t *more = realloc(b->at, room);
  if (!more) return false;
  b->at = more;
  b->room = room;
  return true;
}

void blob_put(blob *b, const void *from, size_t size) {
  if (size == 0) return;
  if (b->short_of || !grow(b, size)) {
    b->short_of = true;
    return;
  }
  memcpy(b->at + b->size, from, size);
  b->size += size;
}

void blob_put_u32(blob *b, uint32_t value) {
  uint8_t le[4];
  for (int i = 0; i < 4; i++) le[i] = (uint8_t)(value >> 8 * i);
  blob_put(b, le, sizeof le);
}

void blob_put_u64(blob *b, uint64_t value) {
  uint8_t le[8];
  for (int i = 0; i < 8; i++) le[i] = (uint8_t)(value >> 8 * i);
  blob_put(b, le, sizeof le);
}

void blob_put_double(blob *b, double value) {
  uint64_t bits = 0;
  memcpy(&bits, &value, sizeof bits);
  blob_put_u64(b, bits);
}

void blob_put_part(blob *b, const void *from, size_t size) {
  blob_put_u64(b, size);
  blob_put(b, from, size);
}

void blob_finish(blob *b) {
  free(b->at);
  *b = (blob){0};
}

void cursor_take(cursor *c, void *to, size_t size) {
  if (c->torn || size > c->left) {
    c->torn = true;
    memset(to, 0, size);
    return;
  }
  memcpy(to, c->at, size);
  c->at += size;
  c->left -= size;
}

uint32_t cursor_u32(cursor *c) {
  uint8_t le[4];
  cursor_take(c, le, sizeof le);
  return (uint32_t)le[0] | (uint32_t)le[1] << 8 | (uint32_t)le[2] << 16 |
    (uint32_t)le[3] << 24;
}

uint64_t cursor_u64(cursor *c) {
  uint64_t low = cursor_u32(c);
  return low | (uint64_t)cursor_u32(c) << 32;
}

double cursor_double(cursor *c) {
  uint64_t bits = cursor_u64(c);
  double value = 0;
  memcpy(&value, &bits, sizeof value);
  return value;
}

const uint8_t *cursor_part(cursor *c, size_t *size) {
  uint64_t want = cursor_u64(c);
  *size = 0;
  if (c->torn || want > c->left) {
    c->torn = true;
    return NULL;
  }
  const uint8_t *part = c->at;
  c->at += want;
  c->left -= want;
  *size = (size_t)want;
  return part;
}
