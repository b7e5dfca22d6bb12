// SPDX-License-Identifier: GPL-3.0-or-later
// What the hand holds, and how steady it is.
#ifndef DRAW_HAND_H
#define DRAW_HAND_H

#include "settings.h"

#include "gesto.h"

#include <stdbool.h>

// Everything that the hand holds as the settings say it. The canvas has all of its ABI.
void hand_take_up(const gesto_host *host, const gesto_canvas *c, const settings *now);
// A touch fills a shape instead of drawing.
bool hand_fills(const settings *now);
// The hand is known to shake from now on, or not to any more: asks for the smoothing that
// suits it, unless one was set for this client.
void hand_steady(const gesto_host *host, const settings *now, bool shakes);

#endif
