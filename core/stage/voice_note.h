// SPDX-License-Identifier: GPL-3.0-or-later
// A voice note of the client at the end of a session, as the window knows it: the microphone
// is off until it is asked for, and gone when it is done; the keeper and gesto-sound do the
// work. A page draws itself from `stage->note` and is built anew (stage_rebuild) when the
// state changes; the level and the seconds change ten times a second while the microphone is
// on, and note_show() brings its widgets up to date without that. Main thread.
#ifndef GESTO_STAGE_VOICE_NOTE_H
#define GESTO_STAGE_VOICE_NOTE_H

#include "core/base/link.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct stage stage;
typedef struct widget widget;

typedef enum note_state {
  NOTE_NONE,          // there is no note, and the microphone is off
  NOTE_OPENING,       // it was asked for: a moment
  NOTE_ON,            // the microphone is on: what is said is kept
  NOTE_MAKING,        // it is off again, and the note is being made: a moment
  NOTE_KEPT,          // there is a note
  NOTE_NO_MICROPHONE, // there is none here, or it does not answer; as NOTE_NONE else
} note_state;

typedef struct voice_note {
  note_state state;
  double seconds; // so far, or of the note that is kept; at most 300
  double level;   // 0..1
  bool listens;   // the note is being played to the client
  bool at_hand;   // a button of it was pressed: the focus stays with them
  widget *words;  // of the page that shows, or NULL: note_widgets()
} voice_note;

// What a client decides. Each does nothing where it does not apply.
void note_begin(
  stage *s); // opens the microphone; a note that is kept is replaced when done
void note_end(stage *s);    // off again
void note_listen(stage *s); // plays the note, or ends that
void note_let_go(stage *s); // gone, from the disk as well
// The words of the level: "quiet", "comfortable", "too loud"; "" while it is off. There is no
// red, and no meter is needed.
const char *note_level_words(const voice_note *n);

// All of it, ready made: one button ("Say it aloud", "The microphone is on. Done"), the words
// of the level and the time, and "Listen", "Do it again", "Let it go" once there is a note.
// Ids: "note-begin" "note-end" "note-listen" "note-let-go" "note-words".
void note_widgets(stage *s, widget *column);

void note_take(stage *s, const link_message *m); // TO_STAGE_NOTE

#endif
