// SPDX-License-Identifier: GPL-3.0-or-later
// Rounding of gesto_events, once for every driver: live, journal and script hold the same
// values. Any thread.
#ifndef GESTO_BASE_EVENT_H
#define GESTO_BASE_EVENT_H

#include "core/api/gesto.h"

// What the driver does before it writes the ring: places to 1/16 unit and into
// -32768..32767 (those of a view, too), zoom to 1/4096 in 1..8, pressure to 1/4096 in 0..1, tilt to 1/128 in -1..1, not-a-number to 0,
// unused bytes to zero.
void gesto_event_round(gesto_event *event);

#endif
