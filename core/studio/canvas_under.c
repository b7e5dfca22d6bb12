// SPDX-License-Identifier: GPL-3.0-or-later
// What lies under the sheets: a photo, or a starter picture to draw over.
#include "core/studio/canvas_parts.h"

#include <string.h>

static void put_pixel(uint32_t argb, uint16_t *to) {
  for (int k = 0; k < 4; k++) {
    const uint32_t byte = argb >> (k == 3 ? 24 : 16 - 8 * k) & 255;
    to[k] = tile_of_byte(byte);
  }
}

// Paper ends within its last tiles; there they stay transparent.
static uint32_t reach_of(uint32_t side, uint32_t from) {
  return side - from < TILE_SIDE ? side - from : TILE_SIDE;
}

static tile *cut_out(
  const easel *e, const uint32_t *argb, size_t stride_bytes, uint32_t index) {
  tile *t = tile_create();
  if (t == NULL) return NULL;
  const uint32_t left = index % e->across * TILE_SIDE,
                 top = index / e->across * TILE_SIDE;
  const uint32_t w = reach_of(e->width, left), h = reach_of(e->height, top);
  for (uint32_t y = 0; y < h; y++) {
    const void *row = (const char *)argb + (top + y) * stride_bytes;
    const uint32_t *from = (const uint32_t *)row + left;
    for (uint32_t x = 0; x < w; x++)
      put_pixel(from[x], t->rgba + 4 * (size_t)(y * TILE_SIDE + x));
  }
  return t;
}

static bool same(const tile *a, const tile *b) {
  if (a == NULL || b == NULL) return tile_is_clear(a) && tile_is_clear(b);
  return memcmp(a->rgba, b->rgba, sizeof a->rgba) == 0;
}

static result put_tile(easel *e, const uint32_t *argb, size_t stride, uint32_t index) {
  tile *t = argb == NULL ? NULL : cut_out(e, argb, stride, index);
  if (argb != NULL && t == NULL) return NO_MEMORY;
  if (same(t, easel_see(e, UNDER_SHEET, index))) {
    tile_release(t);
    return OK;
  }
  if (t != NULL && tile_is_clear(t)) {
    tile_release(t);
    t = NULL;
  }
  return easel_put(e, UNDER_SHEET, index, t);
}

result canvas_put_under(canvas *c, const uint32_t *argb, size_t stride_bytes) {
  if (canvas_in_stroke(c)) return NOT_NOW;
  easel *e = &c->easel;
  result r = easel_make_sheet(e, UNDER_SHEET);
  if (r != OK) return r;
  easel_begin(e);
  for (uint32_t i = 0; i < e->across * e->down && r == OK; i++)
    r = put_tile(e, argb, stride_bytes, i);
  if (r == OK) return easel_commit(e);
  easel_take_back(e);
  return r;
}

bool canvas_has_under(const canvas *c) {
  const easel *e = &c->easel;
  for (uint32_t i = 0; i < e->across * e->down; i++) {
    if (!tile_is_clear(easel_see(e, UNDER_SHEET, i))) return true;
  }
  return false;
}
