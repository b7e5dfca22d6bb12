// SPDX-License-Identifier: GPL-3.0-or-later
// Undo and redo: for each step the tiles and the order of sheets as they were before it.
// Taking a step back exchanges what it holds for what is there, so that the same step then
// leads forward again. Of a long history the newest steps are in memory; the rest is pieces in
// a store, each of which names the one below it, so that there is no end to it. One thread, but
// that a step which was shared may be put away in another.
#ifndef GESTO_STUDIO_HISTORY_H
#define GESTO_STUDIO_HISTORY_H

#include "core/base/result.h"
#include "core/studio/piece.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct tile tile; // tile.h

// What lies underneath has tiles like a sheet, under the number after the last one; it is never
// painted on and stands in no order: it is the lowest.
enum { SHEETS_MAX = 3, UNDER_SHEET = SHEETS_MAX, SHEETS_ALL };

// The sheets, lowest first. A sheet is named by its number, 0 for the first one made.
typedef struct sheet_stack {
  uint32_t paper; // 0xRRGGBB
  uint8_t count, chosen;
  uint8_t order[SHEETS_MAX];
  uint8_t hidden[SHEETS_MAX];  // by number
  uint8_t opacity[SHEETS_MAX]; // by number, in percent
  uint8_t texture;             // of the paper: canvas_texture
} sheet_stack;

// True if nobody could see a difference: the sheet chosen to paint on does not count.
bool sheet_stack_looks_same(const sheet_stack *a, const sheet_stack *b);

typedef struct kept_tile {
  uint32_t sheet, index;
  tile *tile; // NULL: transparent
} kept_tile;

// Where a step was put away, for all that share it.
typedef struct step_mark {
  _Atomic uint32_t references;
  _Atomic piece_ref place; // 0: it was not yet
} step_mark;

typedef struct step {
  kept_tile *tiles;
  uint32_t count, room;
  sheet_stack stack;
  uint8_t lies, papers; // see album.h
  step_mark *mark;      // NULL: it cannot be put away, as memory did not do for it
} step;

typedef struct step_list {
  step *steps; // the newest last
  uint32_t count, room;
  piece_ref below; // the step below the oldest of those; 0: there is none
} step_list;

typedef struct history {
  step_list undo, redo;
  size_t bytes, limit;
  uint32_t tiles;               // on a sheet
  uint64_t pushed;              // steps, so far
  struct tile_archive *archive; // the canvas'; NULL: what is over the limit is forgotten
  result trouble;               // a step that was put away could not be had again
} history;

// Of sheets of so many tiles.
MUST_USE result history_init(history *h, uint32_t tiles, size_t limit);
void history_finish(history *h); // takes a zeroed one

// Keeps a tile as it is now; the step takes the reference over, also on NO_MEMORY.
MUST_USE result step_keep(step *s, uint32_t sheet, uint32_t index, tile *t);
void step_finish(step *s); // takes a zeroed one
// Where it was put away; 0: it was not yet, or cannot be.
piece_ref step_place(const step *s);
size_t step_bytes(const step *s);
size_t step_tile_bytes(const step *s); // of its tiles alone
// It is another step now: one that leads the other way.
void step_turn(step *s);
// A step with the same tiles, shared. On NO_MEMORY there is nothing to finish.
MUST_USE result step_share(const step *s, step *shared);

// The newest step; what could be redone is forgotten. Takes the step over. Where there is no
// memory for one more the oldest makes room: so the newest can always be taken back.
MUST_USE result history_push(history *h, step *s);
// Adds at the newest end of a list and takes the step over, also on NO_MEMORY.
MUST_USE result history_add(history *h, step_list *to, step *s);
// Moves the newest step of a list out of it; the caller finishes it. The list is not empty.
step history_take(history *h, step_list *from);

// [any] Puts away what was not yet of a list that nobody else changes; *newest: the reference
// of its newest step, 0 if it has none. Whoever shares these steps knows then.
MUST_USE result history_put_away(const history *h, const step_list *l, piece_ref *newest);
// Lets go of the oldest steps as far as they are over the limit: first those that were put away,
// and where that is not enough it puts them away itself. The newest one always stays.
void history_trim(history *h);
// Lets go of so many of the oldest steps in memory. What was not put away is forgotten, and with
// it all that is below it.
void history_drop_oldest(history *h, step_list *l, uint32_t count);
// Brings the newest step of those that were put away back to the list, if it has none in
// memory. False: there is none, or it cannot be had (`trouble`).
bool history_bring_back(history *h, step_list *l);
bool step_list_has_any(const step_list *l);

#endif
