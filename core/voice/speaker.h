// SPDX-License-Identifier: GPL-3.0-or-later
// Text to sound with espeak-ng, once in the life of a process: what it makes depends on what
// it made before, and the same words are to sound the same each time. [main]
#ifndef GESTO_VOICE_SPEAKER_H
#define GESTO_VOICE_SPEAKER_H

#include "core/base/result.h"

#include <stddef.h>
#include <stdint.h>

typedef struct speaker {
  int rate;         // samples a second that it makes
  const char *data; // folder of its files
} speaker;

typedef struct spoken {
  float *samples; // mono, -1..1; the caller frees them
  size_t count, room;
} spoken; // zeroed: nothing

// Before the lock: where its files lie. NOT_FOUND: nowhere.
MUST_USE result speaker_find(speaker *s);
// After the lock, as it starts a thread. NOT_FOUND: its files cannot be read.
MUST_USE result speaker_open(speaker *s);
// `language` as "en", "pt-br", "de_DE.UTF-8"; `pace` 1: as usual, 0.5 to 2. NOT_FOUND: nobody
// speaks it. TOO_LARGE: over `most` samples.
typedef struct speaker_wish {
  const char *language, *words;
  double pace;
  size_t most;
} speaker_wish;
MUST_USE result speaker_say(const speaker_wish *wish, spoken *made);

#endif
