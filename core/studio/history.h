// SPDX-License-Identifier: GPL-3.0-or-later
// Undo and redo: for each step the tiles and the order of sheets as they were before it.
// Taking a step back exchanges what it holds for what is there, so that the same step then
// leads forward again. One thread.
#ifndef GESTO_STUDIO_HISTORY_H
#define GESTO_STUDIO_HISTORY_H

#include "core/base/result.h"
#include "core/studio/tile.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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

typedef struct step {
  kept_tile *tiles;
  uint32_t count, room;
  sheet_stack stack;
  uint8_t lies, papers; // see album.h
} step;

typedef struct step_list {
  step *steps; // the newest last
  uint32_t count, room;
} step_list;

typedef struct history {
  step_list undo, redo;
  size_t bytes, limit;
  uint64_t pushed; // steps, so far
} history;

void history_finish(history *h); // takes a zeroed one

// Keeps a tile as it is now; the step takes the reference over, also on NO_MEMORY.
MUST_USE result step_keep(step *s, uint32_t sheet, uint32_t index, tile *t);
void step_finish(step *s); // takes a zeroed one
size_t step_bytes(const step *s);
size_t step_tile_bytes(const step *s); // of its tiles alone
// A step with the same tiles, shared. On NO_MEMORY there is nothing to finish.
MUST_USE result step_share(const step *s, step *shared);

// The newest step; what could be redone is forgotten, and of the oldest steps what is over
// the limit. The history takes the step over, also on NO_MEMORY.
MUST_USE result history_push(history *h, step *s);
// Adds at the newest end of a list and takes the step over, also on NO_MEMORY.
MUST_USE result history_add(history *h, step_list *to, step *s);
// Moves the newest step of a list out of it; the caller finishes it. The list is not empty.
step history_take(history *h, step_list *from);

#endif
