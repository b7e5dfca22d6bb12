// SPDX-License-Identifier: GPL-3.0-or-later
// A creation replayed for the desk to show: a player fed from the journal, forward at any
// speed and with the hand's pauses passed over or not, and back by beginning anew near the
// moment wanted. Its page and frame are handed on. Keeper's main thread.
#ifndef GESTO_KEEPER_DESK_REPLAY_H
#define GESTO_KEEPER_DESK_REPLAY_H

#include "core/base/result.h"
#include "core/keeper/house.h"
#include "core/keeper/wake.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct desk_replay desk_replay;

typedef struct desk_replay_ask {
  house *house;
  const char *path;       // of the creation
  uint32_t width, height; // pixels there are for it
  int link;               // to the desk: COURSE, PLAYER, PROGRESS
} desk_replay_ask;

// Holds at the beginning. NOT_NOW: the client did not keep how it was made, or keeps it
// private. On failure `why` has a sentence for the therapist.
MUST_USE result desk_replay_begin(
  desk_replay **r, const desk_replay_ask *ask, char *why, size_t room);
void desk_replay_destroy(desk_replay *r); // takes NULL
// What FROM_DESK_PLAY says. What it does not understand stays as it is.
void desk_replay_go(desk_replay *r, const char *json);
// The wave of what sounds while it goes on as fast as it was made; -1: nothing is to be heard.
// A descriptor of its own for each player, borrowed; *number tells them apart.
int desk_replay_wave(const desk_replay *r, uint32_t *number);
void desk_replay_wake(desk_replay *r, wake_set *w);
// True if its player ended before its time: it is to be destroyed.
bool desk_replay_turn(desk_replay *r);

#endif
