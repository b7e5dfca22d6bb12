// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/studio/damage.h"

#include "core/studio/tile.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct damage_part {
  uint8_t x0, y0, x1, y1; // x1 == 0: nothing
};

result damage_init(damage *d, uint32_t tiles_across, uint32_t tiles_down) {
  size_t tiles = (size_t)tiles_across * tiles_down;
  *d = (damage){.across = tiles_across, .down = tiles_down};
  d->parts = calloc(tiles, sizeof *d->parts);
  d->dirty = calloc(tiles, sizeof *d->dirty);
  if (d->parts != NULL && d->dirty != NULL) return OK;
  damage_finish(d);
  return NO_MEMORY;
}

void damage_finish(damage *d) {
  free(d->parts);
  free(d->dirty);
  *d = (damage){0};
}

void damage_add(damage *d, uint32_t index, int x0, int y0, int x1, int y1) {
  struct damage_part *p = &d->parts[index];
  struct damage_part more = {(uint8_t)x0, (uint8_t)y0, (uint8_t)x1, (uint8_t)y1};
  if (p->x1 == 0) {
    d->dirty[d->dirty_count++] = index;
    *p = more;
    return;
  }
  if (more.x0 < p->x0) p->x0 = more.x0;
  if (more.y0 < p->y0) p->y0 = more.y0;
  if (more.x1 > p->x1) p->x1 = more.x1;
  if (more.y1 > p->y1) p->y1 = more.y1;
}

void damage_add_all(damage *d, uint32_t width, uint32_t height) {
  for (uint32_t ty = 0; ty < d->down; ty++) {
    for (uint32_t tx = 0; tx < d->across; tx++) {
      uint32_t w = width - tx * TILE_SIDE, h = height - ty * TILE_SIDE;
      damage_add(d, ty * d->across + tx, 0, 0, (int)(w < TILE_SIDE ? w : TILE_SIDE),
        (int)(h < TILE_SIDE ? h : TILE_SIDE));
    }
  }
}

static canvas_rect rect_union(canvas_rect a, canvas_rect b) {
  int32_t x1 = a.x + a.w > b.x + b.w ? a.x + a.w : b.x + b.w;
  int32_t y1 = a.y + a.h > b.y + b.h ? a.y + a.h : b.y + b.h;
  canvas_rect u = {.x = a.x < b.x ? a.x : b.x, .y = a.y < b.y ? a.y : b.y};
  u.w = x1 - u.x;
  u.h = y1 - u.y;
  return u;
}

static int64_t area(canvas_rect r) { return (int64_t)r.w * r.h; }

// How many pixels more than the two together their union has.
static int64_t waste(canvas_rect a, canvas_rect b) {
  return area(rect_union(a, b)) - area(a) - area(b);
}

static int by_place(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

// Takes the tile's rectangle out of the store.
static canvas_rect take_tile(damage *d, uint32_t index) {
  struct damage_part p = d->parts[index];
  memset(&d->parts[index], 0, sizeof p);
  return (canvas_rect){.x = (int32_t)(index % d->across * TILE_SIDE) + p.x0,
    .y = (int32_t)(index / d->across * TILE_SIDE) + p.y0,
    .w = p.x1 - p.x0,
    .h = p.y1 - p.y0};
}

// Joins the two that waste least, if that is no more than `most`. False: none were.
static bool join_closest(canvas_rect *rects, uint32_t *count, int64_t most) {
  uint32_t best_a = 0, best_b = 0;
  int64_t least = most < INT64_MAX ? most + 1 : most;
  for (uint32_t a = 0; a + 1 < *count; a++) {
    for (uint32_t b = a + 1; b < *count; b++) {
      int64_t w = waste(rects[a], rects[b]);
      if (w >= least) continue;
      least = w;
      best_a = a;
      best_b = b;
    }
  }
  if (best_a == best_b) return false;
  rects[best_a] = rect_union(rects[best_a], rects[best_b]);
  (*count)--;
  memmove(&rects[best_b], &rects[best_b + 1], (*count - best_b) * sizeof *rects);
  return true;
}

// A rectangle that fits one that is there without waste goes into it.
static bool joined(canvas_rect *rects, uint32_t count, canvas_rect r) {
  for (uint32_t i = count; i-- > 0;) {
    if (waste(rects[i], r) > 0) continue;
    rects[i] = rect_union(rects[i], r);
    return true;
  }
  return false;
}

uint32_t damage_take(damage *d, canvas_rect *rects, uint32_t room) {
  uint32_t count = 0;
  if (d->dirty_count > 1) qsort(d->dirty, d->dirty_count, sizeof *d->dirty, by_place);
  for (uint32_t i = 0; i < d->dirty_count; i++) {
    canvas_rect r = take_tile(d, d->dirty[i]);
    if (joined(rects, count, r)) continue;
    if (count == room && room > 1) join_closest(rects, &count, INT64_MAX);
    if (count == room)
      rects[0] = rect_union(rects[0], r);
    else
      rects[count++] = r;
  }
  d->dirty_count = 0;
  while (join_closest(rects, &count, 0)) continue;
  return count;
}
