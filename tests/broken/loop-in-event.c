// SPDX-License-Identifier: GPL-3.0-or-later
// Never comes back from a press right of the line.
#include "broken.h"

static void event(void *self, const gesto_event *event) {
  plain_event(self, event);
  volatile bool for_ever = is_breaking(event);
  while (for_ever) {}
}

GESTO_EXPORT const gesto_exercise gesto_entry = {
  PLAIN("loop-in-event"), .needs = GESTO_ABI, .event = event, .draw = plain_draw};
