// SPDX-License-Identifier: GPL-3.0-or-later
// The papers of a canvas: one lies on the easel, the others wait here as they were left, each
// with its own sheets. Nothing is copied when another one is laid on the easel. One thread.
#ifndef GESTO_STUDIO_ALBUM_H
#define GESTO_STUDIO_ALBUM_H

#include "core/base/result.h"
#include "core/studio/history.h"
#include "core/studio/tile.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PAPERS_MAX = 24 };

typedef struct album_paper {
  tile **tiles[SHEETS_ALL]; // NULL: this is the one on the easel, or it was never made
  sheet_stack stack;
} album_paper;

// Undo takes a new paper out of the count; its place stays made, and empty, for redo.
typedef struct album {
  album_paper papers[PAPERS_MAX];
  uint8_t count, lies; // at least 1; which one is on the easel, from 0
} album;

void album_finish(album *a, uint32_t tiles); // takes a zeroed one
// Room for `tiles` tiles on each sheet of a paper, if it has none.
MUST_USE result album_make(album_paper *p, uint32_t tiles);
// Nothing is left on any of its sheets.
void album_empty(album_paper *p, uint32_t tiles);
bool album_is_bare(const album_paper *p, uint32_t tiles);
// What the tiles of the papers that wait hold in memory, but for those with nothing on them,
// which are not there any more once it was saved and loaded.
size_t album_bytes(const album *a, uint32_t tiles);

#endif
