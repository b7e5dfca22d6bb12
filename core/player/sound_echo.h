// SPDX-License-Identifier: GPL-3.0-or-later
// What the sound half makes while a replay goes on as fast as it was made, on its way to the
// loudspeaker. Blocks come in handfuls, as the journal has them, and are asked for one by one:
// a short queue stands between. Where none came in time there is silence.
#ifndef GESTO_PLAYER_SOUND_ECHO_H
#define GESTO_PLAYER_SOUND_ECHO_H

#include "core/base/protocol.h"
#include "core/base/result.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

enum {
  ECHO_BLOCKS = 512, // 0.68 s
  ECHO_AHEAD = 120,  // 0.16 s are there before it begins to sound
};

typedef struct sound_echo {
  wave_page *wave; // borrowed
  float blocks[ECHO_BLOCKS][2][WAVE_FRAMES];
  uint32_t first, count;
  bool flows;
  uint64_t asked_us;    // when a block was asked for last
  pthread_mutex_t lock; // for what stands above, but `wave`
  _Atomic bool ending;
  pthread_t thread;
} sound_echo;

// Begins to answer what the wave page asks for, in a thread of its own.
MUST_USE result sound_echo_create(sound_echo **e, wave_page *wave);
void sound_echo_destroy(sound_echo *e); // takes NULL
// [main] One more block. More than there is room for: the replay runs ahead of what can be
// heard, and what was waiting is dropped.
void sound_echo_push(sound_echo *e, const float *left, const float *right);

#endif
