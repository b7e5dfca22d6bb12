// SPDX-License-Identifier: GPL-3.0-or-later
// Turns the ring's bell (a futex) into a descriptor that a sleeping keeper can poll. A thread
// of its own waits, and only while it is armed: while input flows nobody wakes it.
#ifndef GESTO_KEEPER_BELL_WATCH_H
#define GESTO_KEEPER_BELL_WATCH_H

#include "core/base/result.h"
#include "core/base/ring.h"

#include <stdint.h>

typedef struct bell_watch bell_watch;

// The ring is borrowed and must stay mapped until destroy.
MUST_USE result bell_watch_create(bell_watch **w, ring *input);
void bell_watch_destroy(bell_watch *w); // takes NULL
// [keeper] The descriptor becomes readable once slots after `seen_seq` are there; at once if
// they are there already. Arming an armed one changes nothing.
void bell_watch_arm(bell_watch *w, uint64_t seen_seq);
int bell_watch_fd(const bell_watch *w);
// [keeper] After waking: empties the descriptor.
void bell_watch_clear(bell_watch *w);

#endif
