// SPDX-License-Identifier: GPL-3.0-or-later
// Lines of TAP for a person: what holds, what does not and why, and what comes next, so that
// an end in the middle has a name.
#ifndef GESTO_PLAYER_TAP_H
#define GESTO_PLAYER_TAP_H

#include "core/base/result.h"

#include <stdbool.h>

typedef struct tap {
  int number, broken;
} tap;

// Before something that foreign code might not come back from.
void tap_next(const char *what);
// `why` says what does not hold; only shown then.
PRINTF_LIKE(4, 5)
void tap_line(tap *t, bool holds, const char *what, const char *why, ...);
// Something that does not apply to this exercise.
void tap_skip(tap *t, const char *what, const char *because);
// The plan; returns the exit status.
int tap_end(const tap *t);

#endif
