// SPDX-License-Identifier: GPL-3.0-or-later
// Below the picture of the replay page: the strip of its time, and what plays it. Thread of
// the window.
#ifndef GESTO_DESK_REPLAY_FOOT_H
#define GESTO_DESK_REPLAY_FOOT_H

#include "core/desk/desk.h"

void replay_foot_build(desk *d, widget *parent);
void replay_foot_refresh(desk *d);

#endif
