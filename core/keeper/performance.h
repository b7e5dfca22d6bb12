// SPDX-License-Identifier: GPL-3.0-or-later
// One creation while it is made: its journal's beginning, its player, works, snapshots, and
// how it comes back when its player ends without a farewell. Live and by script alike.
// Keeper's main thread; calls come out of performance_turn alone.
#ifndef GESTO_KEEPER_PERFORMANCE_H
#define GESTO_KEEPER_PERFORMANCE_H

#include "core/base/result.h"
#include "core/keeper/contacts.h"
#include "core/keeper/exercise_list.h"
#include "core/keeper/player_proc.h"
#include "core/keeper/recorder.h"
#include "core/keeper/ring_file.h"
#include "core/keeper/spares.h"
#include "core/keeper/wake.h"
#include "core/keeper/works.h"
#include "core/record/archive.h"
#include "core/record/last_time.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct performance performance;

typedef enum performance_state {
  PERFORMANCE_LOADING = 1, // its first player has not said LOADED
  PERFORMANCE_LIVE,
  PERFORMANCE_COMING_BACK, // after a crash, until the next player has caught up
  PERFORMANCE_LEAVING,     // works and state are being made
  PERFORMANCE_LEFT,        // over; its works are in the session
  PERFORMANCE_ASIDE,       // its exercise ended too often, gave up or could not be loaded
} performance_state;

// Any of them may be NULL.
typedef struct performance_calls {
  void *data;
  // A player is there, with a new page and frame. `again`: brought back after a crash.
  void (*ready)(void *data, const char *declared_json, bool again);
  // The player ended. `comes_back`: the next is on its way; else the exercise is set aside.
  void (*gone)(void *data, bool comes_back, const char *sentence);
  void (*control)(void *data, uint32_t id, double value);
  // Words that the exercise wants spoken, a sound of the house that it wants; not in a replay.
  void (*said)(void *data, const char *words, bool now, uint64_t time_us);
  void (*cue)(void *data, uint32_t kind, double seconds);
  // What performance_spots says is new; not more than 20 times a second.
  void (*spots)(void *data);
  void (*works_made)(void *data); // a round of works is in the session
  void (*left)(void *data);       // LEFT was reached
} performance_calls;

typedef struct performance_setup {
  session *session;
  recorder *recorder;
  ring_file *ring;
  spares *spares;
  const exercise_entry *exercise; // borrowed like the rest
  player_mode mode;
  uint64_t seed;
  float width, height, scale, text_scale;
  uint32_t look_flags;
  const char *language; // of the screen; NULL: English. Lives as long as the performance
  bool with_frame;
  const last_time *from; // what is carried on, or NULL; only until it has begun
  performance_calls calls;
} performance_setup;

// Adds a creation to the session, begins its journal and orders a player. NO_SPACE and
// others: nothing was begun that would have to be undone.
MUST_USE result performance_begin(performance **p, const performance_setup *setup);
// Goes on with a creation that the recorder has taken up (recorder_resume). What of `setup`
// its journal's beginning says otherwise is taken from there.
MUST_USE result performance_resume(
  performance **p, const performance_setup *setup, uint32_t creation);
// Ends the player; the creation stays in the session as it is. Takes NULL.
void performance_destroy(performance *p);

void performance_wake(const performance *p, wake_set *w);
void performance_turn(performance *p);

performance_state performance_where(const performance *p);
uint32_t performance_creation(const performance *p);
const char *performance_exercise(const performance *p); // id
// The sentence for a person, when it was set aside; "" otherwise.
const char *performance_why(const performance *p);
// How its player ended last, in a program's words; "": it never did.
const char *performance_last_end(const performance *p);
const char *performance_version(const performance *p); // of the exercise
uint64_t performance_inputs(const performance *p);     // that are recorded
// It begins with a copy of what was made before.
bool performance_is_copy(const performance *p);
// The last round brought all that the exercise has, and all of it is in the session.
bool performance_works_are_whole(const performance *p);
// NULL while there is none. Borrowed until the next turn.
player_proc *performance_player(const performance *p);
const char *performance_declared(const performance *p); // JSON, "" before LOADED
// Its places to reach without a pointer (JSON of FROM_PLAYER_SPOTS), "" before any were told.
const char *performance_spots(const performance *p);
const made_works *performance_works(const performance *p);
uint64_t performance_time_us(const performance *p); // exercise time so far
// Slots up to here are taken in: by the player, or left out of what it took in when it came
// back. 0: there is no player.
uint64_t performance_done_seq(const performance *p);
bool performance_wants_sound(const performance *p);

// A new size of the area, in pixels. OK: player_proc_frame_fd has the new frame.
MUST_USE result performance_resize(performance *p, uint32_t w, uint32_t h, float scale);
// Whoever did it is gone: each contact ends where it was, as if the hand had been lifted.
void performance_end_contacts(performance *p);
// Makes the works now and goes on; answered by works_made.
void performance_keep_now(performance *p);
// Once all slots so far are taken in: works, state without history, farewell; then `left`.
void performance_leave(performance *p);

#endif
