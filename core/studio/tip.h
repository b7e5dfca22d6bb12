// SPDX-License-Identifier: GPL-3.0-or-later
// The tip of a line: what is painted from where the line has settled to where the hand is. It
// is painted on copies of the sheet's tiles that are shown instead of them and thrown away
// sooner or later, so the sheet itself never holds any of it. Meanwhile the line may go on
// beneath it. One thread.
#ifndef GESTO_STUDIO_TIP_H
#define GESTO_STUDIO_TIP_H

#include "core/base/result.h"
#include "core/studio/tile.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct tip_tile {
  tile *tile;
  uint32_t index;
  int x0, y0, x1, y1; // what was painted of it, or beneath it
} tip_tile;

typedef struct tip {
  uint32_t *places; // by tile: its place in the list + 1; 0: none
  tip_tile *list;
  uint32_t count, room, sheet;
  bool painting; // what is painted and looked at now is the tip
} tip;

// Of one sheet of so many tiles. NO_MEMORY: there is none.
MUST_USE result tip_begin(tip *t, uint32_t tiles, uint32_t sheet);
void tip_finish(tip *t); // takes a zeroed one
// The tile to show instead of the sheet's; NULL: that one.
const tile *tip_see(const tip *t, uint32_t sheet, uint32_t index);
// The tile to write on; `below` is the sheet's, NULL for a transparent one. NULL: no memory.
tile *tip_touch(tip *t, uint32_t index, const tile *below);
// Pixels x0..x1-1, y0..y1-1 within the tile were painted, of the tip or of the sheet beneath
// it. False: the tip has no such tile.
bool tip_note(tip *t, uint32_t index, int x0, int y0, int x1, int y1);
// Throws the newest tile away and says what it was, without its tile. False: none is left.
bool tip_drop_one(tip *t, tip_tile *what);

#endif
