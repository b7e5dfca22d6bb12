// SPDX-License-Identifier: GPL-3.0-or-later
// The sound of the tapes that a state without history names (save_tape), so that it can be
// carried on with where their tape room is not: FLAC inside the state. With history a state
// only says where in the room they lie.
#ifndef GESTO_PLAYER_SAVED_SOUND_H
#define GESTO_PLAYER_SAVED_SOUND_H

#include "core/api/gesto.h"
#include "core/player/blob.h"
#include "core/player/tapes.h"

enum { SAVED_SOUNDS = 64 };

typedef struct saved_sound {
  uint32_t number;
  uint64_t frames;
  tape_sound *held;
} saved_sound;

typedef struct saved_sounds {
  saved_sound all[SAVED_SOUNDS];
  uint32_t count;
} saved_sounds; // zeroed: none

// [stage] Once each. GESTO_BAD_DATA: no such tape. GESTO_NO_SPACE: more than there is room for.
gesto_result saved_sounds_add(saved_sounds *s, tapes *from, uint32_t number);
// [any]
gesto_result saved_sounds_write(const saved_sounds *s, blob *to);
void saved_sounds_let_go(saved_sounds *s); // [any]
// [stage] Into a table that has none of these; they are closed.
MUST_USE result saved_sounds_read(tapes *to, cursor *from);

#endif
