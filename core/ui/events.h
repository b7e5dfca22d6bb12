// SPDX-License-Identifier: GPL-3.0-or-later
// SDL's events as pointers, keys and text of a view. Main thread.
#ifndef GESTO_UI_EVENTS_H
#define GESTO_UI_EVENTS_H

#include "core/ui/view.h"

#include <SDL.h>
#include <stdbool.h>

// SDL 2 knows no pens: a touch device of this id is taken for one (tests use it).
#define EVENTS_PEN_DEVICE ((SDL_TouchID)0x67657374)

enum { EVENTS_FINGERS = 10 };

typedef struct events {
  SDL_FingerID fingers[EVENTS_FINGERS];
  bool down[EVENTS_FINGERS];
  bool typing; // SDL_StartTextInput is on
} events;

typedef struct chord { // a key as declared controls name it
  SDL_Keycode code;
  uint32_t with; // WITH_…
} chord;

// Hands the event to the view. False: it was none of these, or nobody took it.
bool events_feed(events *s, view *v, const SDL_Event *e);
// The key of an SDL_KEYDOWN that is no repeat; code 0: it is none.
chord events_chord(const SDL_Event *e);
// True if `wishes` ("u ctrl+z space") names the chord.
bool events_chord_in(chord c, const char *wishes);
// Input method on while a text field has the focus, at its caret.
void events_follow_focus(events *s, view *v);

#endif
