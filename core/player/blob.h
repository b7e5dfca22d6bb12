// SPDX-License-Identifier: GPL-3.0-or-later
// A growing run of bytes and a cursor over bytes that nobody vouches for; numbers are little
// endian. Any thread, one at a time.
#ifndef GESTO_PLAYER_BLOB_H
#define GESTO_PLAYER_BLOB_H

#include "core/base/result.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct blob {
  uint8_t *at; // NULL while empty; blob_finish frees it
  size_t size, room;
  size_t limit;  // 0: none
  bool short_of; // memory or limit: what was put since then is missing
} blob;

void blob_put(blob *b, const void *from, size_t size);
void blob_put_u32(blob *b, uint32_t value);
void blob_put_u64(blob *b, uint64_t value);
void blob_put_double(blob *b, double value);
// The length first, then the bytes.
void blob_put_part(blob *b, const void *from, size_t size);
void blob_finish(blob *b); // takes a zeroed one

typedef struct cursor {
  const uint8_t *at;
  size_t left;
  bool torn; // something was asked for that is not there; every answer since is zero
} cursor;

void cursor_take(cursor *c, void *to, size_t size);
uint32_t cursor_u32(cursor *c);
uint64_t cursor_u64(cursor *c);
double cursor_double(cursor *c);
// A part that blob_put_part wrote: borrowed from the bytes below. NULL if torn.
const uint8_t *cursor_part(cursor *c, size_t *size);

#endif
