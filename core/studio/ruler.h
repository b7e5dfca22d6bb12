// SPDX-License-Identifier: GPL-3.0-or-later
// A line along a ruler: where it runs is known only when the hand lifts, so the way is kept
// until then and painted whole, as a tip (tip.h) while it grows.
//
// Straight: from where the hand touched to where it is. Within 3 degrees of level, upright or
// the diagonal it is drawn there: wholly within 1.5, then less and less, so that it never
// jumps. Soft: the way itself, each place of it looked up on a parabola through a good part of
// the way before and after it (parabola.h, over the length of the way):
// corners and wobbles go, the large shape stays. A way that comes back to where it began is
// closed. Pressure and tilt are those of the hand at the same part of its way. One thread.
#ifndef GESTO_STUDIO_RULER_H
#define GESTO_STUDIO_RULER_H

#include "core/studio/stroke.h"

#include <stdint.h>

typedef enum ruler_shape { RULER_NONE, RULER_STRAIGHT, RULER_SOFT } ruler_shape;

enum { RULER_SAMPLES = 512, RULER_POINTS = 200 };

typedef struct ruler {
  ruler_shape shape;
  stroke_point samples[RULER_SAMPLES]; // of the way, no two closer than `step`
  float along[RULER_SAMPLES];          // px of the way up to each
  uint32_t count;
  float step, scale;
  stroke_point newest;
} ruler;

// `shape` is not none; `scale`: pixels per unit.
void ruler_begin(ruler *r, ruler_shape shape, float scale, const stroke_point *down);
void ruler_add(ruler *r, const stroke_point *p);
// The line as it is now, the first point where the hand touched, the last where it ends.
// Returns how many: 1 if the hand did not move.
uint32_t ruler_line(const ruler *r, stroke_point to[RULER_POINTS]);

#endif
