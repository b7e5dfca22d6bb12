// SPDX-License-Identifier: GPL-3.0-or-later
// Where things are on Loop's stage: pads, lanes, the record disc. [stage]
#ifndef LOOP_LAYOUT_H
#define LOOP_LAYOUT_H

#include "messages.h"
#include "scale.h"

typedef struct place {
  float x, y, w, h;
} place;

typedef struct layout {
  place pads[PAD_COUNT]; // pad 0, the lowest, is at the bottom left
  place lanes[LANES], beds[LANES], mutes[LANES];
  place disc, card;
  float text; // multiply sizes of type with this
} layout;

layout layout_make(float width, float height, float text_scale);
bool place_holds(const place *p, float x, float y);

#endif
