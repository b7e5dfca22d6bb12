// SPDX-License-Identifier: GPL-3.0-or-later
// What is spoken in a session: words that the window wants read aloud and words of an
// exercise, made into clips and handed to gesto-sound. Of an exercise's words there is a
// caption, and a line in its journal. Keeper's main thread.
#ifndef GESTO_KEEPER_SPEECH_H
#define GESTO_KEEPER_SPEECH_H

#include "core/base/protocol.h"
#include "core/keeper/recorder.h"
#include "core/keeper/sound_link.h"
#include "core/keeper/voice.h"

#include <stdbool.h>
#include <stdint.h>

enum { SPEECH_QUEUE = 8 };

typedef struct speech_line {
  char *words;               // owned
  uint32_t number, creation; // creation 0: the window's
  uint64_t time_us;          // exercise time
  bool now;                  // instead of what is being said
} speech_line;

typedef struct speech {
  voice *voice;           // or NULL: captions alone
  sound_link *sound;      // borrowed like the next; NULL: nothing is heard
  const sound_page *page; // Stop, and whether a microphone records; or NULL
  recorder *recorder;     // NULL: nothing is journalled
  char language[VOICE_LANGUAGE];
  double pace;
  bool on;                         // an exercise's words are spoken, too
  speech_line queue[SPEECH_QUEUE]; // the first one is being made
  uint32_t count, number;
  uint64_t second_us; // of exercise time in which words were said last
  uint32_t in_second;
  speech_line late;     // the newest of what was too much for that second; or no words
  uint64_t late_due_us; // CLOCK_MONOTONIC
} speech;               // zeroed: mute

MUST_USE result speech_begin(speech *s, sound_link *sound, const sound_page *page);
void speech_finish(speech *s); // takes a zeroed one
// The text of FROM_STAGE_VOICE.
void speech_set(speech *s, const char *json);
// For the window: instead of what is being said and of what waits. "": be quiet.
void speech_read_aloud(speech *s, const char *words);
// Words of an exercise, as it said them: checked here. False: not taken (too long, not text, or
// Stop holds), or too many at once: of those the newest wait for speech_say_late. Else they are
// `plain` now, to be shown for so many milliseconds.
typedef struct speech_said {
  uint32_t creation;
  uint64_t time_us;
  bool now;
  const char *words;
} speech_said;
bool speech_say(
  speech *s, const speech_said *said, char plain[SAY_BYTES + 1], uint64_t *show_ms);
// What waited for its second to pass, if it is due: as above. *creation: whose it is.
bool speech_say_late(
  speech *s, uint32_t *creation, char plain[SAY_BYTES + 1], uint64_t *show_ms);
void speech_drop(
  speech *s, uint32_t creation); // it was left: its words are not said any more
bool speech_works(const speech *s);
void speech_wake(const speech *s, wake_set *w);
void speech_turn(speech *s);
// For scripts, which run faster than time: waits until all is made and journalled.
void speech_settle(speech *s);

#endif
