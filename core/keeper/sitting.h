// SPDX-License-Identifier: GPL-3.0-or-later
// One session in progress as its keeper holds it: the session's folder, the input ring, the
// recorder and the players in waiting. Shared by live sessions, scripts, and the rescue of
// what a crash left behind. Keeper's main thread.
#ifndef GESTO_KEEPER_SITTING_H
#define GESTO_KEEPER_SITTING_H

#include "core/base/result.h"
#include "core/keeper/exercise_list.h"
#include "core/keeper/recorder.h"
#include "core/keeper/ring_file.h"
#include "core/keeper/spares.h"
#include "core/keeper/wake.h"
#include "core/record/archive.h"

#include <stddef.h>
#include <stdint.h>

// Zeroed: none.
typedef struct sitting {
  archive *archive; // borrowed
  session *session;
  ring_file ring;
  recorder *recorder;
  spares spares;
  exercise_list *exercises; // borrowed; the caller's to set; or NULL
} sitting;

typedef struct sitting_calls {
  void *data;
  void (*trouble)(void *data, uint32_t saving, const char *sentence); // as recorder_setup
} sitting_calls;

// On failure nothing is left behind and `why` has a sentence.
MUST_USE result sitting_begin(sitting *s, archive *a, const char *client_id,
  const sitting_calls *calls, char *why, size_t room);
// Takes up a session in .live/ again, and its ring if that is still there: all that was in
// it is in the journals afterwards. Creations without a journal are left as they are.
MUST_USE result sitting_resume(sitting *s, archive *a, const char *live_name,
  const sitting_calls *calls, char *why, size_t room);
// Lets everything go; the session stays in .live/. `keep_ring`: for a keeper after us.
void sitting_finish(sitting *s, bool keep_ring);

void sitting_wake(sitting *s, wake_set *w);
void sitting_turn(sitting *s);

// Before a keeper begins: brings what lies in the rings of sessions that nobody holds any
// more into their journals. The archive must be locked. `except`: the name of a session that
// is about to be taken over, or "".
void sitting_rescue_all(archive *a, const char *except);

#endif
