// SPDX-License-Identifier: GPL-3.0-or-later
// A step of the history as bytes. One thread.
#ifndef GESTO_STUDIO_STEP_CODE_H
#define GESTO_STUDIO_STEP_CODE_H

#include "core/studio/history.h"
#include "core/studio/tile_code.h"

// What a canvas as bytes has; each version adds to the one before it (canvas_state.c).
enum { CANVAS_VERSION = 6 };

void code_put_stack(code_out *to, const sheet_stack *s);
// `version` of what is read: older ones have less of it.
void code_get_stack(code_in *from, uint32_t version, sheet_stack *s);
// The first slot (tile_archive.h) of a sheet of paper `n`.
uint32_t code_slot(uint32_t n, uint32_t sheet, uint32_t tiles);
// How many papers there are, and which of them lies on the easel.
void code_put_places(code_out *to, uint8_t papers, uint8_t lies);
void code_get_places(code_in *from, uint8_t *papers, uint8_t *lies);

// Tiles are named where `to` has an archive. `tiles`: how many there are on a sheet.
void code_put_step(code_out *to, uint32_t tiles, const step *s);
// The caller finishes *s, also when it is refused.
void code_get_step(code_in *from, uint32_t version, uint32_t tiles, step *s);

#endif
