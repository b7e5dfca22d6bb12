// SPDX-License-Identifier: GPL-3.0-or-later
// What the desk shows, as one JSON text in sealed memory: clients with their sessions and
// works, sessions in progress, exercises. Keeper's main thread.
#ifndef GESTO_KEEPER_DESK_LIST_H
#define GESTO_KEEPER_DESK_LIST_H

#include "core/base/result.h"
#include "core/keeper/house.h"

#include <stdint.h>

// `running`: the name of the live session that is on the stage just now, or "". The caller
// closes *fd; *size is the length of the text.
MUST_USE result desk_list_make(house *h, const char *running, int *fd, uint64_t *size);

#endif
