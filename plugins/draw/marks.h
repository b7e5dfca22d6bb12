// SPDX-License-Identifier: GPL-3.0-or-later
// What was done on the paper, as a list of small numbers: enough to say in words what is to
// be seen, and what undo and redo change of it.
#ifndef DRAW_MARKS_H
#define DRAW_MARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Below these: a stroke in that colour of the palette, or, from MARK_UNDER on, the number of
// the picture that lies underneath from then on, 0 for none.
// From MARK_PAPER on: paper 1 and so on lies there from then on. MARK_NEW_PAPER: all was
// taken off the paper that lies there. The other two change how sheets
// lie or look; a faded one is followed by MARK_FADED + 1 and + 2.
enum {
  MARK_PAPER = 100,
  MARK_UNDER = 200,
  MARK_FADED = 240,
  MARK_SHEET = 243,
  MARK_OTHER_COLOUR = 250,
  MARK_RUBBED_OUT,
  MARK_NEW_PAPER
};

typedef struct marks {
  uint8_t *list;
  uint32_t done, undone, room; // the undone ones follow those that are done
} marks;

void marks_finish(marks *m);
// False: no memory, and nothing is added.
bool marks_add(marks *m, uint8_t mark);
void marks_undo(marks *m);
void marks_redo(marks *m);
// Of what was read: each colour in it is one of ours.
bool marks_hold(const marks *m);
bool marks_cleared(const marks *m); // all was taken off a paper, by an ending
uint8_t marks_last(const marks *m); // of those that are done; MARK_SHEET: none is
// Those that say what is there and nothing of what was taken off a paper: of each paper those
// since it was cleared, of one with nothing on it (no bit n - 1 in `used`) none. Returns how
// many went to `to`, which has room for all that are done.
uint32_t marks_lasting(const marks *m, uint32_t used, uint8_t *to);
// The picture that lies underneath now; 0: none.
uint8_t marks_under(const marks *m);
// What is on paper `n`: "A drawing in blue and green, 12 strokes." Returns the length that it
// has or would have.
size_t marks_describe(const marks *m, uint32_t n, char *text, size_t room);

#endif
