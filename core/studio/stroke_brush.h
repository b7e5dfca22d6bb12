// SPDX-License-Identifier: GPL-3.0-or-later
// The brush of a stroke: libmypaint's, from its text, as a stroke needs it. One thread.
#ifndef GESTO_STUDIO_STROKE_BRUSH_H
#define GESTO_STUDIO_STROKE_BRUSH_H

#include <libmypaint/mypaint-brush.h>
#include <stdbool.h>
#include <stdint.h>

#define STROKE_MOMENT_S 0.0001 // the shortest time that a brush is told of

// What a stroke is painted with.
typedef struct stroke_look {
  const char *brush; // the text of a brush; borrowed until the stroke ends
  float size;        // times as large as the brush is made, in pixels
  uint32_t rgb;
  float preview; // px of a way that is only shown: no more dabs than a frame has time for
} stroke_look;

// True if libmypaint understands the text.
bool stroke_brush_holds(const char *text);
// How broad a line of the brush is, in pixels, with a hand that presses half as hard as it can
// and moves slowly; of what it does by chance or by the line, nothing. 0: not a brush.
float stroke_brush_broad(const char *text, float size);
// The caller gives it back with mypaint_brush_unref(). NULL: not a brush, or no memory.
MyPaintBrush *stroke_brush_create(const stroke_look *look);
// On a way of so many pixels it makes as many dabs as `made`, if that is not too many for what
// is only shown. `way` 0: as many.
void stroke_brush_keep_to_a_frame(MyPaintBrush *b, MyPaintBrush *made, float way);
// It counts its dabs anew, by the numbers that it was made with.
void stroke_brush_count(MyPaintBrush *b);

// A brush that shakes by its own will would leave the place, or not move at all: it is held
// still. Returns how much it shook, to shake again.
float stroke_brush_hold_still(MyPaintBrush *b);
void stroke_brush_shake(MyPaintBrush *b, float noise);

// The numbers of a brush that are others while it makes a dot.
typedef struct stroke_dot {
  float by_time, ratio, radius;
} stroke_dot;

// What they are for a dot of this brush.
stroke_dot stroke_brush_dot(MyPaintBrush *b);
// Sets them and returns those before.
stroke_dot stroke_brush_swap_dot(MyPaintBrush *b, stroke_dot d);

#endif
