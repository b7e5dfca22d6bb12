// SPDX-License-Identifier: GPL-3.0-or-later
// One player process as its keeper sees it: started as a spare, given an exercise, watched,
// asked for works and state, ended. Used live, by scripts, by replay and by recovery alike.
// Keeper's main thread.
#ifndef GESTO_KEEPER_PLAYER_PROC_H
#define GESTO_KEEPER_PLAYER_PROC_H

#include "core/base/link.h"
#include "core/base/protocol.h"
#include "core/base/result.h"
#include "core/base/ring.h"
#include "core/keeper/exercise_list.h"
#include "core/keeper/piece_memory.h"
#include "core/keeper/tape_memory.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

typedef struct player_proc player_proc;

typedef enum player_state {
  PLAYER_STARTING = 1, // forked, not READY yet
  PLAYER_SPARE,        // locked, warm, without an exercise
  PLAYER_LOADING,      // ordered, LOADED has not come
  PLAYER_CATCHING_UP,  // takes in its feed
  PLAYER_LIVE,
  PLAYER_ENDED,   // farewell said
  PLAYER_REFUSED, // the exercise could not be loaded; why() has the sentence
  PLAYER_CRASHED, // gone without a farewell, or hung and was killed
} player_state;

typedef enum player_mode { MODE_LIVE = 1, MODE_TIMED, MODE_REPLAY } player_mode;

#define PLAYER_STATE_MAX ((size_t)256 << 20) // three sheets as large as a screen of today

// A state that a player saved.
typedef struct saved_state {
  uint32_t request;
  uint64_t seq;      // the last slot that is in it: the player may have gone on meanwhile
  const void *bytes; // NULL: it could not be saved
  size_t size;
  int fd;              // sealed memory with those bytes
  const char *version; // of the exercise
} saved_state;

typedef struct player_order {
  const exercise_entry *exercise;
  uint32_t creation;
  uint64_t seed;
  float width, height, scale; // stage in units; pixels per unit
  uint32_t look_flags;
  float text_scale;
  const char *language; // of the screen, borrowed; NULL: English
  player_mode mode;
  int ring_fd;        // read-only; borrowed until the call returns
  ring *bell;         // the keeper's own map of the same ring, rung after each
                      // message; borrowed until destroy; NULL: nobody waits there
  uint64_t first_seq; // first live slot
  int feed_fd;        // or -1
  uint64_t feed_count;
  bool with_frame, with_wave;
  uint32_t frame_w, frame_h;  // pixels; 0: as many as the stage has
  const tape_memory *tapes;   // the creation's; NULL: a new one, if it wants sound
  const piece_memory *pieces; // the creation's; NULL: a new one, if it wants a canvas
  int state_fd;               // sealed memory with bytes for load(), borrowed; 0: none
  size_t state_size;
  const char *state_version;
  bool anew;      // the state is of another creation: what begins here is a copy
  int picture_fd; // sealed memory with a PNG of the client's, borrowed; 0: none
  size_t picture_size;
  bool held; // its feed is handed out bit by bit: that it stands still says nothing
} player_order;

typedef struct works_said {
  uint32_t request;
  bool good;
  uint64_t ended; // GESTO_WASHED_AWAY…, or anything: it is the player's word
} works_said;

// What comes out of a player; any of them may be NULL. Called inside player_proc_handle, so
// none of them may destroy the player.
typedef struct player_calls {
  void *data;
  void (*loaded)(void *data, const char *declared_json);
  void (*caught_up)(void *data, uint64_t blocks);
  void (*work)(
    void *data, const char *about_json, const void *bytes, size_t size, int fd);
  void (*works_done)(void *data, const works_said *said);
  void (*saved)(void *data, const saved_state *state);
  void (*glimpse)(void *data, const void *png, size_t size); // NULL: it could not be made
  void (*control)(void *data, uint32_t id, double value);
  void (*spots)(void *data, const char *json); // its places to reach without a pointer
  void (*said)(void *data, const char *words, bool now, uint64_t time_us);
  void (*cue)(void *data, uint32_t kind, double seconds);
  void (*gave_up)(void *data, const char *sentence);
  void (*asset)(void *data, const char *name);
  void (*pictured)(void *data); // the exercise looked at the client's picture
  void (*reports)(void *data, const page_report *reports, uint32_t count);
  void (*ended)(void *data, player_state how); // CRASHED, ENDED or REFUSED
} player_calls;

