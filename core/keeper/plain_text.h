// SPDX-License-Identifier: GPL-3.0-or-later
// Text from outside (an exercise, a file, a client) on its way to a terminal or into a file's
// name: only whole letters of UTF-8 pass, nothing that steers a terminal or turns the
// direction of writing. Any thread.
#ifndef GESTO_KEEPER_PLAIN_TEXT_H
#define GESTO_KEEPER_PLAIN_TEXT_H

#include <stddef.h>
#include <stdio.h>

// Bytes of the letter that stands at `text`; 0 if it may not be shown. Not at the end of it.
size_t plain_letter(const char *text);
// Puts a space for each byte that may not be shown; the length stays.
void plain_text(char *text);
// Prints `text` as plain_text would leave it.
void plain_print(FILE *to, const char *text);

#endif
