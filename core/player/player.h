// SPDX-License-Identifier: GPL-3.0-or-later
// A player from its first word to its farewell: it waits as a spare, takes one order, and
// delivers what its feed and its ring hold. Main thread.
#ifndef GESTO_PLAYER_PLAYER_H
#define GESTO_PLAYER_PLAYER_H

#include "core/player/voices.h"

#include <stdint.h>

// Runs until the keeper says quit or is gone; returns the exit status. `voices` may be NULL
// and stays the caller's. `landlock_abi` is what the keeper is told.
int player_run(int link, voices *instruments, int landlock_abi);

#endif
