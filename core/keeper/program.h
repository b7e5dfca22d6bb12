// SPDX-License-Identifier: GPL-3.0-or-later
// Our programs find each other in one folder and are started from here, each with its link
// at descriptor 3. Keeper and warden; any thread.
#ifndef GESTO_KEEPER_PROGRAM_H
#define GESTO_KEEPER_PROGRAM_H

#include "core/base/result.h"

#include <stddef.h>
#include <sys/types.h>

enum { PROGRAM_SILENT = -2 };

typedef struct program_start {
  const char *name;         // "gesto-player"
  const char *const *args;  // after the name; NULL ends; NULL: none
  const char *const *extra; // more "KEY=value" for the environment; NULL ends; NULL: none
  const char *const *keep; // names of variables to take over if set; NULL ends; NULL: all
  int link;                // becomes descriptor 3; -1: none. Stays the caller's
  int out;                 // becomes standard output; -1: /dev/null. Stays the caller's
  int err;                 // becomes standard error; -1: ours; PROGRAM_SILENT: /dev/null
} program_start;

// Starts a program of ours in a process group of its own (so that ctrl+c reaches `gesto`
// alone), with no signal blocked or ignored but SIGPIPE and SIGXFSZ, standard input
// /dev/null. NOT_FOUND: it does not lie beside us. The caller waits for *pid.
MUST_USE result program_spawn(const program_start *start, pid_t *pid);

// What a player's environment takes over from ours, if it is set: tests and sanitizers.
extern const char *const PLAYER_VARIABLES[];

// SIGKILL to one process. What is none (-1 of a player that is gone, 0) is passed over: to the
// system those numbers mean everybody.
void program_kill(pid_t pid);

// Waits up to timeout_ms for the end of a child; kills it if it is not over by then.
// Returns the status of waitpid, -1 if it was no child of ours.
int program_wait(pid_t pid, int timeout_ms);

#endif
