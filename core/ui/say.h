// SPDX-License-Identifier: GPL-3.0-or-later
// The words of the screens in the language of who reads them: gettext, whose catalogues lie
// in assets/words/<language>.po and are compiled beside the programs. Thread of the window.
#ifndef GESTO_UI_SAY_H
#define GESTO_UI_SAY_H

#include "core/base/say_later.h"

#include <libintl.h>
#include <stdbool.h>
#include <stddef.h>

// Marks words that are translated where they are used; N_() those that are so later.
#define _(words) gettext(words)

// Catalogues of the folder "words" beside the program, in the environment's language. Call
// once, before any words are asked for; where there are none all stays English.
void say_begin(void);
// The same with catalogues in `folder`, and no language yet: for tests.
void say_init(const char *folder);
// From now on words are those of `language` ("de", "ar"; "": as the environment says). What
// has no translation stays English. Screens must be built anew.
void say_language(const char *language);
// Words that came as data: what an exercise declares, what the keeper says. Those that the
// catalogue does not know come back as they are, borrowed.
const char *say_declared(const char *words);
// The language is written from the right.
bool say_is_right_to_left(void);
// The language that the words really are in, as a voice would need it: that of the catalogue,
// "en" where there is none.
void say_words_language(char *to, size_t room);

#endif
