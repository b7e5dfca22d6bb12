// SPDX-License-Identifier: GPL-3.0-or-later
// What a creation began with when it carries on another one: the file `start` in its folder,
// a copy of that one's `state`, so that it needs the other no more. Keeper's main thread.
#ifndef GESTO_KEEPER_START_STATE_H
#define GESTO_KEEPER_START_STATE_H

#include "core/base/result.h"
#include "core/keeper/beginning.h"
#include "core/keeper/snapshot_file.h"
#include "core/record/last_time.h"

typedef struct start_copy { // on its way from one folder to another
  char *bytes;              // NULL: none
  size_t size;
  const last_time *from;
} start_copy;

// Borrows `from`. BAD_DATA: it is not what its session's MANIFEST says it is.
MUST_USE result start_state_take(const last_time *from, start_copy *copy);
// Into folder `dir`, and says so in *b.
MUST_USE result start_state_keep(const start_copy *copy, int dir, beginning *b);
void start_state_let_go(start_copy *copy); // takes a zeroed one
// The state that *b begins with, from folder `dir`, as sealed memory; one without memory (fd
// 0) if it begins with none. The caller finishes *found.
MUST_USE result start_state_open(const beginning *b, int dir, snapshot *found);
// The order begins with it, if it is one. Borrows from both.
void start_state_order(const beginning *b, const snapshot *start, player_order *order);

#endif
