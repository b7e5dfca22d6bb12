// SPDX-License-Identifier: GPL-3.0-or-later
// What a client says on arriving and leaving, as the window holds it until it is given, and
// what of it the keeper is told: drafts, so that nothing is asked twice after a window had to
// be opened anew, and facts once Continue, Skip or Finish was pressed. Main thread.
#ifndef GESTO_STAGE_SAID_H
#define GESTO_STAGE_SAID_H

#include "core/stage/leaving.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct stage stage;

typedef struct words_said {
  char called[256]; // the client's own name; "": a guest
  arriving arriving;
  leaving leaving;
  bool arrived;       // the welcome is over, or was not asked
  bool asked;         // it was asked: there may be a wish
  bool not_today;     // and that was the answer
  bool last_word_due; // Finish was pressed in the window before this one
  bool ends;          // and the last word was said, or none is wanted
  bool wish_due;      // the wish was edited later, and the keeper does not know
  bool fading;        // the farewell comes up
  bool draft_due;
  uint64_t draft_us; // when the keeper had the last one
} words_said;

// From TO_STAGE_SESSION, for a window that was just opened: what was said before, and who
// comes with which goals.
void said_take(stage *s, const json_t *session);
// Something was touched: the keeper gets a draft within a second.
void said_touch(stage *s);
void said_turn(stage *s);         // sends it if it is due
int said_wait_ms(const stage *s); // until then; -1: none is due

// What a client decides on these pages.
void stage_arrive(stage *s, bool skipped); // Continue, Skip
void stage_not_today(stage *s);
void stage_say_goodbye(stage *s, bool skipped);

#endif
