// SPDX-License-Identifier: GPL-3.0-or-later
// What is painted on: the sheets' tiles of the paper that lies here, the papers beside it, the
// step that is being made, the history and the damage. Whoever paints asks here for a tile to
// write on, and undo comes of itself. One thread.
#ifndef GESTO_STUDIO_EASEL_H
#define GESTO_STUDIO_EASEL_H

#include "core/base/result.h"
#include "core/studio/album.h"
#include "core/studio/damage.h"
#include "core/studio/grain.h"
#include "core/studio/history.h"
#include "core/studio/tile.h"
#include "core/studio/tip.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct easel {
  uint32_t width, height, across, down; // pixels; tiles
  tile **tiles[SHEETS_ALL];             // NULL: a sheet that was not made yet
  sheet_stack stack;
  album album;
  history past;
  damage changed;
  tip tip;
  step now;         // being made
  tooth tooth;      // on which what is painted in it catches; easel_begin takes it away
  uint8_t *touched; // by tile: one bit for each sheet that `now` keeps
  result trouble;   // the first failure since the step began
} easel;

// Paper with one sheet. Sizes are the caller's to check.
MUST_USE result easel_init(
  easel *e, uint32_t width, uint32_t height, size_t history_limit);
void easel_finish(easel *e); // takes a zeroed one

// NULL: transparent. Borrowed until the next change. While a tip is painted, with the tip.
const tile *easel_see(const easel *e, uint32_t sheet, uint32_t index);
// What a person sees there: with the tip, if there is one.
const tile *easel_shown(const easel *e, uint32_t sheet, uint32_t index);

// What was there before the step that is being made.
const tile *easel_before(const easel *e, uint32_t sheet, uint32_t index);
// What was painted on a tile since `before` (or NULL) stays where the tooth takes it.
void easel_bite(const easel *e, const tile *before, tile *painted, uint32_t index);

// A step begins; nothing else may be begun before it ends.
void easel_begin(easel *e);
// The tile to write on, until the step ends. NULL: no memory, see `trouble`.
tile *easel_touch(easel *e, uint32_t sheet, uint32_t index);
// Pixels x0..x1-1, y0..y1-1 within a tile that was touched look different now; beneath a tip
// once that is dropped.
void easel_note(easel *e, uint32_t index, int x0, int y0, int x1, int y1);

// From here to the end of the tip what is touched is not the sheet but its tip (tip.h), on top
// of what that has already. False: no memory; there is no tip.
bool easel_begin_tip(easel *e, uint32_t sheet);
void easel_end_tip(easel *e);
// Shows the sheet as it is again. Before the step ends.
void easel_drop_tip(easel *e);

// Puts another tile in the place of the one that is there, which it takes over in any case.
// Once for a tile in a step, and not for one that was touched in it.
MUST_USE result easel_put(easel *e, uint32_t sheet, uint32_t index, tile *t);
// Takes the tile off the sheet: transparent from now on. As easel_put.
MUST_USE result easel_clear(easel *e, uint32_t sheet, uint32_t index);
// Ends the step: into the history if it changed anything. Answers what went wrong in it;
// what was painted stays painted.
MUST_USE result easel_commit(easel *e);
// Ends the step as if it had never begun.
void easel_take_back(easel *e);

// In a step that does nothing else: an empty paper of the same colour and texture lies on the
// easel from now on, or paper `n` of the album, from 0. NO_SPACE: the album is full.
MUST_USE result easel_lay_new(easel *e);
void easel_turn(easel *e, uint32_t n);
// Paper `n` of the album, on the easel or beside it. Its tiles are borrowed.
album_paper easel_paper(const easel *e, uint32_t n);

// Outside a step. False: there is none.
bool easel_undo(easel *e);
bool easel_redo(easel *e);

// Room for the sheet's tiles, if it has none yet.
MUST_USE result easel_make_sheet(easel *e, uint32_t sheet);

#endif
