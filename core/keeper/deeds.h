// SPDX-License-Identifier: GPL-3.0-or-later
// What Undo takes back, in the order in which it was done, as the canvas itself told it
// (steps.h). Any thread.
#ifndef GESTO_KEEPER_DEEDS_H
#define GESTO_KEEPER_DEEDS_H

#include "core/base/result.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DEEDS_NO_STROKE SIZE_MAX

typedef struct deed {
  uint64_t at_us;     // exercise time at which it began
  size_t stroke;      // index of the stroke that it is, or DEEDS_NO_STROKE
  bool taken_back;    // and not brought back since
  uint64_t undone_us; // the last time that it was taken back
} deed;

// Of what came before the record, or is missing from it, only the place is known.
typedef struct deeds {
  deed *all; // in order of time
  size_t count, room;
  size_t *order; // places in `all`: of those that are done, then of those taken back
  size_t done, taken_back, order_room;
} deeds; // zeroed: none

// What was taken back before cannot be brought back any more.
MUST_USE result deeds_add(deeds *d, uint64_t at_us, size_t stroke);
// The same, but it stands in the place of the one that was taken back last, and goes on from it.
MUST_USE result deeds_replace(deeds *d, uint64_t at_us);
MUST_USE result deeds_undo(deeds *d, uint64_t at_us);
MUST_USE result deeds_redo(deeds *d);
// From here on nothing is known of what is done or was taken back.
void deeds_forget(deeds *d);
void deeds_finish(deeds *d); // takes a zeroed one

#endif
