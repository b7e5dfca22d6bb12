// SPDX-License-Identifier: GPL-3.0-or-later
// Says that it cannot go on, on a press right of the line.
#include "broken.h"

static void event(void *self, const gesto_event *event) {
  plain *p = self;
  plain_event(self, event);
  if (is_breaking(event)) {
    p->host->give_up(
      p->host, GESTO_FAILED, "Your work is safe. Choose another exercise.");
  }
}

GESTO_EXPORT const gesto_exercise gesto_entry = {
  PLAIN("gives-up"), .needs = GESTO_ABI, .event = event, .draw = plain_draw};
