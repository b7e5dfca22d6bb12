// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/studio/tip.h"

#include <stdlib.h>

result tip_begin(tip *t, uint32_t tiles, uint32_t sheet) {
  if (t->places == NULL) t->places = calloc(tiles, sizeof *t->places);
  if (t->places == NULL) return NO_MEMORY;
  t->sheet = sheet;
  t->painting = true;
  return OK;
}

void tip_finish(tip *t) {
  tip_tile one;
  while (tip_drop_one(t, &one)) continue;
  free(t->places);
  free(t->list);
  *t = (tip){0};
}

static tip_tile *find(const tip *t, uint32_t index) {
  const uint32_t place = t->count == 0 ? 0 : t->places[index];
  return place == 0 ? NULL : &t->list[place - 1];
}

const tile *tip_see(const tip *t, uint32_t sheet, uint32_t index) {
  const tip_tile *one = sheet == t->sheet ? find(t, index) : NULL;
  return one == NULL ? NULL : one->tile;
}

static bool make_room(tip *t) {
  if (t->count < t->room) return true;
  const uint32_t room = t->room == 0 ? 32 : 2 * t->room;
  tip_tile *list = realloc(t->list, room * sizeof *list);
  if (list == NULL) return false;
  t->list = list;
  t->room = room;
  return true;
}

tile *tip_touch(tip *t, uint32_t index, const tile *below) {
  const tip_tile *there = find(t, index);
  if (there != NULL) return there->tile;
  if (!make_room(t) || t->list == NULL) return NULL;
  tile *fresh = tile_copy(below);
  if (fresh == NULL) return NULL;
  t->list[t->count] =
    (tip_tile){.tile = fresh, .index = index, .x0 = TILE_SIDE, .y0 = TILE_SIDE};
  t->places[index] = ++t->count;
  return fresh;
}

bool tip_note(tip *t, uint32_t index, int x0, int y0, int x1, int y1) {
  tip_tile *one = find(t, index);
  if (one == NULL) return false;
  if (x0 < one->x0) one->x0 = x0;
  if (y0 < one->y0) one->y0 = y0;
  if (x1 > one->x1) one->x1 = x1;
  if (y1 > one->y1) one->y1 = y1;
  return true;
}

bool tip_drop_one(tip *t, tip_tile *what) {
  if (t->count == 0 || t->list == NULL) return false;
  *what = t->list[--t->count];
  t->places[what->index] = 0;
  tile_release(what->tile);
  what->tile = NULL;
  return true;
}
