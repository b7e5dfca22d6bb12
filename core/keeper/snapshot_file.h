// SPDX-License-Identifier: GPL-3.0-or-later
// One snapshot as a file, snap-<seq>: a head, then what an exercise saved, packed (see
// docs/session-format.md). Any thread.
#ifndef GESTO_KEEPER_SNAPSHOT_FILE_H
#define GESTO_KEEPER_SNAPSHOT_FILE_H

#include "core/base/result.h"

#include <stddef.h>
#include <stdint.h>

enum { SNAPSHOT_NAME = 32, SNAPSHOT_VERSION = 64 };

// Larger states are not saved; three sheets as large as the largest screens of today fit.
#define SNAPSHOT_BYTES_MAX ((size_t)256 << 20)

typedef struct snapshot {
  uint64_t seq;                           // the last slot that is in it
  float width, height, scale, text_scale; // the stage and look that held then
  uint32_t look_flags;
  uint32_t tapes;   // id of the tape room that it is of; 0: it needs none
  uint64_t time_us; // exercise time that had come by then; 0: not known
  uint64_t cost_us; // what doing it again from the beginning takes up to there, about
  uint64_t pieces;  // bytes of the piece file that must be there for it; 0: it needs none
  int fd;           // sealed memory, the holder's own; 0: there is none
  size_t size;      // bytes of it that were saved
  char version[SNAPSHOT_VERSION]; // of the exercise that saved it
} snapshot;

void snapshot_finish(snapshot *s); // closes; takes a zeroed one
// The same memory with a descriptor of its own.
MUST_USE result snapshot_share(const snapshot *s, snapshot *shared);

void snapshot_file_name(uint64_t seq, char out[SNAPSHOT_NAME]); // "snap-123"
// On disk when it returns, whole or not at all.
MUST_USE result snapshot_file_save(int folder, const snapshot *s);
// BAD_DATA: torn, damaged, or of another slot. On failure there is nothing to be finished.
MUST_USE result snapshot_file_load(int folder, uint64_t seq, snapshot *found);
// The head alone, unchecked: enough to choose one by its time. There is nothing to be finished.
MUST_USE result snapshot_file_look(int folder, uint64_t seq, snapshot *found);

#endif
