// SPDX-License-Identifier: GPL-3.0-or-later
// One stroke: from a contact's DOWN to its UP, with a brush of its own that knows nothing of
// the stroke before. One thread, inside a step of the easel.
#ifndef GESTO_STUDIO_STROKE_H
#define GESTO_STUDIO_STROKE_H

#include "core/base/result.h"
#include "core/studio/brush_surface.h"
#include "core/studio/stroke_brush.h"

#include <stdbool.h>
#include <stdint.h>

// A contact at one moment, in pixels of the paper.
typedef struct stroke_point {
  float x, y, pressure, tilt_x, tilt_y;
  uint64_t time; // us
} stroke_point;

typedef struct stroke {
  MyPaintBrush *brush; // NULL: no stroke
  brush_surface surface;
  stroke_look look;
  stroke_point last;
  float travel; // px
  float most_pressure;
} stroke;

// The same within what a brush may be told: numbers all of them, not far outside the paper.
stroke_point stroke_tamed(const easel *e, const stroke_point *p);

// `s` has its surface. BAD_DATA: the brush's text.
MUST_USE result stroke_begin(stroke *s, const stroke_look *look, const stroke_point *at);
// Goes on from where `from` is with a brush of its own, which `from` never feels: for a tip of
// `preview` pixels.
// `s` has its surface, and may have the brush of an earlier branch from this stroke: a new one
// takes longer. False: no memory.
bool stroke_branch(stroke *s, const stroke *from, float preview);
void stroke_move(stroke *s, const stroke_point *to);
// If it ended now it would be a dot: it has gone nowhere, or too short a way for its brush.
bool stroke_is_dot(const stroke *s);
// Lifts the brush there. A contact that stayed where it was leaves a dot, as dark as it was
// pressed at its hardest.
void stroke_lift(stroke *s, const stroke_point *at);
// The same, and lets go of the brush.
void stroke_end(stroke *s, const stroke_point *at);
// Lets go of the brush without another mark; of none, nothing.
void stroke_drop(stroke *s);

#endif
