// SPDX-License-Identifier: GPL-3.0-or-later
// Whether what was put in is on disk, as a fact. Main thread.
#ifndef GESTO_STAGE_SAVED_H
#define GESTO_STAGE_SAVED_H

#include "core/base/ring.h"

#include <stdint.h>

typedef enum saved_state {
  SAVED,        // the last input is on disk, or will be within 300 ms
  SAVING,       // some input has waited for longer
  SAVED_NOT,    // the keeper is away
  SAVED_FAILED, // a write was in vain
  SAVED_FULL,   // the disk is full
} saved_state;

typedef struct saved_watch {
  uint64_t mark_seq; // an input that was not on disk at mark_us; 0: none
  uint64_t mark_us;
} saved_watch;

typedef struct saved_facts {
  uint64_t written, durable, beat_us;
  uint32_t saving; // RING_SAVED…
} saved_facts;

saved_facts saved_read(const ring *r);
saved_state saved_look(saved_watch *w, saved_facts f, uint64_t now_us);
// True while it has to be looked at again soon: something is not on disk yet.
bool saved_waits(const saved_watch *w);
const char *saved_words(saved_state s);
const char *saved_sign(saved_state s); // the icon beside them
// What one had better do now; "" where there is nothing.
const char *saved_advice(saved_state s);

#endif
