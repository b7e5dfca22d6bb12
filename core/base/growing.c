// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/growing.h"

#include <stdlib.h>

enum { ROOM_AT_FIRST = 64 };

void *growing_list(void *list, size_t count, size_t *room, size_t each) {
  if (count < *room) return list;
  const size_t larger = *room > 0 ? *room * 2 : ROOM_AT_FIRST;
  void *grown = realloc(list, larger * each);
  if (grown) *room = larger;
  return grown;
}
