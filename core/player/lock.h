// SPDX-License-Identifier: GPL-3.0-or-later
// Before anything foreign is loaded: the player takes its own rights away, and says plainly
// what could not be taken. Main thread, while it is the only one.
#ifndef GESTO_PLAYER_LOCK_H
#define GESTO_PLAYER_LOCK_H

#include "core/base/result.h"
#include "core/base/sandbox.h"

// `exercise`: a file beside the plugins folder that may be read too (--probe, --check), or
// NULL. `link`: the socket to the keeper, -1 if there is none; every descriptor above the
// standard three and it is closed.
MUST_USE result lock_player(const char *exercise, int link, sandbox_report *report);
// Dies with the keeper. False: it is gone already.
bool lock_to_parent(void);
// Draws one hidden picture with text, so that the next one is quick. After the lock: Pango
// starts threads.
void lock_warm_up(void);
// The folder of all assets beside the program, with its slash.
MUST_USE result lock_assets_folder(char *path, size_t room);

#endif
