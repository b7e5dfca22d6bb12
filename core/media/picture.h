// SPDX-License-Identifier: GPL-3.0-or-later
// PNG through libpng: 8-bit RGBA with sRGB and text chunks, strict limits when reading.
// Linked by the player alone, never by the keeper. Any thread.
#ifndef GESTO_MEDIA_PICTURE_H
#define GESTO_MEDIA_PICTURE_H

#include "core/base/result.h"

#include <stddef.h>
#include <stdint.h>

enum { PICTURE_SIDE_MAX = 8192, PICTURE_PIXELS_MAX = 32 << 20 };

typedef struct picture {
  uint32_t width, height;
  uint8_t *rgba; // straight alpha, top row first; the holder frees
} picture;

// Writes a PNG into `to` (room bytes); *size is its length. NO_SPACE if it does not fit.
// `title` and `about` may be NULL. Nothing that identifies a person is written: no time, no
// author. The same pixels give the same bytes.
MUST_USE result picture_write_png(const picture *p, const char *title, const char *about,
  void *to, size_t room, size_t *size);
// TOO_LARGE over the limits (side, pixels, chunk size 8 MB, 64 chunks); BAD_DATA.
MUST_USE result picture_read_png(picture *p, const void *bytes, size_t size);
void picture_finish(picture *p);

#endif
