// SPDX-License-Identifier: GPL-3.0-or-later
// The input ring: one writer (the driver: stage, or keeper in a script or a replay), any
// number of readers. It lies in a preallocated file or a memfd and outlives every process
// that maps it. Single producer; readers keep their own place and copy a slot before they
// trust it.
#ifndef GESTO_BASE_RING_H
#define GESTO_BASE_RING_H

#include "core/api/gesto.h"
#include "core/base/memory_map.h"
#include "core/base/result.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

enum {            // ring_slot.kind
  SLOT_EVENT = 1, // `event` goes to the exercise
  SLOT_ADVANCE,   // no event: time has come as far as event.time
  // The rest stand only in a feed that a keeper made from a journal (replay).
  // A block's number counts from 0.
  SLOT_TOOK, // sound: run the blocks before `block`, then it with `count` events
  SLOT_HEARD, // sound: run blocks up to and with `block`; deliver `count` that were emitted
  SLOT_BLOCKS,     // sound: run blocks until `block` of them have been run
  SLOT_ROUND_TRIP, // the exercise was brought back from a snapshot here: save, destroy,
                   // create, load
};

typedef struct ring_slot {
  uint64_t seq; // 1, 2, 3... within a session; 0 in feed slots that are no input
  uint32_t kind;
  uint32_t creation; // number of the creation in the session, from 1
  union {
    gesto_event event;
    struct {
      uint64_t block;
      uint32_t count;
    } sound;
    uint8_t bytes[64];
  } as;
} ring_slot;
static_assert(sizeof(ring_slot) == 80, "ring_slot is shared between programs");

// One cache line for each writer.
typedef struct ring_head {
  char magic[8]; // "GESTOR1\n"
  uint32_t slot_size, slot_count;
  uint8_t session[16];                   // random id of the session; zero in a feed
  _Alignas(64) _Atomic uint64_t written; // by the producer: seq of the newest slot
  _Atomic uint32_t bell;                 // by the producer and the keeper: +1, then wake,
                                         // after slots, after a message to the player,
                                         // after the stage took a picture
  _Alignas(64) _Atomic uint64_t released; // by the keeper: slots up to here may be reused
  _Atomic uint64_t durable;               // by the keeper: seq up to which is on disk
  _Atomic uint32_t saving;                // by the keeper: RING_SAVED...
  _Atomic uint64_t keeper_beat_us; // by the keeper: CLOCK_MONOTONIC of its last turn
} ring_head;

enum { RING_SAVED = 0, RING_SAVE_FAILED = 1, RING_DISK_FULL = 2 };

typedef struct ring {
  memory_map map;
  ring_head *head;
  ring_slot *slots;
  uint32_t slot_count; // read once from the head and checked against the map's size
} ring;

#define RING_FILE_BYTES ((size_t)16 << 20)

// Makes an empty ring in `fd`, which must be `bytes` long already.
MUST_USE result ring_init(ring *r, int fd, size_t bytes, const uint8_t session[16]);
// [keeper] Makes the first slot of an empty ring, which nobody writes yet, that after `seq`.
void ring_start_after(ring *r, uint64_t seq);
// Takes up an existing one. BAD_DATA if it is none. `writable` false: readers.
MUST_USE result ring_open(ring *r, int fd, bool writable);
void ring_finish(ring *r); // unmaps; takes a zeroed ring

// [producer] Gives the slot the next seq and writes it. NO_SPACE: full, nothing written.
// Does not ring. Cost about 0.2 us, no system call.
MUST_USE result ring_put(ring *r, ring_slot *slot);
// [producer] For a feed: the slot goes to the next place and keeps its own seq. Readers ask
// ring_get for places (1, 2, 3...), which in a live ring are the same as seq.
MUST_USE result ring_put_feed(ring *r, const ring_slot *slot);
// [producer, keeper] Wakes whoever waits at the bell.
void ring_ring(ring *r);
// [reader] Copies slot `seq`. ENDED: not written yet. BAD_DATA: overwritten meanwhile.
MUST_USE result ring_get(const ring *r, uint64_t seq, ring_slot *slot);
uint64_t ring_written(const ring *r);

#endif
