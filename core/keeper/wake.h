// SPDX-License-Identifier: GPL-3.0-or-later
// One turn of the keeper's loop: what it sleeps on and how long at most. Every part adds its
// descriptors and times; after waking all parts look for themselves. Keeper's main thread.
#ifndef GESTO_KEEPER_WAKE_H
#define GESTO_KEEPER_WAKE_H

#include <poll.h>
#include <stdint.h>

enum { WAKE_FDS_MAX = 48 };

typedef struct wake_set {
  struct pollfd fds[WAKE_FDS_MAX];
  uint32_t count;
  uint64_t until_us; // CLOCK_MONOTONIC; UINT64_MAX: nothing but descriptors
} wake_set;

void wake_init(wake_set *w);
void wake_on(wake_set *w, int fd);           // readable or gone; takes -1
void wake_by(wake_set *w, uint64_t time_us); // no later than this
void wake_wait(wake_set *w);                 // sleeps; returns early on any signal

#endif
