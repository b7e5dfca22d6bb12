// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/plain_text.h"

#include <stdbool.h>
#include <stdint.h>

// Bytes that a first byte says the letter has; 0: it is no first byte.
static size_t size_of(unsigned char first) {
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}

static bool read_letter(const unsigned char *text, size_t size, uint32_t *letter) {
  static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  uint32_t c = size == 1 ? text[0] : text[0] & (0x7fu >> size);
  for (size_t i = 1; i < size; i++) {
    if ((text[i] & 0xc0) != 0x80) return false;
    c = c << 6 | (text[i] & 0x3f);
  }
  *letter = c;
  return c >= least[size] && c <= 0x10ffff && (c < 0xd800 || c > 0xdfff);
}

static bool steers(uint32_t c) {
  if (c < 0x20 || (c >= 0x7f && c < 0xa0)) return true;
  if (c == 0x61c || c == 0x200e || c == 0x200f || c == 0xfeff) return true;
  return (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

size_t plain_letter(const char *text) {
  const unsigned char *bytes = (const unsigned char *)text;
  const size_t size = size_of(bytes[0]);
  uint32_t letter = 0;
  return size && read_letter(bytes, size, &letter) && !steers(letter) ? size : 0;
}

void plain_text(char *text) {
  while (*text) {
    const size_t size = plain_letter(text);
    if (size == 0) *text = ' ';
    text += size ? size : 1;
  }
}

void plain_print(FILE *to, const char *text) {
  while (*text) {
    const size_t size = plain_letter(text);
    if (size)
      fwrite(text, 1, size, to);
    else
      putc(' ', to);
    text += size ? size : 1;
  }
}
