// SPDX-License-Identifier: GPL-3.0-or-later
// Never comes back from the tick after a press right of the line.
#include "broken.h"

static bool tick(void *self) {
  plain *p = self;
  volatile bool for_ever = p->x >= BREAKS_FROM;
  while (for_ever) {}
  return false;
}

GESTO_EXPORT const gesto_exercise gesto_entry = {PLAIN("loop-in-tick"),
  .needs = GESTO_ABI, .event = plain_event, .tick = tick, .draw = plain_draw};
