// SPDX-License-Identifier: GPL-3.0-or-later
// The language of an exercise's words: gesto.words/1. Main thread of the player.
#ifndef GESTO_PLAYER_EXT_WORDS_H
#define GESTO_PLAYER_EXT_WORDS_H

// Before the lock.
void ext_words_prepare(void);
// "de"; "": English. Before the exercise is created.
void ext_words_speak(const char *language);

#endif
