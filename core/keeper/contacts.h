// SPDX-License-Identifier: GPL-3.0-or-later
// What stands, as seen from the slots: which fingers, pens and keys are down, so that a stage
// which went away ends them with UP (no line is lost) and a snapshot waits for the end of a
// stroke; and the size and look of the stage.
#ifndef GESTO_KEEPER_CONTACTS_H
#define GESTO_KEEPER_CONTACTS_H

#include "core/api/gesto.h"

#include <stdbool.h>
#include <stdint.h>

struct ring_slot; // base/ring.h

enum { CONTACTS_MAX = 32 };

typedef struct contacts {
  gesto_event down[CONTACTS_MAX]; // the last event of each that is down
  uint32_t count;
  uint64_t time;   // exercise time of the newest slot
  uint64_t events; // so far; time that passed is none
  bool paused;
  gesto_event stage, look; // the newest of each; type 0: none came by
} contacts;                // zeroed: none

void contacts_take(contacts *c, const struct ring_slot *slot);
// What ends contact `i` at the time of the newest slot: an UP where it was last, or a
// NOTE_OFF. The contact stays in the list until that comes by as a slot.
gesto_event contacts_ending(const contacts *c, uint32_t i);

#endif
