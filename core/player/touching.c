// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/touching.h"

static uint32_t find(const touching *t, uint32_t source) {
  uint32_t i = 0;
  while (i < t->count && t->sources[i] != source) i++;
  return i;
}

static bool begin(touching *t, uint32_t source) {
  if (find(t, source) < t->count) return true;
  if (t->count == TOUCHING_MAX) return false;
  t->sources[t->count++] = source;
  return true;
}

static bool end(touching *t, uint32_t source) {
  uint32_t i = find(t, source);
  if (i == t->count) return false;
  t->sources[i] = t->sources[--t->count];
  return true;
}

bool touching_take(touching *t, const gesto_event *event) {
  switch (event->type) {
  case GESTO_POINTER_DOWN: return begin(t, event->source);
  case GESTO_POINTER_MOVE: return find(t, event->source) < t->count;
  case GESTO_POINTER_UP:
  case GESTO_POINTER_CANCEL: return end(t, event->source);
  default: return true;
  }
}

void touching_save(const touching *t, blob *to) {
  blob_put_u32(to, t->count);
  for (uint32_t i = 0; i < t->count; i++) blob_put_u32(to, t->sources[i]);
}

bool touching_load(touching *t, cursor *from) {
  *t = (touching){0};
  uint32_t count = cursor_u32(from);
  if (from->torn || count > TOUCHING_MAX) return false;
  for (uint32_t i = 0; i < count; i++) t->sources[t->count++] = cursor_u32(from);
  return !from->torn;
}
