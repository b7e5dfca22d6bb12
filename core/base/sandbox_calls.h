// SPDX-License-Identifier: GPL-3.0-or-later
// Which system calls a player may make. What cannot be undone is done by sandbox.h; this
// is its table.
#ifndef GESTO_BASE_SANDBOX_CALLS_H
#define GESTO_BASE_SANDBOX_CALLS_H

#include "core/base/result.h"

#include <stdbool.h>

// A sanitizer has a thread of its own and maps more memory than there is.
#ifdef GESTO_SANITIZED
enum { SANDBOX_LIMITS_DATA = 0, SANDBOX_NEEDS_ONE_THREAD = 0 };
#else
enum { SANDBOX_LIMITS_DATA = 1, SANDBOX_NEEDS_ONE_THREAD = 1 };
#endif

// All threads. `kill`: a call that is not on the list ends the process; else EPERM.
MUST_USE result sandbox_calls_lock(int link_fd, bool kill);
// All threads. No memory becomes executable, no further filter is taken.
MUST_USE result sandbox_calls_lock_code(void);

#endif
