// SPDX-License-Identifier: GPL-3.0-or-later
// A machine as bytes, for recovery: what the host knows (time, chance, controls, canvas, events
// on their way to the sound half) and what the exercise's save() writes. Of tapes it has what
// lies where in the tape room; without history, the sound of those that the exercise names.
// Main thread, but for state_complete and state_let_go.
//
// Little endian. "GESTOST1", u64 number of the last slot delivered, u32 version of this
// layout, then as state.c writes it; the canvas comes last, and after it u64 how many bytes
// it has (0: there is none).
#ifndef GESTO_PLAYER_STATE_H
#define GESTO_PLAYER_STATE_H

#include "core/api/gesto.h"
#include "core/base/result.h"
#include "core/player/blob.h"
#include "core/player/saved_sound.h"
#include "core/studio/canvas.h"

typedef struct machine machine; // machine.h

// Layout 5 is still read: it had no view of the canvas.
enum { STATE_LAYOUT = 6, STATE_LAYOUT_OLDEST = 5 };

// What is still to be written of a state. Zeroed: nothing.
typedef struct state_rest {
  canvas *painted;
  bool plain;          // without history: then the sound of tapes is in it
  saved_sounds sounds; // that the exercise asked for
} state_rest;

// Between two slots. GESTO_NOT_NOW: the exercise has no save(), or is in the middle of a
// stroke. GESTO_NO_SPACE: over `to->limit`.
gesto_result state_save(machine *m, bool with_history, blob *to);
// The same in two parts, of which the first takes no time to speak of, however much was
// painted. What the first began is completed (or let go of) in any thread.
gesto_result state_begin(machine *m, bool with_history, blob *to, state_rest *rest);
gesto_result state_complete(blob *to, state_rest *rest);
void state_let_go(state_rest *rest); // takes a zeroed one
// Into a machine whose create() has just been called. *block: where its sound half goes on.
MUST_USE result state_load(machine *m, const void *state, size_t size,
  const char *version, uint64_t *block, char *why, size_t room);

#endif
