// SPDX-License-Identifier: GPL-3.0-or-later
// A canvas' tiles as pieces: each is put away once, as far as it can be as a patch of what lay in
// its place before, and from then on it is named by its reference. Shared by a canvas and
// those that share its tiles; tiles are put away by one thread at a time.
#ifndef GESTO_STUDIO_TILE_ARCHIVE_H
#define GESTO_STUDIO_TILE_ARCHIVE_H

#include "core/studio/piece.h"
#include "core/studio/tile.h"

typedef struct tile_archive tile_archive;

// One reference. The store outlives the archive.
MUST_USE result tile_archive_create(tile_archive **a, const piece_store *store);
tile_archive *tile_archive_share(tile_archive *a); // takes NULL
void tile_archive_release(tile_archive *a);        // takes NULL
const piece_store *tile_archive_store(const tile_archive *a);

// The tile's reference; it is put away if it was not yet. `slot`: any number for its place on
// the canvas, for which what was put away last is remembered. Not a transparent one.
MUST_USE result tile_archive_put(tile_archive *a, uint32_t slot, tile *t, piece_ref *ref);
// The caller's reference. BAD_DATA.
MUST_USE result tile_archive_get(const piece_store *store, piece_ref ref, tile **t);

#endif
