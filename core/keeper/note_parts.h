// SPDX-License-Identifier: GPL-3.0-or-later
// What note.c and note_file.c share. Theirs alone.
#ifndef GESTO_KEEPER_NOTE_PARTS_H
#define GESTO_KEEPER_NOTE_PARTS_H

#include "core/keeper/note.h"

// note_file.c: from note.pcm to note.flac, by a player; NOTE_MAKING meanwhile.
void note_encode_begin(note *n);
void note_encode_turn(note *n); // in the end NOTE_KEPT, or what was before
void note_encode_wake(const note *n, wake_set *w);
void note_encode_drop(note *n); // gives it up; note.pcm stays

bool note_file_there(const note *n); // there is a note.flac

// The note as the client hears it.
void note_listen(note *n, sound_link *sound);
void note_stop_listening(note *n, sound_link *sound); // takes NULL: nobody hears it
void note_turn_listening(note *n, sound_link *sound);

#endif
