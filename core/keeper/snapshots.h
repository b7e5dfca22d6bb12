// SPDX-License-Identifier: GPL-3.0-or-later
// What an exercise saved with history, now and then, so that not all of a journal has to be
// played again after a crash, or to see how it was at some time: <creation>/snapshots/
// snap-<seq>, written whole or not at all in a thread of its own. Of them the last two are
// kept, and those before so many that from one to the next it is not far. Caches: whoever
// finds one damaged goes on without it. Keeper's main thread.
#ifndef GESTO_KEEPER_SNAPSHOTS_H
#define GESTO_KEEPER_SNAPSHOTS_H

#include "core/base/result.h"
#include "core/keeper/piece_memory.h"
#include "core/keeper/snapshot_file.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

enum {
  SNAPSHOTS_MOST = 1024,
  SNAPSHOTS_APART_US = 300 * 1000, // to be done again from one to the next, at most
};

typedef struct kept_snapshot {
  uint64_t seq, cost_us; // as in snapshot
} kept_snapshot;

// What the thread works on. Nobody else looks at it until the thread is over.
typedef struct snapshot_write {
  pthread_t thread;
  int dir, bell;
  piece_memory *pieces; // or NULL
  uint64_t seq;
  snapshot what;
  kept_snapshot drop; // goes when this one is there; seq 0: none
  result done;
} snapshot_write;

typedef struct snapshots {
  int dir;                            // the creation's folder, borrowed
  piece_memory *pieces;               // what snapshots refer to, borrowed; NULL: nothing
  kept_snapshot kept[SNAPSHOTS_MOST]; // newest first; that may be on its way to disk
  uint32_t count;
  snapshot newest;        // in memory too, so that nothing is read when a player ended
  int bell;               // 0: none yet
  bool writing, unwanted; // unwanted: what is being written is to go again
  snapshot_write write;
} snapshots; // not to be moved

void snapshots_init(snapshots *s, int dir, piece_memory *pieces);
// Waits for what is being written. Takes a zeroed one.
void snapshots_finish(snapshots *s);
// Finds those that an earlier keeper left behind.
void snapshots_find(snapshots *s);

// Takes `made` over and begins to write it; only when nothing else is being written.
MUST_USE result snapshots_give(snapshots *s, snapshot *made);
bool snapshots_busy(const snapshots *s);
int snapshots_fd(const snapshots *s); // readable when it is written; -1: nothing is
// True once for each that is on disk now: *seq.
bool snapshots_written(snapshots *s, uint64_t *seq);
// The same, but waits.
bool snapshots_settle(snapshots *s, uint64_t *seq);

// `back`: 0 the newest, 1 the one before... NOT_FOUND; BAD_DATA. The caller finishes *found.
MUST_USE result snapshots_get(const snapshots *s, uint32_t back, snapshot *found);
// Those of slot `seq` and later are of no use any more: they go, on disk too.
void snapshots_forget_from(snapshots *s, uint64_t seq);

#endif
