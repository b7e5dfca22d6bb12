// SPDX-License-Identifier: GPL-3.0-or-later
// Calls itself until there is no stack.
#include "broken.h"

#pragma GCC diagnostic ignored "-Winfinite-recursion"

static int deeper(volatile char *above) {
  volatile char room[4096] = {0};
  room[0] = above[0];
  return deeper(room) + room[1];
}

static void event(void *self, const gesto_event *event) {
  plain_event(self, event);
  volatile char first[1] = {0};
  if (is_breaking(event)) deeper(first);
}

GESTO_EXPORT const gesto_exercise gesto_entry = {
  PLAIN("stack-overflow"), .needs = GESTO_ABI, .event = event, .draw = plain_draw};
