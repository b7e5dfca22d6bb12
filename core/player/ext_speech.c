// SPDX-License-Identifier: GPL-3.0-or-later
// gesto.speech/1 and gesto.cues/1: what an exercise says, and the soft sounds of the house that
// it asks for, go to the keeper. Both change nothing here, and a replay is silent.
#include "core/player/extensions.h"
#include "core/player/machine.h"
#include "core/player/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SAID_A_CALL = 4 };

// As the header promises: UTF-8 without control characters, of a modest length.
static bool good_words(const char *text) {
  if (!text) return false;
  size_t size = strnlen(text, SAY_BYTES + 1);
  if (size == 0 || size > SAY_BYTES) return false;
  char *clean = words_take(text, SAY_BYTES);
  bool good = clean && strcmp(clean, text) == 0;
  free(clean);
  return good;
}

static bool may_ask(machine *m) { return !m->reading && m->said < SAID_A_CALL; }

static void say(const gesto_host *host, const char *text, bool interrupt) {
  machine *m = host->data;
  const machine_calls *calls = &m->setup.calls;
  if (!may_ask(m)) return;
  m->said++;
  if (!good_words(text)) {
    if (m->said_badly++ == 0 && calls->log)
      calls->log(calls->data, GESTO_LOG_WARNING,
        "say() takes 1 to 500 bytes of UTF-8 without control characters; this was not "
        "said.");
    return;
  }
  m->said_well++;
  if (m->live && calls->say) calls->say(calls->data, text, interrupt, m->now_us);
}

static void cue(const gesto_host *host, uint32_t which, double seconds) {
  static const uint32_t chimes[] = {[GESTO_CUE_STEP] = CHIME_STEP,
    [GESTO_CUE_BREATH_IN] = CHIME_BREATH_IN,
    [GESTO_CUE_BREATH_OUT] = CHIME_BREATH_OUT};
  machine *m = host->data;
  const machine_calls *calls = &m->setup.calls;
  bool known = which > 0 && which < sizeof chimes / sizeof *chimes;
  if (!may_ask(m) || !known || !isfinite(seconds)) return;
  m->said++;
  if (m->live && calls->cue) calls->cue(calls->data, chimes[which], seconds);
}

const gesto_speech *speech_face(void) {
  static const gesto_speech face = {.size = sizeof face, .say = say};
  return &face;
}

const gesto_cues *cues_face(void) {
  static const gesto_cues face = {.size = sizeof face, .cue = cue};
  return &face;
}
