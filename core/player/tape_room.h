// SPDX-License-Identifier: GPL-3.0-or-later
// The memory that tapes lie in, chunk by chunk: the keeper's, which outlives this process, or
// memory of our own where no keeper is. What is written over can be undone back to a sound
// block. The audio functions belong to whoever holds the sound half's turn.
#ifndef GESTO_PLAYER_TAPE_ROOM_H
#define GESTO_PLAYER_TAPE_ROOM_H

#include "core/base/result.h"

#include <stdint.h>

typedef struct tape_room tape_room;

// [stage] What the keeper sent along; `fd` stays the caller's. BAD_DATA: no tape room.
MUST_USE result tape_room_open(tape_room **r, int fd);
// [stage] One of our own, for checks: it asks for memory while it is written.
MUST_USE result tape_room_create(tape_room **r);
void tape_room_destroy(tape_room *r); // takes NULL

uint32_t tape_room_id(const tape_room *r);
uint32_t tape_room_given(const tape_room *r); // chunks so far, numbered from 1
// [audio] The next chunk, all zero. 0: none is left.
uint32_t tape_room_give_rt(tape_room *r);
// [any] TAPE_CHUNK_FRAMES frames of 2 channels; `chunk` is one that was given.
float *tape_room_chunk(const tape_room *r, uint32_t chunk);
// [audio] Before sound block `block` writes over `frames` (TAPE_UNDO_FRAMES at most) of it.
void tape_room_put_down_rt(
  tape_room *r, uint64_t block, uint32_t chunk, uint32_t at, uint32_t frames);
// [stage] Makes it what it was when `chunks` had been given and `block` blocks had been run;
// 0, 0: empty. BAD_DATA: that is too long ago.
MUST_USE result tape_room_go_back(tape_room *r, uint32_t chunks, uint64_t block);
// [stage] What stands in the chunk from frame `from` on is silence again, and costs nothing.
void tape_room_clear(tape_room *r, uint32_t chunk, uint32_t from);

#endif
