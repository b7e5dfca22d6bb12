// SPDX-License-Identifier: GPL-3.0-or-later
// Clips of speech beside the wave: one at a time, faded where it is cut off, silent for good
// when Stop comes. Two threads: [device] the functions in _rt, [main] all the rest.
#ifndef GESTO_SOUND_SPEECH_H
#define GESTO_SOUND_SPEECH_H

#include "core/base/memory_map.h"
#include "core/base/result.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

enum { SPEECH_WAITING = 16, SPEECH_SECONDS = 300 };

typedef struct clip {
  memory_map map; // bytes NULL: none
  uint64_t frames;
} clip;

typedef struct speech {
  _Atomic(const clip *) wanted;  // [main]
  _Atomic(const clip *) playing; // [device]
  _Atomic bool over;             // [device] `playing` has come to its end
  struct {                       // the device's thread's own
    const clip *now;
    uint64_t at;
    float fade, hush; // 0..1
    bool hushed, cut; // cut: by Stop, and not to be heard any more
  } rt;
  clip clip; // [main] the one that plays
  clip waiting[SPEECH_WAITING];
  uint32_t waiting_count;
} speech; // zeroed: silent

// [main] Takes sealed memory with `frames` of mono 16-bit PCM. `now`: what is being said ends
// for it. BAD_DATA: it is not sealed, too small or too long; NO_SPACE: too much waits.
MUST_USE result speech_give(speech *s, int fd, uint64_t frames, bool now);
void speech_quiet(speech *s); // [main] ends what is being said and drops what waits
// [main] Brings the next one and lets the old one go: often while it does not rest. True: one
// is over.
bool speech_turn(speech *s);
bool speech_rests(speech *s); // [any]

// [device] Adds to the block; `gain` is that of each sample. `hushed`: Stop holds; `wanted`:
// nothing speaks against it (a microphone that records).
typedef struct speech_way {
  bool hushed, wanted;
  const float *gain;
} speech_way;
void speech_add_rt(
  speech *s, const speech_way *way, float *left, float *right, uint32_t frames);

#endif
