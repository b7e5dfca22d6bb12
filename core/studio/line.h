// SPDX-License-Identifier: GPL-3.0-or-later
// A line of the hand: between the samples of a contact and the brush. It is smoothed
// (smoothing.h) or laid along a ruler (ruler.h); what has settled is painted, the rest is shown
// as a tip (tip.h), so that the line is always where the hand is. A smoothed line's tip goes on
// with the hand while it lies where the line will; it is painted anew now and then. One thread.
#ifndef GESTO_STUDIO_LINE_H
#define GESTO_STUDIO_LINE_H

#include "core/base/result.h"
#include "core/studio/ruler.h"
#include "core/studio/smoothing.h"
#include "core/studio/stroke.h"

#include <stdbool.h>

typedef struct line_look {
  stroke_look stroke;
  uint32_t sheet, folds;
  smoothing smoothing; // of a line without ruler
  ruler_shape ruler;
  float scale; // pixels per unit
} line_look;

// What shows of a line beyond where it has settled.
typedef struct line_tip {
  bool shown, late;   // late: the hand has moved on since
  bool dotted;        // it ends in a dot: nothing goes on from there
  uint64_t begun, to; // the newest sample, when it was painted anew and when it went on
  stroke_point way[SMOOTHER_REST]; // that it was painted along
  uint32_t count;
} line_tip;

typedef struct line {
  bool drawing;
  line_look look;
  easel *easel;
  stroke stroke; // what has settled; along a ruler nothing has
  stroke branch; // of it: the tip
  smoother smoother;
  ruler ruler;
  stroke_point newest;
  line_tip tip;
} line;

// Inside a step of the easel, which is borrowed. BAD_DATA: the brush's text.
MUST_USE result line_begin(
  line *l, easel *e, const line_look *look, const stroke_point *at);
void line_move(line *l, const stroke_point *to);
// Paints what has not settled yet: the line ends there. BAD_DATA as for line_begin.
MUST_USE result line_end(line *l, const stroke_point *at);
// Ends it where the hand was last; of none, nothing.
MUST_USE result line_cut(line *l);
// Lets go of it without another mark; of none, nothing.
void line_drop(line *l);
// Shows the line up to where the hand is, if it does not yet: before somebody looks.
void line_show_tip(line *l);

#endif
