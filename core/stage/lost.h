// SPDX-License-Identifier: GPL-3.0-or-later
// What the window knows of exercises that ended by themselves, for the therapist's line.
// Main thread.
#ifndef GESTO_STAGE_LOST_H
#define GESTO_STAGE_LOST_H

#include <stdbool.h>
#include <stdint.h>

enum { LOST_OFFERS = 24 }; // as many as there are offers

typedef struct lost {
  int64_t wall_us;             // when it happened last, microseconds since 1970; 0: never
  uint64_t inputs;             // of that creation that are recorded
  uint32_t times[LOST_OFFERS]; // of each offer, in this session
  bool reported;               // the keeper has answered
  char report[1024];           // where the report lies, or why there is none
} lost;

#endif
