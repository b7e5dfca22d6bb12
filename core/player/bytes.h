// SPDX-License-Identifier: GPL-3.0-or-later
// A growing run of bytes and a cursor over bytes that nobody vouches for; numbers are little
// endian. Any thread, one at a time.
#ifndef GESTO_PLAYER_BYTES_H
#define GESTO_PLAYER_BYTES_H

#include "core/base/result.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct bytes {
  uint8_t *at; // NULL while empty; bytes_finish frees it
  size_t size, room;
  size_t limit; // 0: none
  bool short_of; // memory or limit: what was put since then is missing
} bytes;

void bytes_put(bytes *b, const void *from, size_t size);
void bytes_put_u32(bytes *b, uint32_t value);
void bytes_put_u64(bytes *b, uint64_t value);
void bytes_put_double(bytes *b, double value);
// The length first, then the bytes.
void bytes_put_part(bytes *b, const void *from, size_t size);
void bytes_finish(bytes *b); // takes a zeroed one

typedef struct cursor {
  const uint8_t *at;
  size_t left;
  bool torn; // something was asked for that is not there; every answer since is zero
} cursor;

void cursor_take(cursor *c, void *to, size_t size);
uint32_t cursor_u32(cursor *c);
uint64_t cursor_u64(cursor *c);
double cursor_double(cursor *c);
// A part that bytes_put_part wrote: borrowed from the bytes below. NULL if torn.
const uint8_t *cursor_part(cursor *c, size_t *size);

#endif
