// SPDX-License-Identifier: GPL-3.0-or-later
// Which way up a camera held a photo: the one thing that is read of what it wrote beside it.
// Any thread.
#ifndef GESTO_MEDIA_EXIF_H
#define GESTO_MEDIA_EXIF_H

#include "core/media/picture.h"

#include <stddef.h>
#include <stdint.h>

// 1 (as it is) to 8, from an APP1 segment that begins with "Exif" (Exif 2.3, tag 0x0112); 1 if
// it does not say, or is damaged. Nothing outside `bytes` is looked at.
uint32_t exif_orientation(const uint8_t *bytes, size_t size);
// Turns and mirrors the pixels so that an orientation becomes 1. NO_MEMORY: as it was.
MUST_USE result exif_make_upright(picture *p, uint32_t orientation);

#endif
