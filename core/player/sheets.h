// SPDX-License-Identifier: GPL-3.0-or-later
// A canvas as finished files: a picture as PNG, and all its sheets as OpenRaster. Any thread,
// one at a time for one canvas.
#ifndef GESTO_PLAYER_SHEETS_H
#define GESTO_PLAYER_SHEETS_H

#include "core/base/result.h"
#include "core/studio/canvas.h"

#include <stddef.h>
#include <stdint.h>

// `about`: the picture in words, or "".
MUST_USE result sheets_write_picture(const canvas *c, const char *title,
  const char *about, void *to, size_t room, size_t *size);
// At most this much.
uint64_t sheets_room(const canvas *c);
MUST_USE result sheets_write(const canvas *c, void *to, size_t room, size_t *size);

#endif