// `work` without bytes: one that could not be made, or is not as it should be.
// `work` without bytes: one that could not be made, or is not as it was said to be.
// `work` and `saved` lend bytes, fd and text for the call; the rest is text that lives as long.

// Starts a spare (posix_spawn of gesto-player beside this program). `voices`: with FluidSynth
// loaded before its lock.
MUST_USE result player_proc_start(player_proc **p, bool voices);
// Orders a spare (or one that is STARTING: the order waits) to run an exercise.
MUST_USE result player_proc_order(
  player_proc *p, const player_order *order, const player_calls *calls);
int player_proc_fd(const player_proc *p); // to poll for reading
pid_t player_proc_pid(const player_proc *p);
player_state player_proc_state(const player_proc *p);
const char *player_proc_why(const player_proc *p); // sentence; "" if none
// Takes what has come (messages, reports, death). Call when the fd is readable and at least
// each 50 ms while one is live: it also finds hangs (250 ms inside one call, 5 s for works,
// load, save; times patience.h).
void player_proc_handle(player_proc *p);
// Page, frame and wave of the ordered player: borrowed descriptors to hand on, -1 if none.
int player_proc_page_fd(const player_proc *p);
int player_proc_frame_fd(const player_proc *p);
int player_proc_wave_fd(const player_proc *p);
const player_page *player_proc_page(const player_proc *p); // what it says, never trusted
MUST_USE result player_proc_resize(player_proc *p, uint32_t w, uint32_t h, float scale);
MUST_USE result player_proc_ask_works(player_proc *p, uint32_t request);
// `oldest`: slot of the oldest state that may be gone back to; 0: none.
MUST_USE result player_proc_ask_state(
  player_proc *p, uint32_t request, bool with_history, uint64_t oldest);
// Without history, and without what lies on these papers (bit n - 1: paper n); they are empty
// from then on.
MUST_USE result player_proc_ask_state_without(
  player_proc *p, uint32_t request, uint32_t papers);
// What it shows now, as a PNG of that size in pixels; one at a time.
MUST_USE result player_proc_ask_glimpse(player_proc *p, uint32_t width, uint32_t height);
// Where it was when it ended: the slot to be left out of every replay (0: none known).
uint64_t player_proc_last_seq(const player_proc *p);
// True: somebody else ended it by SIGKILL (the system without memory, a person).
bool player_proc_was_killed(const player_proc *p);
// The exercise was given to it. False once it ended: it ended before that, while it waited, and
// the exercise had no part in it.
bool player_proc_began(const player_proc *p);
// It has taken in all that there is, is in no call and makes no sound: until the next slot it
// need not be looked at.
bool player_proc_rests(const player_proc *p);
uint32_t player_proc_patience(
  const player_proc *p); // what all its limits are taken times
// It takes too long over what cannot be timed here: it is ended, as if it hung.
void player_proc_give_up(player_proc *p, const char *why);
// Asks it to end; destroy() then waits up to 300 ms for the farewell and kills.
void player_proc_quit(player_proc *p);
void player_proc_destroy(player_proc *p); // takes NULL
// For blocking users (scripts, replay): handles messages until the state is one of those in
// `mask` (1 << state) or timeout_ms is over (NOT_NOW).
MUST_USE result player_proc_wait(player_proc *p, uint32_t mask, int timeout_ms);

#endif
