// SPDX-License-Identifier: GPL-3.0-or-later
// The frame of a keeper that a warden started: what it inherited, the page it leaves to the
// next, the signals that ask it to end. Keeper's main thread.
#ifndef GESTO_KEEPER_KEEPER_LIFE_H
#define GESTO_KEEPER_KEEPER_LIFE_H

#include "core/base/memory_map.h"
#include "core/base/result.h"
#include "core/keeper/handover.h"
#include "core/keeper/wake.h"

#include <stdbool.h>

typedef struct keeper_life {
  warden_hold hold;
  memory_map page_map;
  handover *page; // in the map
  int signals;    // readable when the process was asked to end
} keeper_life;

MUST_USE result keeper_life_begin(keeper_life *k, const warden_hold *hold);
void keeper_life_wake(const keeper_life *k, wake_set *w);
bool keeper_life_asked_to_end(keeper_life *k); // by TERM, INT or HUP, since last asked
void keeper_life_end(keeper_life *k);

#endif
