// SPDX-License-Identifier: GPL-3.0-or-later
// Five-note scales: no two notes of one rub against each other. Any thread.
#ifndef LOOP_SCALE_H
#define LOOP_SCALE_H

#include <stdbool.h>
#include <stdint.h>

enum {
  SCALE_NOTES = 5,
  SCALE_COUNT = 4,
  KEY_COUNT = 12,
  PAD_ROWS = 4,
  PAD_COUNT = SCALE_NOTES * PAD_ROWS
};

typedef struct scale {
  uint32_t kind; // below SCALE_COUNT
  uint32_t key;  // 0 = C ... 11 = B
} scale;

// Pad 0 is the lowest; each row of five is an octave above the one below.
float scale_pitch(const scale *s, uint32_t pad);
const char *scale_note_name(const scale *s, uint32_t pad); // static: "C", "F sharp"
const char *scale_note_sign(const scale *s, uint32_t pad); // static: "C", "F♯"
float scale_nearest(
  const scale *s, float pitch); // the pitch of the scale that is closest
bool scale_holds(const scale *s, float pitch);

#endif
