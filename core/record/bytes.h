// SPDX-License-Identifier: GPL-3.0-or-later
// Little-endian numbers and varints (7 bits a byte, low bits first) in byte strings. Any
// thread.
#ifndef GESTO_RECORD_BYTES_H
#define GESTO_RECORD_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

void bytes_put_u16(uint8_t *to, uint16_t v);
void bytes_put_u32(uint8_t *to, uint32_t v);
void bytes_put_u64(uint8_t *to, uint64_t v);
uint16_t bytes_get_u16(const uint8_t *from);
uint32_t bytes_get_u32(const uint8_t *from);
uint64_t bytes_get_u64(const uint8_t *from);

// A place to read from; `bad` stays set once something did not fit.
typedef struct bytes_in {
  const uint8_t *at, *end;
  bool bad;
} bytes_in;
// 0 and `bad` at the end, over 64 bits, or where a shorter form of the number exists.
uint64_t bytes_in_varint(bytes_in *in);
int64_t bytes_in_signed(bytes_in *in); // zigzag: 0, -1, 1, -2...
uint8_t bytes_in_u8(bytes_in *in);
// Borrowed from the input; NULL and `bad` if there are fewer.
const uint8_t *bytes_in_take(bytes_in *in, size_t count);

// Writes at most 10 bytes and returns the place after them. The caller made room.
uint8_t *bytes_out_varint(uint8_t *to, uint64_t v);
uint8_t *bytes_out_signed(uint8_t *to, int64_t v);

// Lower-case hex; `out` gets 2 * size characters and a zero.
void bytes_to_hex(const uint8_t *bytes, size_t size, char *out);
// False unless `hex` is 2 * size lower-case hex digits and then ends.
bool bytes_from_hex(const char *hex, uint8_t *out, size_t size);

#endif
