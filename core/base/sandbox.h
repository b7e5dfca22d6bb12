// SPDX-License-Identifier: GPL-3.0-or-later
// Takes rights away from the calling process: descriptors, limits, Landlock, seccomp.
// Each step only ever takes; none can be undone. Must be called while there is one thread.
#ifndef GESTO_BASE_SANDBOX_H
#define GESTO_BASE_SANDBOX_H

#include "core/base/result.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct sandbox_rules {
  const char *const
    *readable;          // folders and files, NULL ends; what is missing is passed over
  uint64_t data_bytes;  // RLIMIT_DATA
  uint32_t open_files;  // RLIMIT_NOFILE
  int landlock_at_most; // for tests: take this ABI for the kernel's; -1: the kernel's
  bool kill;            // a refused call ends the process (tests) instead of EPERM
  int link_fd;          // the one socket that sendmsg may use
} sandbox_rules;

typedef struct sandbox_report {
  int landlock_abi; // 0: this kernel has none; what holds then holds by seccomp
  bool seccomp;
} sandbox_report;

// Closes every descriptor from `first` on.
void sandbox_close_from(int first);
// How many threads this process has; 0: cannot tell.
uint32_t sandbox_thread_count(void);
// Up to the first seccomp filter, in this order: rlimits, no_new_privs, Landlock,
// seccomp allowlist. NOT_NOW if there is more than one thread. FAILED if seccomp is
// refused: then nothing foreign may be loaded.
MUST_USE result sandbox_lock_player(const sandbox_rules *rules, sandbox_report *report);
// After dlopen: no memory becomes executable any more.
MUST_USE result sandbox_lock_code(void);
// The kernel's Landlock ABI, 0: none. Changes nothing.
int sandbox_landlock_abi(void);
// What tests ask for in GESTO_LANDLOCK_MAX, for landlock_at_most; -1: nothing.
int sandbox_landlock_mask(void);

#endif
