// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/record/bytes.h"

void bytes_put_u16(uint8_t *to, uint16_t v) {
  to[0] = (uint8_t)v;
  to[1] = (uint8_t)(v >> 8);
}

void bytes_put_u32(uint8_t *to, uint32_t v) {
  for (int i = 0; i < 4; i++) to[i] = (uint8_t)(v >> (8 * i));
}

void bytes_put_u64(uint8_t *to, uint64_t v) {
  for (int i = 0; i < 8; i++) to[i] = (uint8_t)(v >> (8 * i));
}

uint16_t bytes_get_u16(const uint8_t *from) { return (uint16_t)(from[0] | from[1] << 8); }

uint32_t bytes_get_u32(const uint8_t *from) {
  uint32_t v = 0;
  for (int i = 3; i >= 0; i--) v = v << 8 | from[i];
  return v;
}

uint64_t bytes_get_u64(const uint8_t *from) {
  uint64_t v = 0;
  for (int i = 7; i >= 0; i--) v = v << 8 | from[i];
  return v;
}

uint8_t bytes_in_u8(bytes_in *in) {
  if (in->bad || in->at == in->end) {
    in->bad = true;
    return 0;
  }
  return *in->at++;
}

uint64_t bytes_in_varint(bytes_in *in) {
  uint64_t v = 0;
  for (unsigned shift = 0; shift < 70; shift += 7) {
    const uint8_t byte = bytes_in_u8(in);
    if (in->bad) return 0;
    if ((shift == 63 && byte > 1) || (shift > 0 && byte == 0)) break;
    v |= (uint64_t)(byte & 0x7f) << shift;
    if (byte < 0x80) return v;
  }
  in->bad = true;
  return 0;
}

int64_t bytes_in_signed(bytes_in *in) {
  const uint64_t v = bytes_in_varint(in);
  return (int64_t)((v >> 1) ^ (0 - (v & 1)));
}

const uint8_t *bytes_in_take(bytes_in *in, size_t count) {
  if (in->bad || (size_t)(in->end - in->at) < count) {
    in->bad = true;
    return NULL;
  }
  const uint8_t *start = in->at;
  in->at += count;
  return start;
}

uint8_t *bytes_out_varint(uint8_t *to, uint64_t v) {
  for (; v >= 0x80; v >>= 7) *to++ = (uint8_t)(v | 0x80);
  *to++ = (uint8_t)v;
  return to;
}

uint8_t *bytes_out_signed(uint8_t *to, int64_t v) {
  return bytes_out_varint(to, (uint64_t)v << 1 ^ (v < 0 ? UINT64_MAX : 0));
}

void bytes_to_hex(const uint8_t *bytes, size_t size, char *out) {
  static const char digits[] = "0123456789abcdef";
  for (size_t i = 0; i < size; i++) {
    out[2 * i] = digits[bytes[i] >> 4];
    out[2 * i + 1] = digits[bytes[i] & 15];
  }
  out[2 * size] = 0;
}

static int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

bool bytes_from_hex(const char *hex, uint8_t *out, size_t size) {
  for (size_t i = 0; i < size; i++) {
    const int high = hex_digit(hex[2 * i]);
    const int low = high < 0 ? -1 : hex_digit(hex[2 * i + 1]);
    if (low < 0) return false;
    out[i] = (uint8_t)(high << 4 | low);
  }
  return hex[2 * size] == 0;
}
