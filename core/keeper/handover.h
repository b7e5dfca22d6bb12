// SPDX-License-Identifier: GPL-3.0-or-later
// What one keeper leaves to the next within the same sitting: a page of shared memory that
// the warden holds. Written by the keeper alone, before it does what it says.
#ifndef GESTO_KEEPER_HANDOVER_H
#define GESTO_KEEPER_HANDOVER_H

#include "core/base/memory_map.h"
#include "core/base/result.h"
#include "core/keeper/lock_box.h"

#include <stdint.h>
#include <sys/types.h>

enum {            // handover.phase
  PHASE_NONE = 0, // no session
  PHASE_OPEN,     // a session, no exercise
  PHASE_CHOOSING, // `exercise` was asked for; `creation` 0: not begun yet
  PHASE_PLAYING,
  PHASE_LEAVING,
  PHASE_CLOSING, // with the answers in `close`
};

typedef struct handover {
  uint32_t phase, creation;
  int32_t stage_pid, desk_pid; // 0: none
  uint32_t width, height;      // the exercise's area in pixels
  float scale;
  uint32_t look_flags;
  uint32_t stage_said_hello;
  uint32_t carry_on; // with `exercise`: what is left from last time
  uint32_t back;     // creation that goes on once it is left; 0: none
  uint32_t
    minutes; // that the session is to last, other than the room says; 0: as it says
  uint64_t clock_us;      // CLOCK_MONOTONIC of the session's beginning; 0: not begun
  uint32_t last_word_due; // closing waits for a last word
  char session[128];      // its name in .live/
  char exercise[128];
  char room[32 * 1024]; // the client's room as it is now; "": none was read yet
  char close[96 * 1024 + 1];
} handover;

// The descriptors that a warden holds and each of its keepers inherits. -1: none.
typedef struct warden_hold {
  int stage[2];   // ours, the stage's
  int desk[2];    // ours, the desk's
  int page;       // of a handover
  int sound_page; // of a sound_page
  lock_box lock;  // the archive's, once a keeper has it
} warden_hold;

#endif
