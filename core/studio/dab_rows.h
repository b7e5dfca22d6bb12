// SPDX-License-Identifier: GPL-3.0-or-later
// A dab's work on a row of pixels, of at most a tile's side: the plain form, which says what
// is right, and one for processors with SSE2, which does the same to the last bit. Pure; any
// thread.
#ifndef GESTO_STUDIO_DAB_ROWS_H
#define GESTO_STUDIO_DAB_ROWS_H

#include "core/studio/dab.h"

#include <stdint.h>

enum { DAB_ROW_ROOM = 64 }; // the mask has so much room, whatever n is

// The cover, 0..TILE_ONE, of `n` pixels, the middle of the first of which lies at x, y from
// the middle of the dab.
void dab_rows_cover_plain(const dab_shape *s, float x, float y, int n, uint16_t *mask);
void dab_rows_cover_sse2(const dab_shape *s, float x, float y, int n, uint16_t *mask);

// Lays the dab over `n` pixels by its cover.
void dab_rows_blend_plain(const dab *d, const uint16_t *mask, int n, uint16_t *rgba);
void dab_rows_blend_sse2(const dab *d, const uint16_t *mask, int n, uint16_t *rgba);

#endif
