// SPDX-License-Identifier: GPL-3.0-or-later
// An ending as an act: the picture is washed away, torn or buried, in a few calm seconds. The
// painting itself stays whole beneath until the client has finished, so that it can be taken
// back; what becomes of its files is what was seen (gesto.creations/1, ended).
#ifndef DRAW_ENDING_H
#define DRAW_ENDING_H

#include "gesto.h"

typedef struct ending {
  uint32_t how;   // GESTO_WASHED_AWAY…; 0: none
  uint32_t ticks; // since it began
} ending;

// What is drawn with, beside the ending itself.
typedef struct ending_scene {
  const gesto_host *host;
  const gesto_canvas *canvas;
  const gesto_frame *frame;
} ending_scene;

// `still`: without motion, as if it were over.
void ending_begin(ending *e, uint32_t how, bool still);
bool ending_holds(const ending *e); // it can be, wherever it comes from
bool ending_moves(const ending *e); // it is not over yet
void ending_tick(ending *e);
void ending_draw(const ending *e, cairo_t *to, const ending_scene *scene);
// What is told of it: "Washed away. …". Not for 0.
const char *ending_words(uint32_t how);
// How a description of the picture begins: "A drawing that was washed away." Not for 0.
const char *ending_describe(uint32_t how);

#endif
