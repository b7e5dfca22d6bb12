// SPDX-License-Identifier: GPL-3.0-or-later
// What a canvas is made of, for the files that make it up: canvas.c, canvas_stack.c, canvas_fill.c,
// canvas_view.c, canvas_state.c, canvas_share.c, canvas_under.c. Nobody else includes this.
#ifndef GESTO_STUDIO_CANVAS_PARTS_H
#define GESTO_STUDIO_CANVAS_PARTS_H

#include "core/studio/canvas.h"
#include "core/studio/easel.h"
#include "core/studio/stroke.h"

enum { CANVAS_NAME_MAX = 64, CANVAS_SIDE_MAX = 8192, CANVAS_PIXELS_MAX = 32 << 20 };

// What the next stroke is painted with.
typedef struct canvas_tools {
  char brush[CANVAS_NAME_MAX]; // "": none was chosen yet
  float size;
  uint32_t rgb, folds;
} canvas_tools;

struct canvas {
  easel easel;
  canvas_tools tools;
  float scale; // pixels per unit
  canvas_brush_fn *brushes;
  void *brushes_data;
  stroke stroke;
  uint32_t source; // of the stroke
};

// How many of the newest steps a state holds.
uint32_t canvas_steps_saved(const step_list *l);

#endif
