// SPDX-License-Identifier: GPL-3.0-or-later
// Words made into sound by gesto-voice: one process for each clip, so that the same words
// always sound the same, and one held ready. What was made is kept in memory by its words,
// within limits. One that hangs or crashes is ended and costs a clip, no more. Keeper's main
// thread.
#ifndef GESTO_KEEPER_VOICE_H
#define GESTO_KEEPER_VOICE_H

#include "core/base/result.h"
#include "core/keeper/wake.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct voice voice;

enum { VOICE_HASH = 65, VOICE_LANGUAGE = 32, VOICE_WORDS = 8000 };

typedef struct voice_wish {
  uint32_t number;
  const char *language, *words;
  double pace; // 1: as usual
} voice_wish;

typedef struct voice_clip {
  uint32_t number; // of the wish
  int fd; // sealed: mono 16-bit PCM at 48000; borrowed until the next turn. -1: none
  uint64_t frames;
  char hash[VOICE_HASH]; // SHA-256 of its samples, in hex
} voice_clip;

MUST_USE result voice_create(voice **v);
void voice_destroy(voice *v); // takes NULL
// One at a time. NOT_NOW: one is under way; TOO_LARGE: longer than VOICE_WORDS.
MUST_USE result voice_ask(voice *v, const voice_wish *wish);
bool voice_idle(const voice *v);
// The last process that was started came so far that it could speak.
bool voice_works(const voice *v);
void voice_wake(const voice *v, wake_set *w);
// True once for each wish, with what became of it.
bool voice_turn(voice *v, voice_clip *clip);

#endif
