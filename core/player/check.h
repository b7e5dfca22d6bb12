// SPDX-License-Identifier: GPL-3.0-or-later
// `gesto-player --check`: an exercise examined for its author, one line for each thing that
// has to hold.
#ifndef GESTO_PLAYER_CHECK_H
#define GESTO_PLAYER_CHECK_H

#include "core/player/voices.h"

// Prints TAP on stdout; returns 0 if everything holds. `instruments` may be NULL.
int check_run(const char *path, voices *instruments);

#endif
