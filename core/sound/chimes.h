// SPDX-License-Identifier: GPL-3.0-or-later
// The sounds of the house, made note by note: a wooden tick, two notes, a low one, a felt
// mallet, a breath. Pure: no clock, no memory, no call. [device]
#ifndef GESTO_SOUND_CHIMES_H
#define GESTO_SOUND_CHIMES_H

#include "core/base/protocol.h"

#include <stdbool.h>
#include <stdint.h>

enum { CHIMES_AT_ONCE = 4 };

typedef struct chime {
  uint32_t kind;         // CHIME_…; 0: none
  uint64_t at, last;     // in frames: where it is, how many there are
  uint32_t seed;         // of a breath's noise
  float low, band, soft; // of its filter
} chime;

typedef struct chimes {
  chime now[CHIMES_AT_ONCE];
  float out; // 1: heard, 0: silenced; moves in 5 ms
} chimes;    // zeroed: silent

// Begins one; `seconds` is for a breath alone. More than CHIMES_AT_ONCE: it is passed over.
void chimes_begin_rt(chimes *c, uint32_t kind, double seconds);
// Adds a block to both sides; while they are not `wanted`, fades and forgets what sounds.
void chimes_add_rt(chimes *c, bool wanted, float *left, float *right, uint32_t frames);
bool chimes_rest(const chimes *c);

#endif
