// SPDX-License-Identifier: GPL-3.0-or-later
// The client's picture as one creation knows it: a copy in its folder, assets/<sha256>, so
// that it is made again to the same pixels wherever it lies, and goes where it goes. Keeper's
// main thread.
#ifndef GESTO_KEEPER_CREATION_PICTURE_H
#define GESTO_KEEPER_CREATION_PICTURE_H

#include "core/base/result.h"
#include "core/keeper/exercise_list.h"
#include "core/record/archive.h"
#include "core/record/client_picture.h"

#include <stddef.h>

typedef struct creation_picture {
  int fd; // sealed memory with a PNG; 0: none
  size_t size;
} creation_picture;

// Copies it into a creation that begins, if there is one and the exercise offers it; `hash` is
// "" where not. One that cannot be read is none: the client draws without it.
MUST_USE result creation_picture_keep(
  session *s, const exercise_entry *exercise, int dir, char hash[PICTURE_HASH]);
// As memory for a player, from a creation's folder. None where `hash` is "" or the file is
// not there or not what it was.
MUST_USE result creation_picture_open(creation_picture *p, int dir, const char *hash);
void creation_picture_close(creation_picture *p); // takes a zeroed one
// Nobody looked at it: the copy goes.
MUST_USE result creation_picture_let_go(int dir, const char *hash);
// The text of an ASSET frame. The caller frees it; NULL: no memory.
char *creation_picture_note(const creation_picture *p, const char *hash);

#endif
