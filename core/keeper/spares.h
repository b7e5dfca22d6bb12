// SPDX-License-Identifier: GPL-3.0-or-later
// Players that wait for an exercise: started, locked and warm. One is always kept ready, and
// one with voices while an exercise that wants them runs. Keeper's main thread.
#ifndef GESTO_KEEPER_SPARES_H
#define GESTO_KEEPER_SPARES_H

#include "core/base/result.h"
#include "core/keeper/player_proc.h"
#include "core/keeper/wake.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct spares {
  player_proc *plain, *voiced; // NULL: none just now
  uint64_t retry_us;           // no new one before
  uint32_t deaths;             // in a row, before they were ready
  bool keep_voiced;
} spares; // zeroed: none yet

// Takes one out (it may still be STARTING: its order waits); starts one if there is none. The
// caller destroys it. The next is started by the following turn.
MUST_USE result spares_take(spares *s, bool voices, player_proc **p);
void spares_keep_voiced(spares *s, bool keep);
// No new one is started before then: its start would take the processor from a player that is
// just beginning.
void spares_not_before(spares *s, uint64_t time_us);
void spares_wake(const spares *s, wake_set *w);
void spares_turn(spares *s);
void spares_finish(spares *s);

#endif
