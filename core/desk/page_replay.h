// SPDX-License-Identifier: GPL-3.0-or-later
// The desk's replay page: a creation made again from its record, with its time as a strip to
// go to and fro in, what the client said that day, and what happens at the moment that shows.
// Thread of the window.
#ifndef GESTO_DESK_PAGE_REPLAY_H
#define GESTO_DESK_PAGE_REPLAY_H

#include "core/desk/desk.h"

// A new tree; its widget "replay-area" is where the player's picture goes.
widget *page_replay_build(desk *d);
// Time, speed or the keeper's sentence changed.
void page_replay_refresh(desk *d);

#endif
