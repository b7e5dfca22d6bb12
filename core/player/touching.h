// SPDX-License-Identifier: GPL-3.0-or-later
// Which contacts the exercise knows to be down. What belongs to one that it never saw (its
// DOWN was left out after a crash) does not reach it: live and in every replay alike.
#ifndef GESTO_PLAYER_TOUCHING_H
#define GESTO_PLAYER_TOUCHING_H

#include "core/api/gesto.h"
#include "core/player/blob.h"

#include <stdbool.h>
#include <stdint.h>

enum { TOUCHING_MAX = 64 };

typedef struct touching {
  uint32_t sources[TOUCHING_MAX];
  uint32_t count;
} touching; // zeroed: none

// Takes in one event. False: it is not for the exercise.
bool touching_take(touching *t, const gesto_event *event);
void touching_save(const touching *t, blob *to);
bool touching_load(touching *t, cursor *from); // false: damaged

#endif
