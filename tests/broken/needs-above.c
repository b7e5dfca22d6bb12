// SPDX-License-Identifier: GPL-3.0-or-later
// Needs a later host than there is.
#include "broken.h"

GESTO_EXPORT const gesto_exercise gesto_entry = {PLAIN("needs-above"),
  .needs = GESTO_VERSION(1, 9), .event = plain_event, .draw = plain_draw};
