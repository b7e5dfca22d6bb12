// SPDX-License-Identifier: GPL-3.0-or-later
// The pieces of one creation (protocol.h, "piece room"), as the keeper holds them while players
// come and go: the room, and snapshots/pieces, the file into which it brings what they put there.
// What they are is the player's business. Keeper's main thread, but for piece_memory_file.
#ifndef GESTO_KEEPER_PIECE_MEMORY_H
#define GESTO_KEEPER_PIECE_MEMORY_H

#include "core/base/memory_map.h"
#include "core/base/result.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct piece_memory {
  memory_map map;
  int fd;                 // of the room; 0: none
  int file, read_file;    // for writing; for players; -1: none
  _Atomic uint64_t filed; // as the page has it, where nobody else can change it
} piece_memory;           // zeroed: none; not to be moved

// A room with the pieces that are in the creation's folder `dir` already; the file is made. A
// file that is no piece file begins anew.
MUST_USE result piece_memory_create(piece_memory *m, int dir);
// For a replay: pieces are read in the folder (-1: there are none), and no file is written.
MUST_USE result piece_memory_borrow(piece_memory *m, int dir);
// How many bytes of pieces the creation's folder has; 0: none.
uint64_t piece_memory_filed(int dir);
void piece_memory_finish(piece_memory *m); // takes a zeroed one

// Before a player is ordered: what another one said of the room is put right.
void piece_memory_mend(piece_memory *m);
uint64_t piece_memory_written(const piece_memory *m); // bytes
// [any, one at a time] The first `bytes` of them are on disk when it returns, and gone from the
// room. NOT_ALLOWED: it has no file.
MUST_USE result piece_memory_file(piece_memory *m, uint64_t bytes);

#endif
