// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/deeds.h"

#include "core/base/growing.h"

#include <stdlib.h>
#include <string.h>

#define NOT_KNOWN SIZE_MAX // a place in `order` of which there is no deed

static result make_room(deeds *d) {
  deed *all = growing_list(d->all, d->count, &d->room, sizeof *all);
  if (all) d->all = all;
  size_t *order =
    growing_list(d->order, d->done + d->taken_back, &d->order_room, sizeof *order);
  if (order) d->order = order;
  return all && order ? OK : NO_MEMORY;
}

result deeds_add(deeds *d, uint64_t at_us, size_t stroke) {
  const result r = make_room(d);
  if (r) return r;
  d->order[d->done++] = d->count;
  d->all[d->count++] = (deed){.at_us = at_us, .stroke = stroke};
  d->taken_back = 0;
  return OK;
}

result deeds_replace(deeds *d, uint64_t at_us) {
  if (d->taken_back == 0 || d->order[d->done] == NOT_KNOWN)
    return deeds_add(d, at_us, DEEDS_NO_STROKE);
  d->all[d->order[d->done++]].taken_back = false;
  d->taken_back = 0;
  return OK;
}

static void put_below(deeds *d) {
  memmove(d->order + 1, d->order, d->taken_back * sizeof *d->order);
  d->order[0] = NOT_KNOWN;
  d->done = 1;
}

result deeds_undo(deeds *d, uint64_t at_us) {
  const result r = make_room(d);
  if (r) return r;
  if (d->done == 0) put_below(d);
  const size_t last = d->order[--d->done];
  d->taken_back++;
  if (last == NOT_KNOWN) return OK;
  d->all[last].taken_back = true;
  d->all[last].undone_us = at_us;
  return OK;
}

result deeds_redo(deeds *d) {
  const result r = make_room(d);
  if (r) return r;
  if (d->taken_back == 0)
    d->order[d->done] = NOT_KNOWN;
  else
    d->taken_back--;
  const size_t next = d->order[d->done++];
  if (next != NOT_KNOWN) d->all[next].taken_back = false;
  return OK;
}

void deeds_forget(deeds *d) { d->done = d->taken_back = 0; }

void deeds_finish(deeds *d) {
  free(d->all);
  free(d->order);
  *d = (deeds){0};
}
