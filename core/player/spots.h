// SPDX-License-Identifier: GPL-3.0-or-later
// The places of an exercise's own surface that are reached without a pointer
// (gesto.spots/1): asked for when something happened, told when they are others than before.
// Main thread.
#ifndef GESTO_PLAYER_SPOTS_H
#define GESTO_PLAYER_SPOTS_H

#include "core/player/machine.h"

typedef struct spots {
  gesto_spot now[SPOTS_MAX], told[SPOTS_MAX];
  uint32_t told_count;
  bool ever_told;
  bool due; // something happened since the last look
  uint64_t looked_us;
} spots;

// Something reached the exercise.
void spots_note(spots *s, const machine *m);
// How long until a look is due; 0: none is. Looks are 100 ms apart.
uint64_t spots_wait_us(const spots *s, uint64_t now_us);
// Looks if it is time to; the machine lives and did not give up. The list as FROM_PLAYER_SPOTS wants it, the caller's to free; NULL:
// it is as it was.
char *spots_look(spots *s, machine *m, uint64_t now_us);

#endif
