// SPDX-License-Identifier: GPL-3.0-or-later
// What Undo takes back, in the order in which it was done, as the journal of an exercise tells
// it: strokes, and buttons that are declared undoable. Any thread.
#ifndef GESTO_KEEPER_DEEDS_H
#define GESTO_KEEPER_DEEDS_H

#include "core/base/result.h"

#include <stddef.h>
#include <stdint.h>

#define DEEDS_NONE SIZE_MAX

typedef struct deeds {
  size_t *list; // the caller's numbers: first those that are done, then those taken back
  size_t done, taken_back, room;
} deeds; // zeroed: none

// What was taken back before cannot be brought back any more.
MUST_USE result deeds_add(deeds *d, size_t number);
// The number of what is taken back, or brought back; DEEDS_NONE: there is nothing.
size_t deeds_undo(deeds *d);
size_t deeds_redo(deeds *d);
void deeds_finish(deeds *d); // takes a zeroed one

#endif
