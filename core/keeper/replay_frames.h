// SPDX-License-Identifier: GPL-3.0-or-later
// A time-lapse as pictures: what a creation showed, many times a second, each as a PNG in a
// folder, so that any program for films can go on from there. Keeper's main thread; blocks
// until it is done.
#ifndef GESTO_KEEPER_REPLAY_FRAMES_H
#define GESTO_KEEPER_REPLAY_FRAMES_H

#include "core/base/result.h"
#include "core/keeper/exercise_list.h"
#include "core/keeper/timelapse.h"

#include <stddef.h>
#include <stdint.h>

typedef struct frames_request {
  int dir;                  // the creation's folder; borrowed
  const timelapse *lapse;   // its time as it is to be shown
  uint64_t end_us;          // exercise time
  exercise_list *exercises; // probed
  double speed;             // times the speed it was made at
  uint32_t a_second;        // pictures in a second of the time-lapse
  int to;                   // the folder for frame-000001.png and on; borrowed
} frames_request;

// How many there will be: the first shows the beginning, the last the end.
uint64_t frames_count(const frames_request *q);
// EXISTS: the folder has frames already. On failure `why` has one sentence, and those that
// were written stay.
MUST_USE result frames_write(const frames_request *q, char *why, size_t room);

#endif
