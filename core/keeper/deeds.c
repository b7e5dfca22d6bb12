// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/deeds.h"

#include <stdlib.h>

enum { ROOM_AT_FIRST = 256 };

result deeds_add(deeds *d, size_t number) {
  if (d->done == d->room) {
    const size_t room = d->room ? d->room * 2 : ROOM_AT_FIRST;
    size_t *more = realloc(d->list, room * sizeof *more);
    if (!more) return NO_MEMORY;
    d->list = more;
    d->room = room;
  }
  d->list[d->done++] = number;
  d->taken_back = 0;
  return OK;
}

size_t deeds_undo(deeds *d) {
  if (d->done == 0) return DEEDS_NONE;
  d->taken_back++;
  return d->list[--d->done];
}

size_t deeds_redo(deeds *d) {
  if (d->taken_back == 0) return DEEDS_NONE;
  d->taken_back--;
  return d->list[d->done++];
}

void deeds_finish(deeds *d) {
  free(d->list);
  *d = (deeds){0};
}
