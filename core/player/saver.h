// SPDX-License-Identifier: GPL-3.0-or-later
// States on their way to the keeper. What takes time (a canvas as bytes) is done in a thread
// of its own, so that drawing goes on meanwhile.
#ifndef GESTO_PLAYER_SAVER_H
#define GESTO_PLAYER_SAVER_H

#include "core/player/blob.h"
#include "core/player/state.h"

#include <pthread.h>

// One state: begun, not complete.
typedef struct saving {
  int link; // borrowed
  uint32_t request;
  uint64_t seq;        // the last slot that is in it
  const char *version; // borrowed: the exercise's
  int fd;              // the keeper's memory, of `room` bytes; the saving's own
  uint64_t room;
  blob state;
  state_rest rest;
} saving;

// [any] Answers the keeper (FROM_PLAYER_SAVED) and lets all of it go.
void saving_answer(saving *s, gesto_result answer, uint64_t size);

typedef struct saver {
  saving now;
  pthread_t thread;
  bool running;
} saver; // zeroed: none

// [main] Takes the saving over; waits for the one before it.
void saver_give(saver *s, const saving *what);
void saver_finish(saver *s); // waits; takes a zeroed one

#endif
