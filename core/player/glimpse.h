// SPDX-License-Identifier: GPL-3.0-or-later
// What an exercise shows just now, as a PNG: one picture of a time-lapse. Main thread.
#ifndef GESTO_PLAYER_GLIMPSE_H
#define GESTO_PLAYER_GLIMPSE_H

#include "core/base/link.h"
#include "core/player/machine.h"

// Answers TO_PLAYER_GLIMPSE with GLIMPSE, in any case.
void glimpse_take(int link, machine *m, const link_message *order);

#endif
