// SPDX-License-Identifier: GPL-3.0-or-later
// A sound file played block by block as the wave page asks, then silence: how the desk plays a
// recording without decoding it. One thread of its own.
#ifndef GESTO_PLAYER_LISTEN_H
#define GESTO_PLAYER_LISTEN_H

#include "core/base/link.h"

typedef struct listener listener;

// [main] From TO_PLAYER_LISTEN. BAD_DATA: not a sound file that we read.
MUST_USE result listener_create(listener **l, link_message *m);
void listener_destroy(listener *l); // takes NULL

#endif
