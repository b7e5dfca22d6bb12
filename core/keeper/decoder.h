// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures decoded by a player (which is locked and has no exercise), never by the keeper:
// thumbnails for stage and desk, and what comes from outside made into a PNG of ours. One at
// a time. Keeper's main thread.
#ifndef GESTO_KEEPER_DECODER_H
#define GESTO_KEEPER_DECODER_H

#include "core/base/link.h"
#include "core/base/result.h"
#include "core/keeper/wake.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

typedef struct decoder decoder;

typedef struct decoded {
  uint32_t request;
  int fd; // w x h XRGB32, sealed; the taker closes; -1: it could not be decoded
  uint32_t width, height;
  size_t bytes;    // of what was taken in: `fd` has that much of a PNG instead
  uint32_t answer; // of what was taken in: INTAKE_DONE…, 0 if the player did not answer
  char blended[256]; // of what was taken in: sheets that may look different, or ""
} decoded;

MUST_USE result decoder_create(decoder **d);
void decoder_destroy(decoder *d); // takes NULL
// NOT_NOW: one is under way. `dir`, `name`: a file, at most 64 MiB. `longest`: side in pixels.
typedef struct decoder_wish {
  uint32_t request;
  int dir;
  const char *name;
  uint32_t longest;
  bool take_in; // it comes from outside
} decoder_wish;
MUST_USE result decoder_ask(decoder *d, const decoder_wish *wish);
void decoder_wake(const decoder *d, wake_set *w);
// True once per wish, with what became of it.
bool decoder_turn(decoder *d, decoded *done);

#endif
