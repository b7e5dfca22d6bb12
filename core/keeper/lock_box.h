// SPDX-License-Identifier: GPL-3.0-or-later
// The archive's lock between two keepers of one warden. It belongs to the open file, not to a
// process, and the file stays open as long as its descriptor lies in a message that nobody takes
// out: between two ends which the warden holds without ever looking at them. So nobody else can
// have the archive while a lost keeper is replaced. Keeper's main thread.
#ifndef GESTO_KEEPER_LOCK_BOX_H
#define GESTO_KEEPER_LOCK_BOX_H

#include "core/base/result.h"

// Ends of a link_pair.
typedef struct lock_box {
  int in, out;
} lock_box;

// Lays a copy of the descriptor in; once.
MUST_USE result lock_box_put(const lock_box *box, int fd);
// A descriptor of what lies there, the caller's, close-on-exec; it stays there, too. -1: it is
// empty.
int lock_box_look(const lock_box *box);

#endif
