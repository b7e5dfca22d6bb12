// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/record/crc32c.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

uint32_t crc32c_portable(uint32_t crc, const void *bytes, size_t size) {
  // Four bits at a time: remainder of each nibble for the polynomial 0x82f63b78.
  static const uint32_t nibble[16] = {
    0x00000000,
    0x105ec76f,
    0x20bd8ede,
    0x30e349b1,
    0x417b1dbc,
    0x5125dad3,
    0x61c69362,
    0x7198540d,
    0x82f63b78,
    0x92a8fc17,
    0xa24bb5a6,
    0xb21572c9,
    0xc38d26c4,
    0xd3d3e1ab,
    0xe330a81a,
    0xf36e6f75,
  };
  const uint8_t *at = bytes;
  crc = ~crc;
  for (size_t i = 0; i < size; i++) {
    crc ^= at[i];
    crc = nibble[crc & 15] ^ (crc >> 4);
    crc = nibble[crc & 15] ^ (crc >> 4);
  }
  return ~crc;
}

#if defined(__x86_64__)

__attribute__((target("sse4.2"))) static uint32_t hardware(
  uint32_t crc, const uint8_t *at, size_t size) {
  uint64_t wide = ~crc;
  for (; size >= 8; at += 8, size -= 8) {
    uint64_t word;
    memcpy(&word, at, 8);
    wide = _mm_crc32_u64(wide, word);
  }
  uint32_t narrow = (uint32_t)wide;
  for (; size > 0; at++, size--) narrow = _mm_crc32_u8(narrow, *at);
  return ~narrow;
}

uint32_t crc32c(uint32_t crc, const void *bytes, size_t size) {
  if (__builtin_cpu_supports("sse4.2")) return hardware(crc, bytes, size);
  return crc32c_portable(crc, bytes, size);
}

#else

uint32_t crc32c(uint32_t crc, const void *bytes, size_t size) {
  return crc32c_portable(crc, bytes, size);
}

#endif
