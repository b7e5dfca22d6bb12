// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/studio/history.h"

#include "core/studio/tile.h"

#include <stdlib.h>
#include <string.h>

bool sheet_stack_looks_same(const sheet_stack *a, const sheet_stack *b) {
  return a->paper == b->paper && a->texture == b->texture && a->count == b->count &&
    memcmp(a->order, b->order, a->count) == 0 &&
    memcmp(a->hidden, b->hidden, a->count) == 0 &&
    memcmp(a->opacity, b->opacity, a->count) == 0;
}

result step_keep(step *s, uint32_t sheet, uint32_t index, tile *t) {
  if (s->count == s->room) {
    uint32_t room = s->room == 0 ? 16 : s->room * 2;
    kept_tile *tiles = realloc(s->tiles, room * sizeof *tiles);
    if (tiles == NULL) {
      tile_release(t);
      return NO_MEMORY;
    }
    s->tiles = tiles;
    s->room = room;
  }
  s->tiles[s->count++] = (kept_tile){.sheet = sheet, .index = index, .tile = t};
  return OK;
}

static void mark_release(step_mark *m) {
  if (m != NULL && atomic_fetch_sub(&m->references, 1) == 1) free(m);
}

static step_mark *mark_create(void) {
  step_mark *m = malloc(sizeof *m);
  if (m == NULL) return NULL;
  atomic_init(&m->references, 1);
  atomic_init(&m->place, 0);
  return m;
}

void step_turn(step *s) {
  mark_release(s->mark);
  s->mark = NULL;
}

void step_finish(step *s) {
  for (uint32_t i = 0; i < s->count; i++) tile_release(s->tiles[i].tile);
  free(s->tiles);
  mark_release(s->mark);
  *s = (step){0};
}

size_t step_tile_bytes(const step *s) {
  size_t bytes = 0;
  for (uint32_t i = 0; i < s->count; i++) {
    if (s->tiles[i].tile != NULL) bytes += sizeof(tile);
  }
  return bytes;
}

piece_ref step_place(const step *s) {
  return s->mark == NULL ? 0 : atomic_load(&s->mark->place);
}

size_t step_bytes(const step *s) {
  return sizeof *s + s->room * sizeof *s->tiles + step_tile_bytes(s);
}

result step_share(const step *s, step *shared) {
  *shared = (step){.stack = s->stack, .lies = s->lies, .papers = s->papers};
  for (uint32_t i = 0; i < s->count; i++) {
    const kept_tile *k = &s->tiles[i];
    if (step_keep(shared, k->sheet, k->index, tile_share(k->tile)) == OK) continue;
    step_finish(shared);
    return NO_MEMORY;
  }
  shared->mark = s->mark;
  if (s->mark != NULL) atomic_fetch_add(&s->mark->references, 1);
  return OK;
}

static void list_clear(history *h, step_list *l) {
  while (l->count > 0) {
    step s = history_take(h, l);
    step_finish(&s);
  }
  l->below = 0;
}

void history_finish(history *h) {
  list_clear(h, &h->undo);
  list_clear(h, &h->redo);
  free(h->undo.steps);
  free(h->redo.steps);
  *h = (history){0};
}

static bool has_room(step_list *l) {
  if (l->count < l->room) return true;
  const uint32_t room = l->room == 0 ? 64 : l->room * 2;
  step *steps = realloc(l->steps, room * sizeof *steps);
  if (steps == NULL) return false;
  l->steps = steps;
  l->room = room;
  return true;
}

result history_init(history *h, uint32_t tiles, size_t limit) {
  *h = (history){.tiles = tiles, .limit = limit};
  return has_room(&h->undo) ? OK : NO_MEMORY;
}

result history_add(history *h, step_list *to, step *s) {
  if (!has_room(to)) {
    step_finish(s);
    return NO_MEMORY;
  }
  if (s->mark == NULL) s->mark = mark_create();
  h->bytes += step_bytes(s);
  to->steps[to->count++] = *s;
  *s = (step){0};
  return OK;
}

step history_take(history *h, step_list *from) {
  step s = from->steps[--from->count];
  h->bytes -= step_bytes(&s);
  return s;
}

result history_push(history *h, step *s) {
  list_clear(h, &h->redo);
  h->pushed++;
  if (!has_room(&h->undo)) history_drop_oldest(h, &h->undo, 1);
  result r = history_add(h, &h->undo, s);
  history_trim(h);
  return r;
}
