// SPDX-License-Identifier: GPL-3.0-or-later
// gesto.canvas/1 over the studio's canvas: paper of a size fixed at birth, shown as large as
// the stage allows, with a picture of it that is kept up to date where it was painted on.
// Main thread.
#ifndef GESTO_PLAYER_PAPER_H
#define GESTO_PLAYER_PAPER_H

#include "core/base/paper_view.h"
#include "core/player/blob.h"
#include "core/player/machine.h"
#include "core/studio/canvas.h"

// Paper the size of the machine's stage as it is now.
MUST_USE result paper_create(paper **p, machine *m);
void paper_destroy(paper *p); // takes NULL
// Borrowed until the paper is loaded or destroyed.
canvas *paper_canvas(const paper *p);
// The machine's stage has another size: only what shows of the paper changes.
void paper_see(paper *p);
// Another part of it is to show.
void paper_look(paper *p, paper_view view);
// Units at birth.
void paper_size(const paper *p, float *width, float *height);
// Before a picture: renders what was painted since, and marks it as damage of the stage.
void paper_refresh(paper *p, stale *d);
// What is small, and the canvas shared, for canvas_save in any thread: the caller destroys it.
// NOT_NOW: in the middle of a stroke.
MUST_USE result paper_save(const paper *p, bool with_history, blob *to, canvas **shared);
// `layout`: STATE_LAYOUT of the state; `painted`: what canvas_save wrote, `size` bytes.
MUST_USE result paper_load(
  paper *p, cursor *from, uint32_t layout, const uint8_t *painted, size_t size);

#endif
