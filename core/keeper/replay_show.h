// SPDX-License-Identifier: GPL-3.0-or-later
// What `gesto replay` shows of the way a creation was made: its strokes as lines, a time-lapse
// as pictures. Each returns the exit status of the command, with one sentence on stderr where
// it is not EXIT_HELD. Keeper's main thread.
#ifndef GESTO_KEEPER_REPLAY_SHOW_H
#define GESTO_KEEPER_REPLAY_SHOW_H

#include "core/keeper/course.h"
#include "core/keeper/exercise_list.h"

#include <stdbool.h>
#include <stdint.h>

// One line for each: number, from, to, tool, colour, whether it was taken back. JSON: an array.
int replay_show_strokes(const course *c, bool json);

typedef struct frames_wish {
  int dir; // the creation's folder
  const course *course;
  exercise_list *exercises;
  double speed;
  bool without; // what was taken back
  uint32_t a_second;
  const char *folder; // made if it is not there
} frames_wish;

int replay_show_frames(const frames_wish *w);

#endif
