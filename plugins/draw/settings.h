// SPDX-License-Identifier: GPL-3.0-or-later
// What is set: a value for each control that has one, by its number, and as bytes.
#ifndef DRAW_SETTINGS_H
#define DRAW_SETTINGS_H

#include "declared.h"

typedef struct settings {
  uint32_t value[CONTROLS]; // by the control's number
} settings;

// As declared.
settings settings_initial(void);
// True if each is one that its control can have.
bool settings_hold(const settings *s);

// A list of numbers and values, so that a later version of Draw reads what this one wrote.
gesto_result settings_write(const settings *s, const gesto_writer *to);
// What is not in the list stays as declared; numbers that nobody knows any more are passed
// over. GESTO_BAD_DATA: it is no list, or one of the values cannot be.
gesto_result settings_read(settings *s, const gesto_reader *from);
// As the versions 1 and 2 of the state had them: five values, of which the first knew four.
gesto_result settings_read_old(settings *s, const gesto_reader *from, uint32_t version);

// A reader may give less than it was asked for. False: there is not so much.
bool read_all(const gesto_reader *from, void *bytes, size_t size);

#endif
