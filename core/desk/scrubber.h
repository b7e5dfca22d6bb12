// SPDX-License-Identifier: GPL-3.0-or-later
// The time of a creation as a strip: bars where the hand moved, dashes where it rested, marks
// for what was changed between, and a knob at the moment that shows. By pointer, and by keys:
// left and right a stroke, page up and down a mark, home and end. Thread of the window.
#ifndef GESTO_DESK_SCRUBBER_H
#define GESTO_DESK_SCRUBBER_H

#include "core/desk/happened.h"
#include "core/ui/widgets.h"

#include <stdint.h>

typedef enum scrub { // what it was asked for; told by `changed`, kept in widget.number
  SCRUB_TO = 1,      // scrubber_time()
  SCRUB_DRAG,        // the same, by a pointer that has the knob
  SCRUB_LET_GO,      // and has it no more
  SCRUB_STROKE_BACK,
  SCRUB_STROKE_ON,
  SCRUB_PLAY, // or hold
} scrub;

// `of` is borrowed and must outlive it.
widget *scrubber_create(
  widget *parent, const char *id, const char *label, const happened *of);
void scrubber_set(view *v, widget *w, uint64_t time_us); // does not call changed
uint64_t scrubber_time(const widget *w);

#endif
