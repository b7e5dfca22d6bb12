// SPDX-License-Identifier: GPL-3.0-or-later
// The main thread's dealings with the sound half: what it did is reported, and what it said is
// delivered, at slot boundaries only; in a feed exactly as it was reported then. Main thread.
#ifndef GESTO_PLAYER_HEARING_H
#define GESTO_PLAYER_HEARING_H

#include "core/api/gesto.h"
#include "core/base/ring.h"

#include <stdbool.h>
#include <stdint.h>

struct machine;

// Events that may be handed to the sound half between two boundaries; what waits longer than
// that is taken by blocks that the main thread runs, so that the queue is never full.
enum { HEARING_PUSHED_MAX = 8192, HEARING_BLOCKS_EACH = 75 };

typedef struct hearing {
  gesto_event *emitted; // said and not delivered
  uint32_t count, room;
  uint64_t last_block;                // that said something
  uint64_t reported, taken;           // blocks and events that the reports account for
  uint64_t slot_reported, slot_taken; // the same at the end of the slot delivered last
  uint32_t pushed;                    // since the last boundary
  bool settle_next; // at the next boundary, report and mark exactly how far sound is
} hearing;

// Before a slot that is not in a feed: in a timed performance runs the blocks up to `time_us`,
// then reports and delivers.
void hearing_boundary(struct machine *m, uint64_t before_seq, uint64_t time_us);
// A slot of a feed: SLOT_TOOK, SLOT_HEARD, SLOT_BLOCKS.
void hearing_follow(struct machine *m, const ring_slot *slot);
// Reports how far sound is, and marks how far each tape is by then.
void hearing_settle(struct machine *m, uint64_t before_seq);
// The slot is over: what a saved state counts from.
void hearing_mark(struct machine *m);
// Hands an event over. False: too many.
bool hearing_push(struct machine *m, const gesto_event *event);
// After load: blocks and waiting events as saved.
void hearing_resume(struct machine *m, uint64_t at_block);
void hearing_finish(struct machine *m);

#endif
