// SPDX-License-Identifier: GPL-3.0-or-later
// The memory that a keeper hands to a player to be filled (works, states), and takes back:
// sealed against writing before a byte of it is read, within limits. Keeper's main thread.
#ifndef GESTO_KEEPER_PLAYER_MEMORY_H
#define GESTO_KEEPER_PLAYER_MEMORY_H

#include "core/base/memory_map.h"
#include "core/base/result.h"

#include <stdint.h>

enum { LENT_MAX = 64 };
#define LENT_PIECE_BYTES \
  ((uint64_t)512 << 20)                      // half an hour of sound, if it is all noise
#define LENT_OUT_BYTES ((uint64_t)640 << 20) // of one kind, lent at one time
#define LENT_ROUND_BYTES ((uint64_t)1 << 30) // works of one round, as they came back

enum { LENT_WORK = 1, LENT_STATE, LENT_GLIMPSE, LENT_KINDS };

typedef struct lent_piece {
  uint32_t kind, request; // kind 0: free
  uint64_t size;
  int fd;
} lent_piece;

typedef struct lent_memory {
  lent_piece pieces[LENT_MAX];
  uint64_t out_bytes[LENT_KINDS]; // lent just now
  uint64_t round_bytes;           // came back as works since the last round ended
} lent_memory;

// Makes a piece for `request` and lends it; *fd stays ours. TOO_LARGE: over a limit.
// EXISTS: this request is open already.
MUST_USE result lent_memory_give(
  lent_memory *m, uint32_t kind, uint32_t request, uint64_t size, int *fd);
// Takes a piece back: seals it and maps `used` bytes of it for reading. The caller closes
// *map and *fd. NOT_FOUND: never lent. TOO_LARGE: more used than lent. NOT_ALLOWED: the
// player still has it mapped for writing, so it is not trusted; the piece is gone then.
MUST_USE result lent_memory_take(lent_memory *m, uint32_t kind, uint32_t request,
  uint64_t used, memory_map *map, int *fd);
// Works of a round are over: what was not given back is forgotten.
void lent_memory_end_round(lent_memory *m);
void lent_memory_finish(lent_memory *m);

#endif
