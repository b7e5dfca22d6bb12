// SPDX-License-Identifier: GPL-3.0-or-later
// Says that it is smaller than it can be.
#include "broken.h"

GESTO_EXPORT const gesto_exercise gesto_entry = {.abi = GESTO_ABI,
  .size = 4,
  .needs = GESTO_ABI,
  .id = "org.gesto.broken.wrong-size",
  .name = "Broken: wrong-size",
  .version = "1.0",
  .create = plain_create,
  .destroy = plain_destroy,
  .event = plain_event,
  .draw = plain_draw};
