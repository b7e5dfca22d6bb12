// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/words.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static bool goes_on(unsigned char c) { return (c & 0xc0) == 0x80; }

// Bytes of the letter that begins here; 0: none does. The text ends with a zero byte.
static size_t letter(const unsigned char *s) {
  static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  if (s[0] < 0x80) return 1;
  if (s[0] < 0xc2 || s[0] > 0xf4) return 0;
  size_t n = 2;
  if (s[0] >= 0xe0) n = 3;
  if (s[0] >= 0xf0) n = 4;
  uint32_t value = s[0] & (0xffu >> (n + 1));
  for (size_t i = 1; i < n; i++) {
    if (!goes_on(s[i])) return 0;
    value = value << 6 | (s[i] & 0x3fu);
  }
  const bool half_of_a_pair = value >= 0xd800 && value <= 0xdfff;
  return value < least[n] || value > 0x10ffff || half_of_a_pair ? 0 : n;
}

char *words_take(const char *text, size_t most) {
  const unsigned char *from = (const unsigned char *)(text ? text : "");
  char *copy = malloc(most + 1);
  size_t size = 0;
  if (!copy) return NULL;
  while (*from) {
    const size_t n = letter(from);
    if (n > most - size) break;
    memcpy(copy + size, from, n);
    if (n == 1 && (*from < ' ' || *from == 127)) copy[size] = ' ';
    size += n;
    from += n ? n : 1;
  }
  copy[size] = 0;
  return copy;
}
