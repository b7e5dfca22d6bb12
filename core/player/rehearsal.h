// SPDX-License-Identifier: GPL-3.0-or-later
// An exercise played without a keeper, for checks: events from a seed go in, state and picture
// come out. Main thread.
#ifndef GESTO_PLAYER_REHEARSAL_H
#define GESTO_PLAYER_REHEARSAL_H

#include "core/player/machine.h"

typedef struct rehearsal {
  const exercise *of;
  voices *instruments;
  tape_room *room; // lasts from one beginning to the next
  char assets[4096];
  const blob *from; // the state to begin from; NULL: anew
  size_t read_step; // as in machine_setup
  machine *machine; // NULL: not begun
  uint64_t created; // hash of the exercise's own state right after create() and load()
  uint64_t time_us, seq;
  bool down; // a contact is on the stage
  float x, y;
} rehearsal;

// False: the exercise could not begin; `why` has the sentence.
bool rehearsal_begin(rehearsal *r, char *why, size_t room);
void rehearsal_end(rehearsal *r);
// Delivers one event at the time reached.
void rehearsal_give(rehearsal *r, const gesto_event *event);
// Lets exercise time pass, in steps of a tick.
void rehearsal_wait(rehearsal *r, uint64_t us);
// Plays `count` events that follow from `seed`: strokes, controls, buttons, notes, pauses, other
// sizes, themes and views of a paper.
void rehearsal_play(rehearsal *r, uint64_t seed, uint32_t count);
// A hash of what the exercise's own save() writes now; 0: nothing.
uint64_t rehearsal_state_hash(const rehearsal *r);
// What the exercise's own save() writes now; GESTO_NOT_NOW if it has none.
gesto_result rehearsal_state(const rehearsal *r, blob *state);
// Draws all of the stage; a hash of the pixels, 0 if Cairo was left in trouble.
uint64_t rehearsal_picture(rehearsal *r);
uint64_t rehearsal_hash(const void *from, size_t size);

#endif
