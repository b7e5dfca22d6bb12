// SPDX-License-Identifier: GPL-3.0-or-later
// What the players of a creation reported of the steps of its canvas, as one account of it:
// which were made, taken back and brought back, each once. Any thread.
#ifndef GESTO_KEEPER_STEPS_H
#define GESTO_KEEPER_STEPS_H

#include "core/base/protocol.h"
#include "core/base/result.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { STEPS_MISSING = 0 }; // as a kind: here some are missing from the record

typedef struct steps {
  page_report *all; // in order; REPORT_MADE…, or STEPS_MISSING
  size_t count, room;
  uint32_t number; // of the newest, of the player that is reporting
} steps;           // zeroed: none

// Reports of this kind are of steps.
bool steps_are(uint32_t kind);
// In the order of the journal. One that stands there twice counts once; where one is not
// there, that is noted.
MUST_USE result steps_add(steps *s, const page_report *report);
// These slots are left out of the creation, and with them what came of them so far.
void steps_leave_out(steps *s, uint64_t first, uint64_t last);
// Another player goes on from how things were after slot `seq`: what came later did not, or
// will be reported again. `known`: the record reaches as far as that.
MUST_USE result steps_go_back(steps *s, uint64_t seq, bool known);
void steps_finish(steps *s); // takes a zeroed one

#endif
