// SPDX-License-Identifier: GPL-3.0-or-later
// What a client says on arriving: a place on the feeling field, a wish of today in their own
// words, goals from before and ideas that they pick. Plain values, and their JSON as it goes
// into session.json (docs/session-format.md). Nothing is answered beforehand. Main thread.
#ifndef GESTO_STAGE_ARRIVING_H
#define GESTO_STAGE_ARRIVING_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WISH_BYTES = 2048, WORD_BYTES = 2048, GOALS = 3, GOAL_BYTES = 512, IDEAS = 4 };

typedef struct felt { // a place on the feeling field
  bool given;
  double pleasant, energy; // -1 to 1
  char word[WORD_BYTES];   // the client's own for it, or ""
} felt;

typedef struct arriving {
  felt feeling;
  char wish[WISH_BYTES]; // as it was typed
  char goals[GOALS][GOAL_BYTES];
  uint32_t goal_count;
  uint32_t goals_picked, ideas_picked; // bits
} arriving;

// "Slow down"… in the language of the screen; i below IDEAS.
const char *arriving_idea(uint32_t i);
// What a client once called a goal; more than GOALS and what is no text is left out. What is
// picked already stays picked by its words.
void arriving_set_goals(arriving *a, const json_t *texts);
// The wish and what was picked as one line, "" if there is none.
void arriving_line(const arriving *a, char *line, size_t room);
bool arriving_wishes(const arriving *a); // it is not ""
// The fact check_in: what was answered, and the names of what was not in "skipped". The
// caller owns it.
json_t *arriving_said(const arriving *a);
// Takes back what such a fact says; what it does not say stays as it is.
void arriving_read(arriving *a, const json_t *said);

// The member "feeling" of `said`, or its name among the skipped.
void felt_write(const felt *f, json_t *said, json_t *skipped);
void felt_read(felt *f, const json_t *said);

#endif
