// SPDX-License-Identifier: GPL-3.0-or-later
// The one thread that waits for the disk: it is handed descriptors, calls fdatasync on each,
// and reports. Nothing else of the keeper ever waits for a slow disk while input runs.
#ifndef GESTO_KEEPER_SYNCER_H
#define GESTO_KEEPER_SYNCER_H

#include "core/base/result.h"

#include <stdbool.h>
#include <stdint.h>

enum { SYNCER_FDS_MAX = 16 };

typedef struct syncer_job {
  int fds[SYNCER_FDS_MAX];
  void *owners[SYNCER_FDS_MAX]; // comes back as it was given
  result results[SYNCER_FDS_MAX];
  uint32_t count;
  uint64_t upto;    // what is on disk if all went well; the giver's business
  uint64_t took_us; // filled in
} syncer_job;

typedef struct syncer syncer;

MUST_USE result syncer_create(syncer **s);
void syncer_destroy(syncer *s); // waits for a job that runs; takes NULL
bool syncer_idle(const syncer *s);
// [keeper] Only when idle. The descriptors are duplicated: theirs may be closed meanwhile.
void syncer_give(syncer *s, const syncer_job *job);
int syncer_fd(const syncer *s); // readable when a job is done
// [keeper] True once per job, when it is done; then it is idle again.
bool syncer_take(syncer *s, syncer_job *job);
// [keeper] The same, but waits for the disk. False: there was no job.
bool syncer_take_now(syncer *s, syncer_job *job);

#endif
