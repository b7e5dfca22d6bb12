// SPDX-License-Identifier: GPL-3.0-or-later
// Drains the input ring into the journals of the creations that its slots belong to, and has
// them brought to the disk: drained at least each 25 ms while input flows, asleep otherwise.
//
// The ring keeps every slot until it is on disk, so neither a kill nor a failed write loses
// one. A file that could not be written or synced is left as it is, and a new one takes over
// what was not on disk (ring_head.saving says so meanwhile). Keeper's main thread.
#ifndef GESTO_KEEPER_RECORDER_H
#define GESTO_KEEPER_RECORDER_H

#include "core/base/protocol.h"
#include "core/base/result.h"
#include "core/base/ring.h"
#include "core/keeper/contacts.h"
#include "core/keeper/wake.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct recorder recorder;

typedef struct recorder_setup {
  ring *input;            // borrowed, mapped for writing
  const uint8_t *session; // 16 bytes
  const uint8_t *writer;  // 8 bytes: the room
  void *data;
  // Saving has got into trouble, or out of it (RING_SAVED, ""). May be NULL.
  void (*trouble)(void *data, uint32_t saving, const char *sentence);
} recorder_setup;

MUST_USE result recorder_create(recorder **r, const recorder_setup *setup);
// Ends the threads. Drains nothing more; takes NULL.
void recorder_destroy(recorder *r);

// A new creation: its journal with the BEGIN frame. `dir` is borrowed for the recorder's life.
MUST_USE result recorder_begin(
  recorder *r, uint32_t creation, int dir, const char *begin_json);
// A creation that a keeper before this one began. Slots that its journal has already are not
// written again. NOT_FOUND: it has no journal.
MUST_USE result recorder_resume(recorder *r, uint32_t creation, int dir);
// The ring is a new one, and nobody writes it yet: its slots come after all that the resumed
// creations have, so that none of them is taken for one that was seen.
void recorder_start_ring(recorder *r);
const char *recorder_begin_json(const recorder *r, uint32_t creation); // NULL: not known

void recorder_wake(recorder *r, wake_set *w);
// Drains what there is and keeps the disk busy. Never waits for the disk.
void recorder_turn(recorder *r);
// The same, and waits until all of it is on disk. FAILED, NO_SPACE: some of it is not.
MUST_USE result recorder_flush(recorder *r);

// Any other frame of a creation, after the slots that were drained so far.
MUST_USE result recorder_frame(recorder *r, uint32_t creation, uint8_t type,
  uint8_t flags, const void *payload, uint32_t size);
void recorder_reports(
  recorder *r, uint32_t creation, const page_report *reports, uint32_t count);
void recorder_left_out(recorder *r, uint32_t creation, uint64_t first, uint64_t last);
// Sound blocks that were run, for the next TIME frame.
void recorder_note_block(recorder *r, uint64_t block);

// Slots after `seq` are still wanted by a player: the ring keeps them. UINT64_MAX: none.
void recorder_hold(recorder *r, uint64_t seq);
uint64_t recorder_taken(const recorder *r);   // slots up to here are in a journal
uint64_t recorder_durable(const recorder *r); // slots up to here are on disk
// Of one creation: its last slot (0: none), the contacts that are down and its time so far.
uint64_t recorder_last_seq(const recorder *r, uint32_t creation);
const contacts *recorder_contacts(
  const recorder *r, uint32_t creation); // NULL: not known

#endif
