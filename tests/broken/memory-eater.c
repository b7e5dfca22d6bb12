// SPDX-License-Identifier: GPL-3.0-or-later
// Takes all memory that it is given, and then more.
#include "broken.h"
#include <string.h>

enum { BITE = 16 << 20 };

static void event(void *self, const gesto_event *event) {
  plain_event(self, event);
  while (is_breaking(event)) memset(malloc(BITE), 1, BITE); // NOLINT: it keeps none of it
}

GESTO_EXPORT const gesto_exercise gesto_entry = {
  PLAIN("memory-eater"), .needs = GESTO_ABI, .event = event, .draw = plain_draw};
