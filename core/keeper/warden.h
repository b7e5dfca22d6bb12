// SPDX-License-Identifier: GPL-3.0-or-later
// The warden: the process that a person starts. It touches no file, has no thread and knows
// nothing but how to start its keeper again, with the same links to stage and desk.
#ifndef GESTO_KEEPER_WARDEN_H
#define GESTO_KEEPER_WARDEN_H

#include "core/keeper/handover.h"

#include <stdbool.h>

// True in a keeper: `hold` has what its warden holds. False: this process is the warden.
bool warden_inherited(warden_hold *hold);
// Runs `gesto argv...` as keeper, again after each violent end; returns its exit status. 1,
// with a sentence, after five violent ends within 10 s.
int warden_run(int argc, char **argv, const char *archive_path);

#endif
