// SPDX-License-Identifier: GPL-3.0-or-later
// One exercise as loaded: checked, copied into structs of our own, with every function that
// it left out filled in once, so that nothing tests for NULL later. Never unloaded.
#ifndef GESTO_PLAYER_EXERCISE_H
#define GESTO_PLAYER_EXERCISE_H

#include "core/api/gesto.h"
#include "core/base/result.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
  EXERCISE_CONTROLS_MAX = 128,
  EXERCISE_CHOICES_MAX = 64,
  EXERCISE_TEXT_MAX = 16384
};

typedef struct exercise {
  gesto_exercise entry;  // zero beyond what the exercise filled; no required or optional
                         // function is NULL except save, load and works
  gesto_purpose purpose; // zero where there is none
  gesto_control controls[EXERCISE_CONTROLS_MAX]; // in the order declared
  uint32_t control_count;
  gesto_sound sound; // process is NULL: no sound half
  gesto_spots spots; // list is NULL: none are offered
  bool ticks;        // it declared tick()
} exercise;

// Loads `path` (main thread, after the lock). BAD_DATA, TOO_NEW or NOT_FOUND with one
// sentence in `why` that names the file and what to do.
MUST_USE result exercise_load(exercise *e, const char *path, char *why, size_t room);

// How many entries stand before the NULL key; 0 for none.
uint32_t exercise_choice_count(const gesto_control *control);

#endif
