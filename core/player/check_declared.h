// SPDX-License-Identifier: GPL-3.0-or-later
// Checks of what an exercise declares: complete, without doubles, within its own bounds.
#ifndef GESTO_PLAYER_CHECK_DECLARED_H
#define GESTO_PLAYER_CHECK_DECLARED_H

#include "core/player/exercise.h"
#include "core/player/tap.h"

// A line of `t` for each thing that holds or does not.
void check_declared(tap *t, const exercise *e);

#endif
