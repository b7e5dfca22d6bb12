// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/stale.h"

#include <math.h>

static stale_rect both(stale_rect a, stale_rect b) {
  float x = fminf(a.x, b.x), y = fminf(a.y, b.y);
  float right = fmaxf(a.x + a.w, b.x + b.w), bottom = fmaxf(a.y + a.h, b.y + b.h);
  return (stale_rect){x, y, right - x, bottom - y};
}

static float area(stale_rect r) { return r.w * r.h; }

static float cost(stale_rect a, stale_rect b) {
  return area(both(a, b)) - area(a) - area(b);
}

static void merge_cheapest(stale *d) {
  uint32_t first = 0, second = 1;
  float least = INFINITY;
  for (uint32_t i = 0; i < d->count; i++) {
    for (uint32_t j = i + 1; j < d->count; j++) {
      float c = cost(d->rects[i], d->rects[j]);
      if (c >= least) continue;
      least = c;
      first = i;
      second = j;
    }
  }
  d->rects[first] = both(d->rects[first], d->rects[second]);
  d->rects[second] = d->rects[--d->count];
}

void stale_add(stale *d, float x, float y, float w, float h) {
  if (d->all) return;
  if (!isfinite(x) || !isfinite(y) || !isfinite(w) || !isfinite(h) || w <= 0 || h <= 0) {
    stale_all(d);
    return;
  }
  stale_rect new = {x, y, w, h};
  for (uint32_t i = 0; i < d->count; i++) {
    if (cost(d->rects[i], new) > 0) continue;
    d->rects[i] = both(d->rects[i], new);
    return;
  }
  if (d->count == STALE_RECTS) merge_cheapest(d);
  d->rects[d->count++] = new;
}

void stale_all(stale *d) {
  d->all = true;
  d->count = 0;
}

void stale_clear(stale *d) { *d = (stale){.count = 0}; }

bool stale_any(const stale *d) { return d->all || d->count > 0; }
