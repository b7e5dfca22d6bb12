// SPDX-License-Identifier: GPL-3.0-or-later
// A tile as what it differs in from another: 1 byte, 0 for a transparent tile, of which nothing
// more is said, else 1; from the first pixel on, 2 bytes how many are the same, 2 bytes how many
// others follow, until all have been counted; then those others: of each colour the low bytes,
// then of each the high ones, of what each differs from what the one before it makes likely.
// One thread.
#ifndef GESTO_STUDIO_TILE_PATCH_H
#define GESTO_STUDIO_TILE_PATCH_H

#include "core/studio/tile_code.h"

// How `t` differs from `base`. Takes NULL for both.
void tile_patch_put(code_out *to, const tile *base, const tile *t);
// What was written so, on the same `base`. As code_get_tile.
tile *tile_patch_get(code_in *from, const tile *base);

#endif
