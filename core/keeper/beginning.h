// SPDX-License-Identifier: GPL-3.0-or-later
// How a creation began: the BEGIN frame of its journal, and with it the order for a player
// that makes it (again). Any thread.
#ifndef GESTO_KEEPER_BEGINNING_H
#define GESTO_KEEPER_BEGINNING_H

#include "core/base/result.h"
#include "core/keeper/exercise_list.h"
#include "core/keeper/player_proc.h"

#include <stdint.h>

typedef struct beginning {
  char exercise[128], version[64];
  char from[160];        // "<session>/<creation>" that this one carries on; "": none
  char from_version[64]; // of the exercise that saved the state it begins with
  char picture[65];      // of the client's, that it may look at; "": none
  uint64_t seed, first_seq;
  float width, height, scale, text_scale;
  uint32_t look_flags, creation;
  player_mode mode;
  exercise_setting *settings; // the holder's own
  uint32_t setting_count;
} beginning;

// Fills exercise, version and settings (copied) from a list's entry; the rest is the caller's.
MUST_USE result beginning_of(beginning *b, const exercise_entry *entry);
// The caller frees the text. NULL: no memory.
char *beginning_write(const beginning *b);
// BAD_DATA: a BEGIN frame that none of ours would write.
MUST_USE result beginning_read(beginning *b, const char *json);
void beginning_finish(beginning *b); // takes a zeroed one
// The entry of the list with the settings that held then. Borrows from both.
exercise_entry beginning_entry(const beginning *b, const exercise_entry *entry);

#endif
