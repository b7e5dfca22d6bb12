// SPDX-License-Identifier: GPL-3.0-or-later
// A machine as bytes, for recovery: what the host knows (time, chance, controls, canvas, events
// on their way to the sound half) and what the exercise's save() writes. Of tapes it has what
// lies where in the tape room; without history, none. Main thread.
//
// Little endian. "GESTOST1", u64 number of the last slot delivered, u32 version of this
// layout, then as state.c writes it.
#ifndef GESTO_PLAYER_STATE_H
#define GESTO_PLAYER_STATE_H

#include "core/player/blob.h"
#include "core/player/machine.h"

enum { STATE_LAYOUT = 3 };

// Between two slots. GESTO_NOT_NOW: the exercise has no save(), or is in the middle of a
// stroke. GESTO_NO_SPACE: over `to->limit`.
gesto_result state_save(machine *m, bool with_history, blob *to);
// Into a machine whose create() has just been called. *block: where its sound half goes on.
MUST_USE result state_load(machine *m, const void *state, size_t size,
  const char *version, uint64_t *block, char *why, size_t room);

#endif
