// SPDX-License-Identifier: GPL-3.0-or-later
// Calls a function that no library has.
#include "broken.h"

void nobody_has_this_function(void);

static void event(void *self, const gesto_event *event) {
  plain_event(self, event);
  nobody_has_this_function();
}

GESTO_EXPORT const gesto_exercise gesto_entry = {
  PLAIN("missing-symbol"), .needs = GESTO_ABI, .event = event, .draw = plain_draw};
