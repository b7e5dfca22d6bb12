// SPDX-License-Identifier: GPL-3.0-or-later
// Takes over what load() reads before it knows whether it is whole.
#include "broken.h"

static gesto_result save(const void *self, const gesto_writer *to, bool with_history) {
  const plain *p = self;
  (void)with_history;
  return to->write(to, &p->events, sizeof p->events);
}

static gesto_result load(void *self, const gesto_reader *from, const char *version) {
  plain *p = self;
  (void)version;
  p->events = 99;
  int64_t n = from->read(from, &p->events, sizeof p->events);
  return n == sizeof p->events ? GESTO_OK : GESTO_BAD_DATA;
}

static void event(void *self, const gesto_event *event) {
  if (event->type < GESTO_POINTER_HOVER) plain_event(self, event);
}

GESTO_EXPORT const gesto_exercise gesto_entry = {PLAIN("half-load"), .needs = GESTO_ABI,
  .event = event, .draw = plain_draw, .save = save, .load = load};
