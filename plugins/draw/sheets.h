// SPDX-License-Identifier: GPL-3.0-or-later
// Sheets, the paper under them, and the papers beside it, in the client's hand: what the
// controls do, and that they tell the truth after undo, too.
#ifndef DRAW_SHEETS_H
#define DRAW_SHEETS_H

#include "marks.h"
#include "settings.h"

// All borrowed.
typedef struct sheets {
  const gesto_host *host;
  const gesto_canvas *canvas;
  settings *now; // what the controls show
  marks *marks;
} sheets;

// How many steps that can be taken back were made so far.
uint64_t sheets_steps(const sheets *s);
// If there is a step more than `before`: it left this mark.
void sheets_note(const sheets *s, uint64_t before, uint8_t mark);
// Whether it is one of these that has a value.
bool sheets_has(uint32_t control);
// The control has another value now.
void sheets_set(const sheets *s, uint32_t control);
// Does nothing where the button is none of these.
void sheets_act(const sheets *s, uint32_t button);
// A sheet that cannot be seen is shown before it is painted on.
void sheets_show_chosen(const sheets *s);
// Each of the controls shows what lies there, and whether it would do anything: after
// everything that may have changed it.
void sheets_tell(const sheets *s);
// What lies there in words; returns the length that it has or would have.
size_t sheets_describe(const sheets *s, char *text, size_t room);
// Whether something is on the paper that lies there; on any of the others.
bool sheets_used(const sheets *s);
bool sheets_others_used(const sheets *s);
// Which paper lies there, from 1.
uint32_t sheets_paper(const sheets *s);
// Says which paper lies there if it is another than `before`: undo goes from paper to paper.
void sheets_say_turned(const sheets *s, uint32_t before);
// Takes all off the paper that lies there; undo brings it back. False: not in a stroke.
bool sheets_clear(const sheets *s);
// Hands over every paper that something is on, but for the one that lies there if it is to be
// `without`; where there is none, the one that lies there.
gesto_result sheets_keep(const sheets *s, bool without);
// Says words in the client's language.
void say(const gesto_host *host, const char *text);

#endif
