// SPDX-License-Identifier: GPL-3.0-or-later
// Takes chance from a variable of its own, so that no replay is equal.
#include "broken.h"

static unsigned played;

static void *create(const gesto_host *host) {
  plain *p = plain_create(host);
  if (p) p->ticks = ++played;
  return p;
}

static gesto_result save(const void *self, const gesto_writer *to, bool with_history) {
  const plain *p = self;
  (void)with_history;
  return to->write(to, &p->ticks, sizeof p->ticks);
}

static gesto_result load(void *self, const gesto_reader *from, const char *version) {
  plain *p = self;
  uint32_t ticks = 0;
  (void)version;
  if (from->read(from, &ticks, sizeof ticks) != sizeof ticks) return GESTO_BAD_DATA;
  p->ticks = ticks;
  return GESTO_OK;
}

GESTO_EXPORT const gesto_exercise gesto_entry = {.abi = GESTO_ABI,
  .size = sizeof gesto_entry,
  .needs = GESTO_ABI,
  .id = "org.gesto.broken.own-chance",
  .name = "Broken: own-chance",
  .version = "1.0",
  .create = create,
  .destroy = plain_destroy,
  .event = plain_event,
  .draw = plain_draw,
  .save = save,
  .load = load};
