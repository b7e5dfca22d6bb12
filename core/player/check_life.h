// SPDX-License-Identifier: GPL-3.0-or-later
// Checks of an exercise's life: the promises of gesto.h on replay, drawing, state and sound.
#ifndef GESTO_PLAYER_CHECK_LIFE_H
#define GESTO_PLAYER_CHECK_LIFE_H

#include "core/player/rehearsal.h"
#include "core/player/tap.h"

// `r` has of, instruments and assets filled in.
void check_life(tap *t, rehearsal *r, uint64_t seed);

#endif
