// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers too small to hear count as zero while a block is computed, on whichever thread, so
// that they cost no time and give the same samples everywhere.
#ifndef GESTO_PLAYER_DENORMALS_H
#define GESTO_PLAYER_DENORMALS_H

#include <stdint.h>

// Returns what denormals_restore takes.
uint64_t denormals_off(void);
void denormals_restore(uint64_t before);

#endif
