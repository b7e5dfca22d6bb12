// SPDX-License-Identifier: GPL-3.0-or-later
// An interrupted session brought to its end: each creation whose journal is there is made
// again by a player, its finished works and state are taken, and then all of it is closed as
// private. Bit by bit, so that the desk stays awake. Keeper's main thread.
#ifndef GESTO_KEEPER_FINISHING_H
#define GESTO_KEEPER_FINISHING_H

#include "core/base/result.h"
#include "core/keeper/house.h"
#include "core/keeper/wake.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct finishing finishing;

MUST_USE result finishing_begin(
  finishing **f, house *h, const char *live_name, char *why, size_t room);
void finishing_destroy(finishing *f); // takes NULL
void finishing_wake(finishing *f, wake_set *w);
// True once it is over.
bool finishing_turn(finishing *f);
// After it is over. OK: `text` is the closed folder; else a sentence.
result finishing_outcome(const finishing *f, const char **text);

#endif
