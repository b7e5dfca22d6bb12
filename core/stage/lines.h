// SPDX-License-Identifier: GPL-3.0-or-later
// Drawing with a switch: a line that goes down and one that goes across choose where a stroke
// begins, two more where it ends, and so on; a choice at the edge leaves. Main thread.
#ifndef GESTO_STAGE_LINES_H
#define GESTO_STAGE_LINES_H

#include "core/ui/widget.h"

typedef struct stage stage;

typedef struct crossing {
  int step;       // 0: down, 1: across, of the beginning; 2 and 3: of the end
  double at[4];   // 0 to 1, how far each has come
  bool backwards; // the line that moves
  int rounds;     // there and back without a choice
} crossing;

// False: the exercise takes nothing now.
bool lines_begin(stage *s);
void lines_draw(widget *area, view *v, cairo_t *cr); // widget_sort.draw_after

#endif
