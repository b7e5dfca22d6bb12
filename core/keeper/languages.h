// SPDX-License-Identifier: GPL-3.0-or-later
// The languages that the windows have words in: English, and those whose catalogues lie in the
// folder "words" beside the program. Any thread.
#ifndef GESTO_KEEPER_LANGUAGES_H
#define GESTO_KEEPER_LANGUAGES_H

#include <stdbool.h>
#include <stddef.h>

// Whether there are words in `language` ("de"; "de_AT" is German, too). If not, `why` is
// one sentence that says which there are.
bool languages_have(const char *language, char *why, size_t room);

#endif
