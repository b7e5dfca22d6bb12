// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/deeds.h"

#include <stdlib.h>

enum { ROOM_AT_FIRST = 256 };

static result make_room(deeds *d) {
  if (d->count < d->room) return OK;
  const size_t room = d->room ? d->room * 2 : ROOM_AT_FIRST;
  deed *all = realloc(d->all, room * sizeof *all);
  if (all) d->all = all;
  size_t *order = realloc(d->order, room * sizeof *order);
  if (order) d->order = order;
  if (!all || !order) return NO_MEMORY;
  d->room = room;
  return OK;
}

result deeds_add(deeds *d, uint64_t at_us, size_t stroke) {
  const result r = make_room(d);
  if (r) return r;
  d->order[d->done++] = d->count;
  d->all[d->count++] = (deed){.at_us = at_us, .stroke = stroke};
  d->taken_back = 0;
  return OK;
}

bool deeds_undo(deeds *d, uint64_t at_us) {
  if (d->done == 0) return false;
  deed *last = &d->all[d->order[--d->done]];
  d->taken_back++;
  last->taken_back = true;
  last->undone_us = at_us;
  return true;
}

bool deeds_redo(deeds *d) {
  if (d->taken_back == 0) return false;
  d->taken_back--;
  d->all[d->order[d->done++]].taken_back = false;
  return true;
}

void deeds_drop_stroke(deeds *d, size_t stroke) {
  for (size_t i = d->count; i-- > 0;)
    if (d->all[i].stroke != DEEDS_NO_STROKE && d->all[i].stroke > stroke)
      d->all[i].stroke--;
}

void deeds_finish(deeds *d) {
  free(d->all);
  free(d->order);
  *d = (deeds){0};
}
