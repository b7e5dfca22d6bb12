// SPDX-License-Identifier: GPL-3.0-or-later
// Leaves in an orderly way, which is a crash all the same.
#include "broken.h"

static void event(void *self, const gesto_event *event) {
  plain_event(self, event);
  if (is_breaking(event)) exit(0);
}

GESTO_EXPORT const gesto_exercise gesto_entry = {
  PLAIN("exit-zero"), .needs = GESTO_ABI, .event = event, .draw = plain_draw};
