// SPDX-License-Identifier: GPL-3.0-or-later
// The words of the screens in the language of who reads them: gettext, whose catalogues lie
// in assets/words/<language>.po and are compiled beside the programs. Thread of the window.
#ifndef GESTO_UI_SAY_H
#define GESTO_UI_SAY_H

#include <libintl.h>
#include <stdbool.h>

// Marks words that are translated where they are used, and those that are so later.
#define _(words) gettext(words)
#define N_(words) (words)

// The catalogues lie in `folder`. Call once, before any words are asked for.
void say_init(const char *folder);
// From now on words are those of `language` ("de", "ar"; "": as the environment says). What
// has no translation stays English. Screens must be built anew.
void say_language(const char *language);
// The language is written from the right.
bool say_is_right_to_left(void);

#endif
