// SPDX-License-Identifier: GPL-3.0-or-later
// What an exercise declares, as JSON: for the menu, the panel, scripts and records. Any
// thread.
//
// {"id","name","version","author","licence",
//  "wants":["sound","microphone","canvas","voices"],
//  "purpose":{"invitation","why","steps":["one a line"],"care","sources","goals":["calm"]},
//  "controls":[{"id":1,"kind":"button"|"toggle"|"choice"|"range"|"colour"|"text",
//    "flags":["therapist","at-hand","undoable"],"key","name","hint","unit","keys",
//    "group","low","high","step","initial","choices":[{"key","name"}]}]}
//
// Every member is there; a text that the exercise left out is "", a list is []. The value of a
// choice is its place in "choices" (0, 1...), of a toggle 0 or 1, of a colour 0xRRGGBB.
#ifndef GESTO_PLAYER_DECLARED_H
#define GESTO_PLAYER_DECLARED_H

#include "core/player/exercise.h"

// The caller frees the text. NULL: no memory, or a text that is not UTF-8.
char *declared_json(const exercise *e);

#endif
