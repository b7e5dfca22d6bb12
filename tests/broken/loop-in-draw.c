// SPDX-License-Identifier: GPL-3.0-or-later
// Never comes back from drawing after a press right of the line.
#include "broken.h"

static void draw(const void *self, cairo_t *to, const gesto_frame *frame) {
  plain_draw(self, to, frame);
  volatile bool for_ever = ((const plain *)self)->x >= BREAKS_FROM;
  while (for_ever) {}
}

GESTO_EXPORT const gesto_exercise gesto_entry = {
  PLAIN("loop-in-draw"), .needs = GESTO_ABI, .event = plain_event, .draw = draw};
