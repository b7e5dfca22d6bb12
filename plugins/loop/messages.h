// SPDX-License-Identifier: GPL-3.0-or-later
// What the stage half and the sound half of Loop say to each other. All in events, so that
// both directions are journalled and replayed.
//
// Frames of the transport count from where the first loop began; below 0 is the count-in. A
// bar is a whole number of 64-frame blocks, at most 0.034 % off the tempo asked for. A pass
// is what was played in one go; its tape is laid so that frame 0 is where its lane's loop
// begins, hence all passes of a lane line up.
#ifndef LOOP_MESSAGES_H
#define LOOP_MESSAGES_H

#include "gesto.h"

enum {
  BLOCK = 64,
  RATE = 48000,
  LANES = 6,
  PASSES = 64,
  SPARES = 3,
  BARS_MAX = 8,
  COLUMNS_A_BAR = 32,
  COLUMNS = BARS_MAX * COLUMNS_A_BAR
};
enum {
  TAPE_ROOM = BARS_MAX * 4 * 60 * RATE / 50
};                                    // the longest loop at the slowest tempo
enum { RECORD_ROOM = 5 * 60 * RATE }; // a part of the record of everything heard

enum {                     // stage half -> sound half
  SAY_NOTE_ON = GESTO_OWN, // x: pitch, y: velocity; event.source: finger
  SAY_NOTE_OFF,            // event.source
  SAY_RECORD,              // lane: arm, or take back, or close
  SAY_LAYER,               // lane: the same for a layer over the loop that is there
  SAY_CANCEL,              // what is being recorded is not wanted
  SAY_PLAY,                // number: 1 = play from the start, 0 = stop
  SAY_TOGGLE,              // mask: these passes are heard from now on, or no longer
  SAY_MUTE,                // lane, number: 1 = not heard
  SAY_BAR,                 // number: frames of a bar
  SAY_STEADY,      // x: how much of the way to the beat a recorded note goes, 0..1
  SAY_CLICK,       // number: 1 = on
  SAY_PRESET,      // number: instrument of the pads
  SAY_SPARE,       // number: pass, tape: its empty tape
  SAY_FORGET,      // mask: these passes are gone; their numbers will be used again
  SAY_RECORD_TAPE, // tape: for what is heard, from its frame 0 on
};
enum { // sound half -> stage half
  HEAR_NOW =
    GESTO_OWN + 64, // at: transport, number: phase, lane, mask: 1 = the clock runs,
                    // 2 = loops are heard; tape: blocks in the record so far
  HEAR_PASS,   // number: pass, lane, at: anchor, mask: frames, x: preset. It is heard now
  HEAR_COLUMN, // number: pass, lane: column, x: peak
  HEAR_SETTLED,     // number: pass. Its tape will not be written again
  HEAR_UNUSED,      // number: pass. Nothing of it will be heard; its tape is of no use
  HEAR_RECORD_FULL, // the tape for what is heard is nearly used up
};
enum { PHASE_REST, PHASE_ARMED, PHASE_RECORDING, PHASE_LAYERING, PHASE_CLOSING };

typedef struct message {
  int64_t at;
  uint64_t mask;
  uint32_t number, tape, lane;
  float x, y;
  uint32_t unused[3];
} message;
static_assert(
  sizeof(message) == sizeof(((gesto_event *)0)->as.own), "it fills the event");

static inline gesto_event message_event(uint16_t type, const message *m) {
  gesto_event e = {.type = type};
  __builtin_memcpy(e.as.own, m, sizeof *m);
  return e;
}

static inline message message_of(const gesto_event *event) {
  message m;
  __builtin_memcpy(&m, event->as.own, sizeof m);
  return m;
}

// Frames of a bar of four beats, in whole blocks.
static inline uint32_t message_bar_frames(double tempo) {
  return (uint32_t)(4 * 60 * RATE / tempo / BLOCK + 0.5) * BLOCK;
}

#endif
