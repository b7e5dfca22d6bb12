// SPDX-License-Identifier: GPL-3.0-or-later
// One exercise at work: a function of the slots it is given. Live use, catching up, scripts,
// replays and checks all deliver through machine_deliver, so that the same slots give the
// same state. It knows no link, no file for writing and no clock. Main thread.
#ifndef GESTO_PLAYER_MACHINE_H
#define GESTO_PLAYER_MACHINE_H

#include "core/base/protocol.h"
#include "core/base/ring.h"
#include "core/player/assets.h"
#include "core/player/blob.h"
#include "core/player/chance.h"
#include "core/player/controls.h"
#include "core/player/exercise.h"
#include "core/player/hearing.h"
#include "core/player/saved_sound.h"
#include "core/player/sound_half.h"
#include "core/player/stale.h"
#include "core/player/tapes.h"
#include "core/player/touching.h"
#include "core/player/voices.h"
#include "core/studio/canvas.h"

typedef enum machine_mode {
  MACHINE_LIVE = 1,
  MACHINE_TIMED,
  MACHINE_REPLAY
} machine_mode;

typedef struct paper paper;

// An exercise's time ends after some three years: what is added to it still fits.
#define MACHINE_TIME_MAX_US UINT64_C(100000000000000)

// Where works() hands things over. The samples and pixels are the taker's from then on.
typedef struct works_taker {
  void *data;
  gesto_result (*picture)(void *data, const char *title, const char *about, uint8_t *rgba,
    uint32_t width, uint32_t height);
  // Paper `n` of a canvas, from 1: its picture, and its sheets kept apart. The taker's from
  // then on.
  gesto_result (*paper)(
    void *data, uint32_t n, const char *title, const char *about, canvas *shared);
  gesto_result (*sheets)(void *data, uint32_t n, const char *title, canvas *shared);
  void (*front)(void *data, uint32_t n); // said before these: the one that lies in front
  gesto_result (*sound)(void *data, const char *title, tape_sound **tapes,
    const uint64_t *frames, uint32_t count);
  gesto_result (*facts)(void *data, const char *name, const char *json);
  void (*ended)(void *data, uint32_t how); // GESTO_WASHED_AWAY…
} works_taker;

struct machine;

// What the machine says to its surroundings; any of them may be NULL.
typedef struct machine_calls {
  void *data;
  void (*report)(void *data, const page_report *report); // before it takes effect
  void (*control)(void *data, uint32_t id, double value);
  void (*log)(void *data, int32_t level, const char *text); // [any]
  void (*asset)(void *data, const char *name); // it was read for the first time
  void (*pictured)(void *data);                // the client's own picture was looked at
  // Words to be spoken, and a CHIME_… of the house; while it is live.
  void (*say)(void *data, const char *text, bool now, uint64_t time_us);
  void (*cue)(void *data, uint32_t chime, double seconds);
  // create() and load() are over, and no event has come yet. For checks.
  void (*created)(void *data, struct machine *m);
  // A block that the main thread ran.
  void (*block)(void *data, const float *left, const float *right);
} machine_calls;

typedef struct machine_setup {
  const exercise *of; // outlives the machine
  uint32_t creation;
  uint64_t seed;
  float width, height, scale;
  uint32_t look_flags;
  float text_scale;
  const settings *set; // outlives the machine
  const char *assets;  // folder of all assets, with its slash
  const void *picture; // PNG that was put for this client, or NULL; outlives the machine
  size_t picture_size;
  machine_mode mode;
  voices *voices;            // or NULL; outlives the machine
  tape_room *room;           // or NULL: no tapes; outlives the machine
  const piece_store *pieces; // or NULL: old steps are forgotten; outlives the machine
  player_page *page;         // or NULL
  bool anew;                 // the state is of another creation: a copy of it begins here
  size_t read_step; // for checks: load() gets at most so many bytes at a time; 0: all
  machine_calls calls;
} machine_setup;

typedef struct machine {
  machine_setup setup;
  gesto_host host;
  void *self; // NULL: not begun, or destroyed

  uint64_t now_us, tick; // exercise time; number of the tick run last
  // Of a copy: the time that had passed in what it is a copy of. Slots count from 0, and for
  // the exercise time goes on.
  uint64_t before_us;
  bool ticking, paused;
  uint64_t seq;    // slot delivered last
  uint64_t at_seq; // slot being delivered, from the ticks before it on
  float width, height, scale, text_scale;
  uint32_t look_flags;
  chance chance;
  controls controls;
  touching touching;
  stale stale;
  assets assets;
  sound_half sound;
  tapes tapes;
  paper *paper; // or NULL
  hearing hearing;
  const works_taker *taker; // while works() runs
  saved_sounds *sounds;     // while save() runs

  bool begins_copy; // the state that it begins with is of another creation
  bool live;        // reports and wishes for controls are told, not only followed
  bool reading;     // inside a call that changes nothing
  bool lost_past;   // what is to be undone cannot be had: from here on all would differ
  uint32_t handed;  // events for the sound half in this call
  uint32_t said;    // words and cues in this call
  uint32_t steps_told;            // reports of steps of the canvas, so far
  uint32_t said_well, said_badly; // so far: what could be spoken, and what not
  char *gave_up;                  // the sentence, once it gave up
  gesto_result gave_up_why;
} machine;

// Makes the machine and calls create(), with load() from `state` (what state_save wrote; NULL:
// none) or the first events, then opens the sound half. On anything but OK `why` has a
// sentence and the caller still destroys *m. BAD_DATA: the state cannot be used.
MUST_USE result machine_create(machine **m, const machine_setup *setup, const void *state,
  size_t state_size, const char *version, char *why, size_t room);
void machine_destroy(machine *m); // takes NULL

// Delivers one slot: first what the sound half said, then the ticks up to its time, then the
// event, then what the exercise asked of its controls. Slots of other creations are passed
// over.
void machine_deliver(machine *m, const ring_slot *slot);
// Reports how far the sound half has come: at the end, and before works are handed over.
void machine_settle(machine *m);
// Saves, destroys, creates and loads, as recovery from a snapshot does. False: it cannot.
bool machine_round_trip(machine *m);
bool machine_wants_ticks(const machine *m);
// Calls works(); what it hands over goes to `taker`. GESTO_OK if the exercise has none.
gesto_result machine_works(machine *m, const works_taker *taker);

// For the modules of the machine: one event, and what the exercise asked of its controls.
void machine_event(machine *m, const gesto_event *event);

// Marks in the page that the exercise is being called, so that a hang is seen. May be nested.
uint64_t machine_enter(machine *m, uint32_t busy_kind);
void machine_leave(machine *m, uint64_t entered);
// The host itself takes its time inside a call of the exercise's: from now on it counts as
// `busy_kind`, anew. Returns what it counted as, to go back to.
uint32_t machine_busy_as(machine *m, uint32_t busy_kind);

// Fills the functions that an exercise may call (host.c). Once, at creation.
void host_fill(machine *m);

#endif
