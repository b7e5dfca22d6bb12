// SPDX-License-Identifier: GPL-3.0-or-later
// What can be taken back: each step turns some passes on or off. Turning them again undoes
// it, so undo and redo are the same move in two directions. [stage]
#ifndef LOOP_HISTORY_H
#define LOOP_HISTORY_H

#include <stdint.h>

enum { STEPS = 128 };

typedef struct history {
  uint32_t count, done;  // steps that are known, and how many of them hold now
  uint64_t steps[STEPS]; // passes that each one turns
} history;

// Adds a step that holds; steps that were taken back are gone with it. Makes room by letting
// go of the oldest.
void history_add(history *h, uint64_t passes);
uint64_t history_undo(history *h);        // passes to turn; 0: nothing to take back
uint64_t history_redo(history *h);        // the same, forwards
uint64_t history_reach(const history *h); // passes that any step knows
// Only what can be undone of passes in `heard`.
void history_thin(history *h, uint64_t heard);

#endif
