// SPDX-License-Identifier: GPL-3.0-or-later
// What is heard beside an exercise: words read aloud, labels where a person asked for them,
// the sounds of the house; and captions for what is spoken, where they are wanted or nothing
// can be heard. Words are given to the keeper, which has them spoken. Main thread.
#ifndef GESTO_STAGE_SPEAKING_H
#define GESTO_STAGE_SPEAKING_H

#include "core/base/link.h"
#include "core/base/protocol.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct stage stage;
typedef struct widget widget;

typedef struct speaking {
  bool told;         // the keeper has said how it is
  bool sound, voice; // a device plays; words can be spoken
  char why[512];     // why not, for the therapist; may be empty
  char caption[SAY_BYTES + 1];
  uint64_t caption_until_us; // 0: none shows
  widget *line;              // of the page that shows, or NULL
  char language[32];         // that the keeper was told last, as the next two
  double rate;
  bool on;
  bool aloud; // something is being read
  uint32_t
    talks;  // creation whose exercise has said something: it has a line from then on
} speaking; // zeroed: nothing is known

// Has `text` spoken now, instead of what is being said: "read aloud". The language is that of
// the screen. Whoever asks for it sees the words anyway. It ends when they are left.
void stage_speak(stage *s, const char *text);
void stage_be_quiet(stage *s); // what is being said fades out
// For the view: a label and its state on focus and scanning, where spoken labels are wanted;
// and the sound of choosing.
void speaking_label(void *stage_of_it, const char *label, const char *state);
void speaking_chose(void *stage_of_it, const widget *w);
// CHIME_TICK…: at once, without the keeper. Not while a microphone records.
void stage_chime(stage *s, uint32_t kind);
// True where an exercise's words are to be shown: it is wished for, or they cannot be heard.
bool stage_shows_captions(const stage *s);
// One calm sentence about what cannot be heard; "": all can.
const char *stage_sound_advice(const stage *s);
// The same for the line below the bar: where the exercise that shows would sound; else "".
const char *stage_silence_notice(const stage *s);

// The line for captions at the end of `column`, beside the work and never above it; from an
// exercise's first words on, and always as high, so that the work does not move each time.
void caption_line(stage *s, widget *column);
// The same at the foot of `stack`, over the work, for paper: nothing of it moves under a hand.
void caption_over(stage *s, widget *stack);
void speaking_take_sound(stage *s, const link_message *m);   // TO_STAGE_SOUND
void speaking_take_caption(stage *s, const link_message *m); // TO_STAGE_CAPTION
void speaking_turn(stage *s);         // takes a caption away whose time is over
int speaking_wait_ms(const stage *s); // until then; -1: none shows
void speaking_left(
  stage *s); // another page or sheet comes: nothing of this one is read on
// Tells the keeper what has changed of it.
void speaking_tell(stage *s);

#endif
