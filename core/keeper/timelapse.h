// SPDX-License-Identifier: GPL-3.0-or-later
// Exercise time as a time-lapse shows it: each silence of the hand that is longer than a
// second is passed over in a moment, and what is cut out in none. Both times in microseconds,
// both begin at 0 and only grow. Any thread.
#ifndef GESTO_KEEPER_TIMELAPSE_H
#define GESTO_KEEPER_TIMELAPSE_H

#include "core/base/result.h"

#include <stddef.h>
#include <stdint.h>

enum {
  TIMELAPSE_SILENCE_US = 1000 * 1000, // a silence has to be longer than this
  TIMELAPSE_MOMENT_US = 400 * 1000,   // what is left of it
};

typedef struct timelapse_span {
  uint64_t from_us, to_us; // exercise time
  uint64_t at_us;          // where it begins in the time-lapse
  uint64_t lasts_us;       // there
} timelapse_span;

typedef struct timelapse {
  timelapse_span *spans; // rising, apart from each other
  size_t count, room;
} timelapse; // zeroed: nothing is passed over

// A stretch in which nothing happened, after all that were added before. A short one is not
// noted.
MUST_USE result timelapse_add(timelapse *t, uint64_t from_us, uint64_t to_us);
// A stretch that is not to be seen, after all that were added before.
MUST_USE result timelapse_cut(timelapse *t, uint64_t from_us, uint64_t to_us);
// When the time-lapse shows that moment.
uint64_t timelapse_of(const timelapse *t, uint64_t exercise_us);
// Which moment the time-lapse shows then: timelapse_of and this undo each other, to within a
// step of a silence's pace.
uint64_t timelapse_shows(const timelapse *t, uint64_t lapse_us);
// That moment, or the end of the cut in which it lies.
uint64_t timelapse_past_cut(const timelapse *t, uint64_t exercise_us);
void timelapse_finish(timelapse *t); // takes a zeroed one

#endif
