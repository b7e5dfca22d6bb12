// SPDX-License-Identifier: GPL-3.0-or-later
// How a replay begins: at the beginning, or at the newest snapshot before a moment that is
// wanted, with the feed of what comes after it. Keeper's main thread.
#ifndef GESTO_KEEPER_REPLAY_BEGIN_H
#define GESTO_KEEPER_REPLAY_BEGIN_H

#include "core/base/ring.h"
#include "core/keeper/beginning.h"
#include "core/keeper/creation_picture.h"
#include "core/keeper/feed.h"
#include "core/keeper/player_proc.h"
#include "core/keeper/snapshot_file.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct replay_wish {
  int dir;          // the creation's folder; borrowed until finish
  uint64_t near_us; // exercise time: begin no later than this, and not long before it. 0:
                    // at the beginning
  uint64_t until_us; // exercise time to stop at; UINT64_MAX: all of it
  bool held;         // hand nothing out before feed_release
} replay_wish;

typedef struct replay_begin {
  story story; // of what comes after the snapshot alone
  beginning begun;
  feed feed;
  snapshot from; // what the player begins with: a snapshot, or what this is a copy of
  piece_memory pieces;
  uint64_t from_us; // exercise time that has passed where it begins
  ring empty;       // the player's live ring, in which nothing ever comes
  int empty_fd;
  creation_picture picture;
} replay_begin;

// On failure `why` has one sentence and there is nothing to be finished. A snapshot that is
// damaged is passed over. What sounds always begins at the beginning: its tapes are not kept.
MUST_USE result replay_begin_open(
  replay_begin *b, const replay_wish *wish, char *why, size_t room);
// What a player is ordered to do for it; frame, if it is to have one, is the caller's to add.
// `with`: beginning_entry() of b->begun. Borrows from all three.
player_order replay_begin_order(replay_begin *b, const exercise_entry *with);
void replay_begin_finish(replay_begin *b); // takes a zeroed one

// The exercise that made it, among those that there are (probed). NULL, with a sentence in
// `why`: not listed, or refused.
const exercise_entry *replay_exercise(
  exercise_list *list, const char *id, char *why, size_t room);

#endif
