// SPDX-License-Identifier: GPL-3.0-or-later
// The part of gesto.canvas/1 that looks and keeps: what lies there, and papers as works. Main
// thread.
#ifndef GESTO_PLAYER_PAPER_KEEP_H
#define GESTO_PLAYER_PAPER_KEEP_H

#include "core/api/gesto.h"
#include "core/base/result.h"
#include "core/studio/canvas.h"

#include <stdint.h>

// As gesto_canvas (gesto.h) says of see, keep and keep_paper.
void paper_see_all(const gesto_host *host, gesto_canvas_seen *seen);
gesto_result paper_keep(const gesto_host *host, const char *title);
gesto_result paper_keep_one(
  const gesto_host *host, uint32_t n, const char *title, const char *about);
// Nothing is left on these papers, a bit each (bit n - 1: paper n), but in the canvas' past.
// Those that are not there count as empty.
MUST_USE result paper_empty(canvas *c, uint64_t papers);

#endif
