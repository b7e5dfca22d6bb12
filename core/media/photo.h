// SPDX-License-Identifier: GPL-3.0-or-later
// JPEG through libjpeg-turbo, to read alone, made upright, strict limits. Linked by the player
// alone. Any thread.
#ifndef GESTO_MEDIA_PHOTO_H
#define GESTO_MEDIA_PHOTO_H

#include "core/media/picture.h"

#include <stddef.h>

// A photo whose longest side is `longest` pixels or more comes smaller, by a half, a quarter or
// an eighth, as long as that side stays so long: a large one costs no more memory for that.
// What is missing at its end is not made up: BAD_DATA. TOO_LARGE: over 128 million pixels, or
// written in more passes than any camera writes.
MUST_USE result photo_read_jpeg(
  picture *p, const void *bytes, size_t size, uint32_t longest);

#endif
