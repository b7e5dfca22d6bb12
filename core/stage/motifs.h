// SPDX-License-Identifier: GPL-3.0-or-later
// The small pictures on the cards: strokes, rings, an arc of movement, a flower.
// Main thread.
#ifndef GESTO_STAGE_MOTIFS_H
#define GESTO_STAGE_MOTIFS_H

#include "core/ui/widgets.h"

typedef struct motif {
  picture_draw *draw; // on a ground of 270 x 200
  token tint;
} motif;

// By what the exercise's id ends in; `place` is its place on the page, for those that
// nobody drew a picture for.
motif motif_of(const char *exercise_id, uint32_t place);

#endif
