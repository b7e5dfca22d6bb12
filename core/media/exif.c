// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/exif.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { ORIENTATION = 0x0112, ENTRY_BYTES = 12, SHORT = 3, ENTRIES_MAX = 512 };

typedef struct tiff {
  const uint8_t *at;
  size_t size;
  bool big; // the byte that counts most comes first
} tiff;

static uint32_t short_at(const tiff *t, size_t at) {
  const uint8_t *b = t->at + at;
  return t->big ? (uint32_t)b[0] << 8 | b[1] : (uint32_t)b[1] << 8 | b[0];
}

static uint32_t long_at(const tiff *t, size_t at) {
  return t->big ? short_at(t, at) << 16 | short_at(t, at + 2)
                : short_at(t, at + 2) << 16 | short_at(t, at);
}

// In the first folder of entries.
static uint32_t find_orientation(const tiff *t) {
  const size_t folder = long_at(t, 4);
  if (folder > t->size - 2) return 1; // its head is there
  const uint32_t count = short_at(t, folder);
  for (uint32_t i = 0; i < count && i < ENTRIES_MAX; i++) {
    const size_t entry = folder + 2 + (size_t)i * ENTRY_BYTES;
    if (entry + ENTRY_BYTES > t->size) return 1;
    if (short_at(t, entry) != ORIENTATION || short_at(t, entry + 2) != SHORT) continue;
    const uint32_t way = short_at(t, entry + 8);
    return way >= 1 && way <= 8 ? way : 1;
  }
  return 1;
}

uint32_t exif_orientation(const uint8_t *bytes, size_t size) {
  static const uint8_t mark[6] = {'E', 'x', 'i', 'f', 0, 0};
  if (size < sizeof mark + 8 || memcmp(bytes, mark, sizeof mark) != 0) return 1;
  tiff t = {.at = bytes + sizeof mark, .size = size - sizeof mark};
  t.big = memcmp(t.at, "MM", 2) == 0;
  if (!t.big && memcmp(t.at, "II", 2) != 0) return 1;
  return short_at(&t, 2) == 42 ? find_orientation(&t) : 1;
}

// Where a pixel of the upright picture comes from. From 5 on the sides are exchanged.
static const uint8_t *source_of(const picture *p, uint32_t way, uint32_t x, uint32_t y) {
  const uint32_t right = p->width - 1, bottom = p->height - 1;
  uint32_t from_x = way >= 5 ? y : x, from_y = way >= 5 ? x : y;
  if (way == 2 || way == 3 || way == 7 || way == 8) from_x = right - from_x;
  if (way == 3 || way == 4 || way == 6 || way == 7) from_y = bottom - from_y;
  return p->rgba + ((size_t)from_y * p->width + from_x) * 4;
}

result exif_make_upright(picture *p, uint32_t orientation) {
  if (orientation < 2 || orientation > 8) return OK;
  const bool exchanged = orientation >= 5;
  picture up = {.width = exchanged ? p->height : p->width,
    .height = exchanged ? p->width : p->height};
  up.rgba = malloc((size_t)up.width * up.height * 4);
  if (!up.rgba) return NO_MEMORY;
  uint8_t *to = up.rgba;
  for (uint32_t y = 0; y < up.height; y++) {
    for (uint32_t x = 0; x < up.width; x++, to += 4)
      memcpy(to, source_of(p, orientation, x, y), 4);
  }
  picture_finish(p);
  *p = up;
  return OK;
}
