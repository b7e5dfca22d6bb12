// SPDX-License-Identifier: GPL-3.0-or-later
// A creation replayed for the desk to show: a player fed from the journal at the speed asked
// for, its page and frame handed on. Keeper's main thread.
#ifndef GESTO_KEEPER_DESK_REPLAY_H
#define GESTO_KEEPER_DESK_REPLAY_H

#include "core/base/result.h"
#include "core/keeper/house.h"
#include "core/keeper/wake.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct desk_replay desk_replay;

typedef struct desk_replay_wish {
  house *house;
  const char *path;       // of the creation
  uint32_t width, height; // pixels there are for it
  double speed;
  int link; // to the desk: PLAYER, PROGRESS
} desk_replay_wish;

MUST_USE result desk_replay_begin(
  desk_replay **r, const desk_replay_wish *wish, char *why, size_t room);
void desk_replay_destroy(desk_replay *r); // takes NULL
void desk_replay_wake(desk_replay *r, wake_set *w);
// True if its player ended before its time: it is to be destroyed.
bool desk_replay_turn(desk_replay *r);

#endif
