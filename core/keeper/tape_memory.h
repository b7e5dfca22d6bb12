// SPDX-License-Identifier: GPL-3.0-or-later
// The tape room of one creation (protocol.h), as the keeper holds it while players come and
// go. Keeper's main thread.
#ifndef GESTO_KEEPER_TAPE_MEMORY_H
#define GESTO_KEEPER_TAPE_MEMORY_H

#include "core/base/memory_map.h"
#include "core/base/result.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct tape_memory {
  memory_map map; // for its first words; sparse
  int fd;
  uint32_t id; // 0: none
} tape_memory; // zeroed: none

// An empty one, which only costs what is written into it.
MUST_USE result tape_memory_create(tape_memory *t);
// True once anything was written: what a player saved then is of use with this room only.
bool tape_memory_used(const tape_memory *t);
void tape_memory_finish(tape_memory *t); // takes a zeroed one

#endif
