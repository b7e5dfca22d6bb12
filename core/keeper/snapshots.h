// SPDX-License-Identifier: GPL-3.0-or-later
// What an exercise saved with history, now and then, so that not all of a journal has to be
// played again after a crash: <creation>/snapshots/snap-<seq>, written whole or not at all,
// the last two kept. Caches: whoever finds one damaged goes on without it. Keeper only.
#ifndef GESTO_KEEPER_SNAPSHOTS_H
#define GESTO_KEEPER_SNAPSHOTS_H

#include "core/base/result.h"

#include <stddef.h>
#include <stdint.h>

enum { SNAPSHOTS_KEPT = 2, SNAPSHOT_NAME = 32, SNAPSHOT_VERSION = 64 };

typedef struct snapshots {
  int dir;                       // the creation's folder, borrowed
  uint64_t seqs[SNAPSHOTS_KEPT]; // newest first
  uint32_t count;
} snapshots;

typedef struct snapshot {
  uint64_t seq;                           // the last slot that is in it
  float width, height, scale, text_scale; // the stage and look that held then
  uint32_t look_flags;
  uint32_t tapes; // id of the tape room that it is of; 0: it needs none
  uint8_t *bytes; // the holder frees
  size_t size;
  char version[SNAPSHOT_VERSION]; // of the exercise that saved it
} snapshot;

void snapshots_init(snapshots *s, int dir);
// Finds those that an earlier keeper left behind.
void snapshots_find(snapshots *s);
// On disk when it returns; then the oldest one goes.
MUST_USE result snapshots_put(snapshots *s, const snapshot *made);
// `back`: 0 the newest, 1 the one before. NOT_FOUND; BAD_DATA.
MUST_USE result snapshots_get(const snapshots *s, uint32_t back, snapshot *found);
void snapshots_name(uint64_t seq, char out[SNAPSHOT_NAME]); // "snap-123"

#endif
