// SPDX-License-Identifier: GPL-3.0-or-later
// Sound that lasts: what the sound half writes frame by frame and works hand over. A tape's
// number is never used twice in a creation. The table is the main thread's; the sound thread
// looks into it while it holds the sound half's turn, and the main thread holds that turn
// whenever it changes the table. The samples lie in a tape room, which outlives the table.
#ifndef GESTO_PLAYER_TAPES_H
#define GESTO_PLAYER_TAPES_H

#include "core/api/gesto.h"
#include "core/base/result.h"
#include "core/player/blob.h"
#include "core/player/tape_room.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

enum { TAPES_MAX = 256, TAPE_BLOCK = 64 };
#define TAPE_FRAMES_MAX ((uint64_t)48000 * 60 * 30)

// Where the samples are, shared with whoever turns them into a file.
typedef struct tape_sound {
  _Atomic uint32_t holders;
  const tape_room *room;
  uint64_t frames;           // room
  _Atomic uint64_t written;  // highest frame written + 1
  uint32_t chunk_count;      // for all of its frames
  _Atomic uint16_t chunks[]; // of the room; 0: nothing written there, silence
} tape_sound;

typedef struct tape {
  uint32_t number; // 0: free
  bool closed;
  uint64_t
    settled; // frames that were written when the sound half's way was last reported
  tape_sound *sound;
} tape;

// Nobody needs it, but a state from before that may have to be gone back to.
typedef struct dropped_tape {
  uint64_t seq; // slots from here on do without it
  tape_sound *sound;
} dropped_tape;

typedef struct tapes {
  tape_room *room;     // NULL: none, and no tape either; outlives the table
  tape all[TAPES_MAX]; // tape n in place n % TAPES_MAX
  uint32_t newest;     // number given last
  uint32_t settled;    // chunks of the room that were given out then
  dropped_tape *dropped;
  uint32_t dropped_count;
} tapes;

// [stage] 0: no room. The same calls get the same answers everywhere, so the limits are ours
// and not the machine's.
uint32_t tapes_open(tapes *t, uint64_t frames);
void tapes_close(tapes *t, uint32_t number);
// [stage] `seq`: slots from here on do without it.
void tapes_drop(tapes *t, uint32_t number, uint64_t seq);
// [stage] Lets go of what no state of slot `oldest` or later names.
void tapes_forget_dropped(tapes *t, uint64_t oldest);
// [stage] Remembers how far each tape has come.
void tapes_settle(tapes *t);
// [stage] The samples of a tape with one more holder, and how many frames count. NULL: none.
tape_sound *tapes_hold(tapes *t, uint32_t number, uint64_t *frames);
void tape_sound_let_go(tape_sound *s); // [any]; takes NULL
// [any] Adds `count` frames from frame `at` on to `sum` (2 channels, interleaved).
void tape_sound_add(const tape_sound *s, uint64_t at, uint64_t count, float *sum);
// [audio] One block at frame `at`, written by sound block `block`. False: outside the tape, or
// it is closed (for writing), or there is no room left.
bool tapes_write_rt(
  tapes *t, uint32_t number, uint64_t at, uint64_t block, const float *const in[2]);
bool tapes_read_rt(tapes *t, uint32_t number, uint64_t at, float *const out[2]);

// Names and chunks of the tapes as they were settled; none of them without history.
void tapes_save(const tapes *t, bool with_history, blob *to);
// Into an empty table; the room goes back to what it was then, before sound block `block`.
// BAD_DATA: the caller finishes it.
MUST_USE result tapes_load(tapes *t, uint64_t block, cursor *from);
// [stage] Puts a tape of that number, with room for `room` frames, into the table: what is in
// `samples` (2 channels, interleaved), and closed. While no sound half is open.
MUST_USE result tapes_fill(
  tapes *t, uint32_t number, uint64_t room, const float *samples, uint64_t frames);
void tapes_finish(tapes *t); // the room stays

#endif
