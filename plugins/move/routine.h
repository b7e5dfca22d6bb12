// SPDX-License-Identifier: GPL-3.0-or-later
// A routine: steps with words for each way of doing them, read from a small JSON file that a
// therapist can edit. docs/exercise-guide.md shows the form.
#ifndef MOVE_ROUTINE_H
#define MOVE_ROUTINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Marks words that are put into the language of the screen when they are shown.
#define N_(words) words

enum { SEATED, STANDING, HANDS, WAYS };
enum { ROUTINE_STEPS = 40, ROUTINE_WORDS = 200, ROUTINE_NAME = 48 };
enum { // what the figure does
  MOVE_REST,
  MOVE_ARMS,
  MOVE_REACH_LEFT,
  MOVE_REACH_RIGHT,
  MOVE_SHOULDERS,
  MOVE_HEAD,
  MOVE_HANDS,
  MOVE_SWAY,
  MOVE_FEET,
  MOVE_KINDS
};

typedef struct step {
  char id[ROUTINE_NAME];
  char say[WAYS][ROUTINE_WORDS];
  char more[ROUTINE_WORDS]; // a gentle second line; may be empty
  uint32_t moves;           // MOVE_REST...
  uint32_t times;           // how often within the step
  double seconds;
} step;

typedef struct routine {
  char id[ROUTINE_NAME], title[ROUTINE_WORDS];
  char before[2 * ROUTINE_WORDS]; // shown until the client begins
  char after[ROUTINE_WORDS];      // the way outwards, at the end
  step steps[ROUTINE_STEPS];
  uint32_t count;
} routine;

// False: `why` says in a sentence what is to be mended. *r is then not to be used.
bool routine_read(routine *r, const char *json_text, size_t size, char *why, size_t room);
void routine_built_in(routine *r); // a short one that needs no file

#endif
