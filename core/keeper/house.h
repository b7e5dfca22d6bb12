// SPDX-License-Identifier: GPL-3.0-or-later
// What every keeper holds while it runs: the archive, locked, and the exercises that
// plugins.conf lists, each probed once. Keeper's main thread.
#ifndef GESTO_KEEPER_HOUSE_H
#define GESTO_KEEPER_HOUSE_H

#include "core/base/result.h"
#include "core/keeper/exercise_list.h"
#include "core/keeper/lock_box.h"
#include "core/record/archive.h"

#include <stdint.h>

typedef struct house {
  archive *archive;
  exercise_list exercises;
} house; // zeroed: none

// Opens and locks the archive (made if it is not there), rescues what a crash left in memory,
// (but for the session named `held`, which an earlier keeper of this sitting began; "": none),
// reads and probes the exercises. On failure nothing is held and one sentence is on stderr.
// `box`: where a warden keeps the lock for the next keeper; NULL: nobody does.
MUST_USE result house_open(
  house *h, const char *archive_path, const char *held, const lock_box *box);
void house_close(house *h); // takes a zeroed one
// The entry that can be played. NULL, with a sentence in `why`: not listed, or refused.
const exercise_entry *house_exercise(house *h, const char *id, char *why, size_t room);
// A sentence on what the kernel cannot hold an exercise back from; NULL: all walls stand.
const char *house_missing_wall(void);
// A number for a creation's chance, different each time.
uint64_t house_seed(void);

#endif
