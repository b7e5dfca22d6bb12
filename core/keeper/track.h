// SPDX-License-Identifier: GPL-3.0-or-later
// The journal of one creation while it is written: process.journal and, after a write that
// failed, process-2.journal and so on. What is not known to be on disk is remembered, so that
// a new file begins with it; a file that failed is never written again. Keeper's main thread.
#ifndef GESTO_KEEPER_TRACK_H
#define GESTO_KEEPER_TRACK_H

#include "core/base/result.h"
#include "core/keeper/contacts.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct track track;

typedef struct track_place {
  uint32_t creation;
  int dir;                // the creation's folder, borrowed as long as the track lives
  const uint8_t *session; // 16 bytes
  const uint8_t *writer;  // 8 bytes
} track_place;

// Makes process.journal with its BEGIN frame.
MUST_USE result track_begin(track **t, const track_place *place, const char *begin_json);
// Takes up what is there: reads all its journals for the last slot, cuts off a torn tail and
// goes on in the newest file. NOT_FOUND: there is none.
MUST_USE result track_resume(track **t, const track_place *place);
void track_destroy(track *t); // takes NULL; does not sync

// On failure the frame is remembered and the track is spoilt until track_renew.
MUST_USE result track_append(
  track *t, uint8_t type, uint8_t flags, const void *payload, uint32_t size);
// Tells the track of a slot that was appended.
void track_saw(track *t, const struct ring_slot *slot);
// A new file with the BEGIN frame and all that is not on disk. On failure it stays spoilt.
MUST_USE result track_renew(track *t);
bool track_spoilt(const track *t);
void track_spoil(track *t); // its sync failed

bool track_dirty(const track *t);
// What to sync; then, if that went well, what was there at `given` is on disk.
int track_fd(const track *t);
void track_given(track *t);
void track_synced(track *t);
bool track_new_file(
  const track *t); // its folder must be synced, too; track_synced clears it

uint32_t track_creation(const track *t);
int track_dir(const track *t);
uint64_t track_last_seq(const track *t); // newest slot in it, 0: none
const contacts *track_contacts(const track *t);
const char *track_begin_json(const track *t);

#endif
