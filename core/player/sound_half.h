// SPDX-License-Identifier: GPL-3.0-or-later
// The sound half of one exercise, block by block. The same code runs a block on the sound
// thread (live) and on the main thread (scripts, replay, catching up); whoever runs one holds
// the turn. What a block took and emitted comes out as a record, so that the main thread sees
// a block either whole or not at all.
#ifndef GESTO_PLAYER_SOUND_HALF_H
#define GESTO_PLAYER_SOUND_HALF_H

#include "core/base/protocol.h"
#include "core/base/result.h"
#include "core/player/exercise.h"
#include "core/player/tapes.h"
#include "core/player/voices.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

enum {
  SOUND_QUEUE = 16384,    // events on their way to the sound half, and on their way back
  SOUND_TAKEN_MAX = 1024, // events in one block
  SOUND_EMITTED_MAX = 64, // events that one block may emit
  SOUND_RECORDS = 4096,
};

typedef struct sound_record {
  uint64_t block;
  uint32_t took, emitted;
} sound_record;

typedef struct sound_half {
  const gesto_sound *face; // NULL: none
  void *half;              // NULL: silent
  tapes *tapes;
  voices *voices;    // or NULL
  player_page *page; // or NULL
  pthread_mutex_t turn;
  // Only with the turn.
  uint32_t emitted;    // in the block that runs
  uint64_t no_numbers; // samples that were made silent, since they were none
  gesto_event taken[SOUND_TAKEN_MAX];
  float out[2][WAVE_FRAMES];
  // Queues of one writer and one reader each; the counters only ever grow.
  gesto_event *to_sound, *from_sound;
  sound_record *records;
  _Atomic uint64_t to_written, to_read, from_written, from_read, rec_written, rec_read;
  _Atomic uint64_t blocks; // run so far
} sound_half;

MUST_USE result sound_half_init(sound_half *s, tapes *t, voices *v, player_page *page);
void sound_half_finish(sound_half *s); // takes a zeroed one
// [stage] Opens the sound half of `of` as from `block` on; silent if it has none.
void sound_half_open(
  sound_half *s, const exercise *of, const void *self, uint64_t seed, uint64_t block);
void sound_half_close(sound_half *s);
// [stage] False: the queue is full, or there is no sound half.
bool sound_half_push(sound_half *s, const gesto_event *event);
uint64_t sound_half_waiting(const sound_half *s);
// [stage] Copies the newest `count` events that were pushed, oldest first.
void sound_half_peek(const sound_half *s, uint64_t count, gesto_event *events);
// [with the turn] Runs one block that takes `take` events at most; false: silent, or there is
// no room for what it may emit, and nothing was run. The block's samples are in `out`.
bool sound_half_run_rt(sound_half *s, uint32_t take);
// [stage] What the next block did that has not been looked at; false: none.
bool sound_half_next(sound_half *s, sound_record *record);
// [stage] Takes one event that was emitted.
bool sound_half_take(sound_half *s, gesto_event *event);

#endif
