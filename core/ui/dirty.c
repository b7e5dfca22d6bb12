// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ui/dirty.h"

static int32_t least(int32_t a, int32_t b) { return a < b ? a : b; }
static int32_t most(int32_t a, int32_t b) { return a > b ? a : b; }

static int64_t area(dirty_rect r) { return (int64_t)r.w * r.h; }

static dirty_rect around(dirty_rect a, dirty_rect b) {
  const int32_t x = least(a.x, b.x);
  const int32_t y = least(a.y, b.y);
  return (dirty_rect){
    x, y, most(a.x + a.w, b.x + b.w) - x, most(a.y + a.h, b.y + b.h) - y};
}

static int64_t waste(dirty_rect a, dirty_rect b) {
  return area(around(a, b)) - area(a) - area(b);
}

void dirty_resize(dirty *d, int32_t width, int32_t height) {
  *d = (dirty){.width = width, .height = height};
  dirty_add_all(d);
}

void dirty_clear(dirty *d) { d->count = 0; }

void dirty_add_all(dirty *d) {
  d->count = 1;
  d->rects[0] = (dirty_rect){0, 0, d->width, d->height};
}

static dirty_rect cut(const dirty *d, dirty_rect r) {
  const int64_t right = (int64_t)r.x + r.w;
  const int64_t bottom = (int64_t)r.y + r.h;
  const int32_t x = most(0, r.x);
  const int32_t y = most(0, r.y);
  return (dirty_rect){x, y, (int32_t)(right < d->width ? right : d->width) - x,
    (int32_t)(bottom < d->height ? bottom : d->height) - y};
}

static void take_out(dirty *d, uint32_t i) { d->rects[i] = d->rects[--d->count]; }

// Joining must not cost more pixels than drawing both, unless there is no room.
static bool worth_joining(dirty_rect a, dirty_rect b) {
  return waste(a, b) <= area(a) / 8 + area(b) / 8;
}

static void join_two(dirty *d) {
  uint32_t best_i = 0;
  uint32_t best_j = 1;
  for (uint32_t i = 0; i < d->count; i++)
    for (uint32_t j = i + 1; j < d->count; j++)
      if (waste(d->rects[i], d->rects[j]) < waste(d->rects[best_i], d->rects[best_j])) {
        best_i = i;
        best_j = j;
      }
  d->rects[best_i] = around(d->rects[best_i], d->rects[best_j]);
  take_out(d, best_j);
}

void dirty_add(dirty *d, dirty_rect r) {
  r = cut(d, r);
  if (r.w <= 0 || r.h <= 0) return;
  for (uint32_t i = 0; i < d->count;) {
    if (worth_joining(d->rects[i], r)) {
      r = around(d->rects[i], r);
      take_out(d, i);
      i = 0;
    } else {
      i++;
    }
  }
  if (d->count == DIRTY_MAX) join_two(d);
  d->rects[d->count++] = r;
}

bool dirty_covers(const dirty *d, int32_t x, int32_t y) {
  for (uint32_t i = 0; i < d->count; i++) {
    const dirty_rect r = d->rects[i];
    if (x >= r.x && y >= r.y && x < r.x + r.w && y < r.y + r.h) return true;
  }
  return false;
}
