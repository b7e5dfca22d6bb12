// SPDX-License-Identifier: GPL-3.0-or-later
// Landlock, ABI 1 to 7, with constants of our own: the headers of Debian 12 end at ABI 2.
#ifndef GESTO_BASE_LANDLOCK_H
#define GESTO_BASE_LANDLOCK_H

#include "core/base/result.h"

// Any thread. The kernel's ABI; 0: it has none, or it is switched off.
int landlock_abi(void);

// From now on the calling thread, and those that it starts, may read files and folders at
// or below `readable` (ends with NULL; what is missing is passed over) and do nothing else
// with files, TCP ports, abstract sockets or signals to others, as far as ABI `abi` knows
// of them (1 or more, not above the kernel's). Needs no_new_privs. Cannot be undone.
MUST_USE result landlock_read_only(const char *const *readable, int abi);

#endif
