// SPDX-License-Identifier: GPL-3.0-or-later
// Writes to an address that is not there, on a press right of the line.
#include "broken.h"

static void event(void *self, const gesto_event *event) {
  plain_event(self, event);
  volatile int *volatile nowhere = NULL;
  if (is_breaking(event)) *nowhere = 1; // NOLINT: this is what it is for
}

GESTO_EXPORT const gesto_exercise gesto_entry = {
  PLAIN("crash-on-event"), .needs = GESTO_ABI, .event = event, .draw = plain_draw};
