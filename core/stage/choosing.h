// SPDX-License-Identifier: GPL-3.0-or-later
// What a client chooses and how: a card, one of two looked at together, what is left from last
// time, only talking; and the way back to what was left for closing. Each is told the keeper as
// the client's own choice. Main thread.
#ifndef GESTO_STAGE_CHOOSING_H
#define GESTO_STAGE_CHOOSING_H

#include "core/stage/offer.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct stage stage;

enum { CHOOSING_CARDS = 4 }; // on one page

typedef struct choosing {
  uint32_t first;        // of the cards that show
  bool together;         // two are being picked, to be looked at side by side
  bool begun[2];         // which of `picked` are
  uint32_t picked[2];    // places among the offers
  const offer *last;     // of last time's; NULL: nothing to carry on with
  double last_seconds;   // that it was worked on
  bool newer_stays;      // what was made after it is kept and cannot be carried on
  uint32_t left;         // creation that was left for closing; 0: none
  const offer *left_one; // its exercise
  bool left_talking;     // closing was asked for on the page of talking
} choosing;

// The member "last" of TO_STAGE_SESSION, once the offers are known.
void choosing_take(stage *s, const json_t *last);
// On from the page that shows: the cards before or after these.
void choosing_turn(stage *s, bool on);
// "Let us choose together", and back to all.
void choosing_join(stage *s, bool together);
// Picks a card for the two, or puts it back.
void choosing_pick(stage *s, uint32_t place);
bool choosing_is_picked(const choosing *c, uint32_t place);
uint32_t choosing_picked(const choosing *c); // 0 to 2

// What a client decides.
void stage_choose_one(stage *s, const offer *o); // by its card
void stage_carry_on_last(stage *s);
void stage_just_talk(stage *s);
// From closing to where it was asked for: the exercise as it was, talking, or choosing.
void stage_go_back(stage *s);
// Remembers what is about to be left for closing, or that nothing is.
void choosing_note_left(stage *s, bool closing);

#endif
