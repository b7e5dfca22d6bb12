// SPDX-License-Identifier: GPL-3.0-or-later
// Sound that lasts: what the sound half writes frame by frame and works hand over. A tape's
// number is never used twice in a creation. The table is the main thread's; the sound thread
// looks into it while it holds the sound half's turn, and the main thread holds that turn
// whenever it changes the table.
#ifndef GESTO_PLAYER_TAPES_H
#define GESTO_PLAYER_TAPES_H

#include "core/api/gesto.h"
#include "core/base/result.h"
#include "core/player/blob.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

enum { TAPES_MAX = 256, TAPE_BLOCK = 64 };
#define TAPE_FRAMES_MAX ((uint64_t)48000 * 60 * 30)
#define TAPES_BYTES_MAX ((uint64_t)512 << 20)

// The samples, shared with whoever turns them into a file.
typedef struct tape_sound {
  _Atomic uint32_t holders;
  uint64_t frames;          // room
  _Atomic uint64_t written; // highest frame written + 1
  float samples[];          // 2 channels, interleaved
} tape_sound;

typedef struct tape {
  uint32_t number; // 0: free
  bool closed;
  uint64_t
    settled; // frames that were written when the sound half's way was last reported
  tape_sound *sound;
} tape;

typedef struct tapes {
  tape all[TAPES_MAX]; // tape n in place n % TAPES_MAX
  uint32_t newest;     // number given last
  uint64_t held_bytes;
} tapes;

// [stage] 0: no room. The same calls get the same answers everywhere, so the limits are ours
// and not the machine's.
uint32_t tapes_open(tapes *t, uint64_t frames);
void tapes_close(tapes *t, uint32_t number);
void tapes_drop(tapes *t, uint32_t number);
// [stage] Remembers how far each tape has come.
void tapes_settle(tapes *t);
// [stage] The samples of a tape with one more holder, and how many frames count. NULL: none.
tape_sound *tapes_hold(tapes *t, uint32_t number, uint64_t *frames);
void tape_sound_let_go(tape_sound *s); // [any]; takes NULL
// [audio] One block at frame `at`. False: outside the tape, or it is closed (for writing).
bool tapes_write_rt(tapes *t, uint32_t number, uint64_t at, const float *const in[2]);
bool tapes_read_rt(tapes *t, uint32_t number, uint64_t at, float *const out[2]);

void tapes_save(const tapes *t, blob *to);
// Into an empty table. BAD_DATA: the caller finishes it.
MUST_USE result tapes_load(tapes *t, cursor *from);
void tapes_finish(tapes *t);

#endif
