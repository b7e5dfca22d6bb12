// SPDX-License-Identifier: GPL-3.0-or-later
// How broad a line will be, as it is: in the knob of the slider that sets it, and while it is
// being set, where it is larger than the knob, on the work beside it. What is true is told by
// the exercise's player, which has the brush. Main thread.
#ifndef GESTO_STAGE_DAB_H
#define GESTO_STAGE_DAB_H

#include "core/ui/widget.h"

typedef struct stage stage;
typedef struct panel_link panel_link;

typedef struct dab {
  double radius;     // layout pixels, as it shows; 0: not known
  bool large;        // it shows on the work
  uint64_t look_us;  // it may change until then
  uint64_t shown_us; // the slider was moved last; 0: not on this page
} dab;

// A control was set by the client: how broad the line is may be another.
void dab_expect(const panel_link *l);
void dab_turn(stage *s);         // each turn
int dab_wait_ms(const stage *s); // until it has to look; -1: nothing is expected
void dab_draw(const widget *area, view *v, cairo_t *cr); // above the work

#endif
