// SPDX-License-Identifier: GPL-3.0-or-later
// What a synthesiser makes, fit for our ears: at our rate, evenly loud, without silence or a
// click at its ends. Pure. Any thread.
#ifndef GESTO_VOICE_CLEAR_H
#define GESTO_VOICE_CLEAR_H

#include "core/base/result.h"

#include <stddef.h>
#include <stdint.h>

enum { CLEAR_RATE = 48000 };

// `from`: `count` samples at `rate` (8000 to 48000). The caller frees *to, which has *made
// samples, at most `most` (the rest is cut off, softly); 0 where nothing is to be heard.
typedef struct clear_wish {
  const float *from;
  size_t count;
  uint32_t rate;
  size_t most;
} clear_wish;
MUST_USE result clear_sound(const clear_wish *wish, int16_t **to, size_t *made);

#endif
