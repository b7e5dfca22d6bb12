// SPDX-License-Identifier: GPL-3.0-or-later
// A canvas' tiles as pieces: each is put away once, as far as it can be as a patch of what lay in
// its place before, and from then on it is named by its reference. Shared by a canvas and
// those that share its tiles. Any thread.
#ifndef GESTO_STUDIO_TILE_ARCHIVE_H
#define GESTO_STUDIO_TILE_ARCHIVE_H

#include "core/studio/piece.h"
#include "core/studio/tile.h"
#include "core/studio/tile_code.h"

typedef struct tile_archive tile_archive;

// One reference. The store outlives the archive.
MUST_USE result tile_archive_create(tile_archive **a, const piece_store *store);
tile_archive *tile_archive_share(tile_archive *a); // takes NULL
void tile_archive_release(tile_archive *a);        // takes NULL
const piece_store *tile_archive_store(const tile_archive *a);

// The tile's reference, 0 if it is transparent; it is put away if it was not yet. `slot`: any
// number for its place on the canvas, for which what was put away last is remembered.
MUST_USE result tile_archive_put(tile_archive *a, uint32_t slot, tile *t, piece_ref *ref);
// The caller's reference to the tile; NULL for 0. BAD_DATA.
MUST_USE result tile_archive_get(const tile_archive *a, piece_ref ref, tile **t);

// A tile in what is saved: named (byte 2, then the reference) if `to` has an archive, else as it
// is. Older than `version` 6 there are none that are named.
void code_put_any_tile(code_out *to, uint32_t slot, tile *t);
tile *code_get_any_tile(code_in *from, uint32_t version);

#endif
