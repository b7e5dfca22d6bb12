// SPDX-License-Identifier: GPL-3.0-or-later
// A program of ours that a keeper started, or that an earlier keeper started and this one
// takes over: its end is a descriptor to poll. Keeper's main thread.
#ifndef GESTO_KEEPER_CHILD_H
#define GESTO_KEEPER_CHILD_H

#include "core/base/result.h"
#include "core/keeper/program.h"

#include <stdbool.h>
#include <sys/types.h>

typedef struct child {
  pid_t pid; // 0: none
  int fd;    // readable once it has ended
} child;     // zeroed, or after child_forget: none

MUST_USE result child_start(child *c, const program_start *start);
// One that runs already. NOT_FOUND: it does not run any more.
MUST_USE result child_adopt(child *c, pid_t pid);
bool child_runs(const child *c); // false also for none
// Ends it at once, if it still runs, and forgets it.
void child_kill(child *c);
// Waits up to timeout_ms for its end, then kills it.
void child_end(child *c, int timeout_ms);
void child_forget(child *c);

#endif
