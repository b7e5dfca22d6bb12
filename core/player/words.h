// SPDX-License-Identifier: GPL-3.0-or-later
// Texts that an exercise hands over for people to read. Any thread.
#ifndef GESTO_PLAYER_WORDS_H
#define GESTO_PLAYER_WORDS_H

#include <stddef.h>

// A copy of what is UTF-8 in the text, `most` bytes of it at most: other bytes are left out,
// control characters are spaces. NULL text: "". The caller frees it; NULL: no memory.
char *words_take(const char *text, size_t most);

#endif
