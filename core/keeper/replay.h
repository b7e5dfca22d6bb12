// SPDX-License-Identifier: GPL-3.0-or-later
// A creation made again from its journals, by a player in a process of its own that gets
// nothing but the feed. Keeper's main thread; blocks until it is done.
#ifndef GESTO_KEEPER_REPLAY_H
#define GESTO_KEEPER_REPLAY_H

#include "core/base/result.h"
#include "core/keeper/exercise_list.h"
#include "core/keeper/timelapse.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { REPLAY_WORKS_MAX = 48 };

typedef struct replay_request {
  int dir;                  // the creation's folder; borrowed
  uint64_t until_us;        // exercise time to stop at; UINT64_MAX: all of it
  double speed;             // times the speed it was made at; 0: as fast as it goes
  const timelapse *lapse;   // what a paced one passes over; NULL: nothing
  exercise_list *exercises; // probed
} replay_request;

typedef struct replay_work {
  char kind[16], file[64], title[256];
  char *bytes;
  size_t size;
  bool in_front; // of several papers: the one that lay in front
} replay_work;

typedef struct replay {
  replay_work works[REPLAY_WORKS_MAX];
  uint32_t count;
  uint64_t reached_us;
  char note[512]; // what a person should know though it went well; "" if nothing
} replay;

// On failure `why` has one sentence. The caller finishes *r in any case.
MUST_USE result replay_run(
  replay *r, const replay_request *request, char *why, size_t room);
void replay_finish(replay *r);

#endif
