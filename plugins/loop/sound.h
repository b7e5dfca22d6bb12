// SPDX-License-Identifier: GPL-3.0-or-later
// The sound half of Loop: clock, pads, takes, loops, and the record of all that is heard.
#ifndef LOOP_SOUND_H
#define LOOP_SOUND_H

#include "messages.h"

// What the sound half starts with; given by the stage half in open().
typedef struct sound_start {
  const gesto_voices *voices; // or NULL
  const gesto_tapes *tapes;   // or NULL
  uint32_t bar, preset;
  float steady;
  bool click, plays;
  uint32_t muted; // bit per lane
  uint64_t heard; // bit per pass
  int64_t at;
  struct {
    uint32_t tape, lane, length;
    int64_t anchor;
  } passes[PASSES]; // tape 0: none
  uint32_t record_tape;
  uint64_t record_at;
} sound_start;

void *sound_create(const sound_start *start);              // [stage] NULL: no memory
void sound_destroy(void *sound);                           // [stage]
void sound_process(void *sound, const gesto_block *block); // [audio]

#endif
