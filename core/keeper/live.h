// SPDX-License-Identifier: GPL-3.0-or-later
// A live session: the client's window, the sound program, the exercise that runs, and what
// the client decides. `gesto session`, and the desk when it begins one. Keeper's main thread.
#ifndef GESTO_KEEPER_LIVE_H
#define GESTO_KEEPER_LIVE_H

#include "core/base/result.h"
#include "core/keeper/client_room.h"
#include "core/keeper/handover.h"
#include "core/keeper/house.h"
#include "core/keeper/wake.h"

#include <stdbool.h>

typedef struct live live;

typedef struct live_setup {
  house *house; // borrowed like all here
  const warden_hold *hold;
  handover *page;
  const char *client;   // alias or id, or NULL for a guest
  const char *exercise; // to begin with at once, or NULL
  const char *resume;   // name of a session in .live/ to go on with, or NULL
  room_wish wish;       // how long and in which language, for this session alone
} live_setup;

// Starts the window; the session begins with its first word. If the page tells of a session
// that another keeper of this warden held, that is taken over instead.
MUST_USE result live_create(live **l, const live_setup *setup);
// What is not closed stays in .live/ with all that was made. Takes NULL.
void live_destroy(live *l);
void live_wake(live *l, wake_set *w);
void live_turn(live *l);
// Ends it as if the window had been closed: what was not answered is private.
void live_end(live *l);
// What the client said, for the desk, once Finish was pressed (told_json of record/told.h);
// "" before. *count: how often it changed. Borrowed until the next turn.
const char *live_told(const live *l, uint32_t *count);
bool live_over(const live *l);
// After it is over: 0: closed, `live_path` is the folder; 1: not, with a sentence on stderr.
int live_exit_code(const live *l);
const char *live_path(const live *l);

// argv[0] is "session". Becomes the warden, or is the keeper that a warden started.
int session_command(int argc, char **argv, const char *archive_path);

#endif
