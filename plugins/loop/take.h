// SPDX-License-Identifier: GPL-3.0-or-later
// One pass while it is being played: collects notes, moves them to the beat, and prints them
// into the tape a moment later, so that a note may move forwards and backwards in time.
// [audio] all of it; nothing is allocated.
#ifndef LOOP_TAKE_H
#define LOOP_TAKE_H

#include "messages.h"

enum { TAKE_NOTES = 48, TAKE_OPEN = BARS_MAX };

typedef struct take_note {
  bool used, sounding, held;
  uint32_t source, preset;
  int64_t on, off; // transport
  int64_t pressed; // when it was really pressed; `on` may be earlier or later
  float pitch, velocity;
} take_note;

typedef struct take {
  bool used, layer, ended, dropped;
  uint32_t pass, tape, lane, channel;
  int64_t now;        // transport; goes on while the last notes ring, though loops stop
  int64_t start, end; // `end` is the latest possible until it is closed
  int64_t anchor;     // transport frame that is frame 0 of the tape
  uint32_t length;    // frames of the loop; 0: not known yet
  uint32_t bar;
  uint32_t heard; // notes so far; nothing is written before the first
  uint32_t preset, preset_now;
  uint32_t quiet; // blocks of silence since it ended, or since it was dropped
  int64_t column;
  float peak;
  take_note notes[TAKE_NOTES];
} take;

// What it prints with.
typedef struct take_tools {
  const gesto_voices *voices; // NULL: silence
  const gesto_tapes *tapes;
  const gesto_block *block;
} take_tools;

// How long after playing a take is printed: as long as a note may be moved.
static inline uint32_t take_lag(uint32_t bar) {
  return (bar / 16 + BLOCK - 1) / BLOCK * BLOCK;
}

// `steady` of the way from `pressed` to the nearest half beat.
int64_t take_moved(int64_t pressed, uint32_t bar, float steady);
// Does a note that belongs at `on` and was pressed at `now` belong to it?
bool take_wants(const take *t, int64_t on, int64_t now);
// `note` holds source, preset, on, pressed, pitch, velocity. False: too many at once.
bool take_note_on(take *t, const take_note *note);
// `time` in frames from the start of the block.
void take_note_off(take *t, uint32_t source, uint64_t time);
// The take will not be heard, but its last notes still ring out of its channel.
void take_drop(take *t, const take_tools *with);
// Prints the block that was played take_lag() ago. False: no more will be written.
bool take_print(take *t, const take_tools *with);

#endif
