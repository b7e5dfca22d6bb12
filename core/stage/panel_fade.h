// SPDX-License-Identifier: GPL-3.0-or-later
// A panel makes way for the eye while a pen draws close to it, and comes back once the pen has
// been up for a moment. What can be chosen there stays where it is. Main thread.
#ifndef GESTO_STAGE_PANEL_FADE_H
#define GESTO_STAGE_PANEL_FADE_H

#include "core/ui/pointer.h"

#include <stdbool.h>

typedef struct stage stage;

typedef struct panel_fade {
  bool pen;           // a pen is down on the work
  bool lasts;         // one is, or a panel has faded and did not come back yet
  double x, y;        // where it was last, layout pixels
  uint64_t up_us;     // when it was lifted
  uint64_t turned_us; // of the step before
} panel_fade;

void panel_fade_point(stage *s, const pointer *p); // a contact on the work
void panel_fade_turn(stage *s);                    // each turn
int panel_fade_wait_ms(const stage *s);            // -1: nothing changes

#endif
