// SPDX-License-Identifier: GPL-3.0-or-later
// What a canvas is made of, for the files that make it up, canvas.c and canvas_*.c. Nobody else
// includes this.
#ifndef GESTO_STUDIO_CANVAS_PARTS_H
#define GESTO_STUDIO_CANVAS_PARTS_H

#include "core/studio/canvas.h"
#include "core/studio/easel.h"
#include "core/studio/grain.h"
#include "core/studio/line.h"
#include "core/studio/tile_archive.h"

enum { CANVAS_SIDE_MAX = 8192, CANVAS_PIXELS_MAX = 32 << 20 };

// What was worked out of tools, for canvas_dab.
typedef struct canvas_broad {
  char brush[CANVAS_NAME_MAX];
  float size, units;
} canvas_broad;

struct canvas {
  easel easel;
  canvas_tools tools;
  canvas_broad broad;
  float scale;                    // pixels per unit
  grain *grains[CANVAS_TEXTURES]; // NULL: no paper has that texture yet, or no memory
  canvas_brush_fn *brushes;
  void *brushes_data;
  line line;
  uint32_t source; // of the line
};

// Whenever a paper may have another texture.
void canvas_want_grains(canvas *c);
void canvas_share_grains(canvas *to, const canvas *from);
void canvas_release_grains(canvas *c);
const grain *canvas_grain(const canvas *c); // of the paper that lies here; NULL: smooth

// Each is one that the hand can hold; of the brush that is left to whoever has its text.
bool canvas_tools_hold(const canvas_tools *t);

// How many of the newest steps a state holds.
uint32_t canvas_steps_saved(const step_list *l);

#endif
