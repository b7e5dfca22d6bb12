// SPDX-License-Identifier: GPL-3.0-or-later
// The canvas as a picture.
#include "core/studio/canvas_parts.h"
#include "core/studio/compose.h"

#include <string.h>

// A tile that lies over others. One sheet at most is being painted on: of what came there
// since `before` the paper takes only a part.
typedef struct layer {
  const tile *tile, *before;
  uint32_t percent;
  bool bitten;
} layer;

// The tiles that can be seen at one place, lowest first: what lies underneath, the sheets.
typedef struct pile {
  layer layers[SHEETS_ALL];
  uint32_t count;
} pile;

// What is being painted shows as it will stay.
static layer layer_of(const easel *e, uint32_t sheet, uint32_t index) {
  layer l = {.tile = easel_shown(e, sheet, index), .percent = e->stack.opacity[sheet]};
  l.before = e->tooth.grain == NULL ? l.tile : easel_before(e, sheet, index);
  l.bitten = l.before != l.tile;
  return l;
}

static void pile_up(const easel *e, uint32_t index, pile *p) {
  const tile *under = easel_see(e, UNDER_SHEET, index);
  p->count = 0;
  if (under != NULL) p->layers[p->count++] = (layer){.tile = under, .percent = 100};
  for (uint32_t i = 0; i < e->stack.count; i++) {
    const uint32_t sheet = e->stack.order[i];
    if (e->stack.hidden[sheet] || e->stack.opacity[sheet] == 0) continue;
    const layer l = layer_of(e, sheet, index);
    if (l.tile != NULL) p->layers[p->count++] = l;
  }
}

// Where the row of a tile begins, on the paper.
typedef struct row_place {
  uint32_t x, y;
} row_place;

static const uint16_t *row_of(const tile *t, row_place at) {
  return t == NULL ? NULL : t->rgba + (size_t)(at.y % TILE_SIDE) * TILE_SIDE * 4;
}

static void lay_paper(const canvas *c, row_place at, compose_row *row) {
  const grain *g = canvas_grain(c);
  const int16_t *light = g == NULL ? NULL : grain_light(g, at.y) + at.x % GRAIN_SIDE;
  compose_ground(row, c->easel.stack.paper, light);
}

static void lay_bitten(const easel *e, const layer *l, row_place at, compose_row *row) {
  uint16_t taken[TILE_SIDE * 4];
  const uint32_t from = row->from;
  const uint16_t *before = row_of(l->before, at);
  memcpy(taken, row_of(l->tile, at), sizeof taken);
  tooth_bite(&e->tooth, before == NULL ? NULL : before + 4 * from, taken + 4 * from,
    at.x + from, at.y, row->to - from);
  compose_over(row, taken, l->percent);
}

static void see_row(const canvas *c, const pile *p, row_place at, compose_row *row) {
  lay_paper(c, at, row);
  for (uint32_t i = 0; i < p->count; i++) {
    const layer *l = &p->layers[i];
    if (l->bitten)
      lay_bitten(&c->easel, l, at, row);
    else
      compose_over(row, row_of(l->tile, at), l->percent);
  }
}

static canvas_rect clipped(const easel *e, canvas_rect r) {
  int64_t x0 = r.x > 0 ? r.x : 0, y0 = r.y > 0 ? r.y : 0;
  int64_t x1 = (int64_t)r.x + r.w, y1 = (int64_t)r.y + r.h;
  if (x1 > e->width) x1 = e->width;
  if (y1 > e->height) y1 = e->height;
  if (x1 <= x0 || y1 <= y0) return (canvas_rect){0};
  return (canvas_rect){(int32_t)x0, (int32_t)y0, (int32_t)(x1 - x0), (int32_t)(y1 - y0)};
}

static uint32_t *row_at(uint32_t *xrgb, uint32_t down, size_t stride_bytes) {
  return (uint32_t *)(void *)((char *)xrgb + down * stride_bytes);
}

// `r` lies within one tile.
static void render_within(const canvas *c, canvas_rect r, uint32_t *xrgb, size_t stride) {
  const easel *e = &c->easel;
  const uint32_t x = (uint32_t)r.x, y = (uint32_t)r.y;
  compose_row row;
  pile p;
  pile_up(e, y / TILE_SIDE * e->across + x / TILE_SIDE, &p);
  row.from = x % TILE_SIDE;
  row.to = row.from + (uint32_t)r.w;
  for (uint32_t i = 0; i < (uint32_t)r.h; i++) {
    see_row(c, &p, (row_place){x - row.from, y + i}, &row);
    compose_show(&row, row_at(xrgb, i, stride));
  }
}

// From v to the end of the tile that it is in, or to `end`.
static int32_t within_tile(int32_t v, int32_t end) {
  const int32_t n = TILE_SIDE - v % TILE_SIDE;
  return n < end - v ? n : end - v;
}

void canvas_render(
  const canvas *c, canvas_rect rect, uint32_t *xrgb, size_t stride_bytes) {
  const canvas_rect r = clipped(&c->easel, rect);
  canvas_rect part = {.y = r.y};
  for (; part.y < r.y + r.h; part.y += part.h) {
    uint32_t *row = row_at(xrgb, (uint32_t)(part.y - rect.y), stride_bytes);
    part.h = within_tile(part.y, r.y + r.h);
    for (part.x = r.x; part.x < r.x + r.w; part.x += part.w) {
      part.w = within_tile(part.x, r.x + r.w);
      render_within(c, part, row + (part.x - rect.x), stride_bytes);
    }
  }
}

static void rgba_of(const uint32_t *xrgb, uint32_t n, uint8_t *rgba) {
  for (uint32_t x = 0; x < n; x++, rgba += 4) {
    rgba[0] = (uint8_t)(xrgb[x] >> 16);
    rgba[1] = (uint8_t)(xrgb[x] >> 8);
    rgba[2] = (uint8_t)xrgb[x];
    rgba[3] = 255;
  }
}

void canvas_paper_picture(const canvas *c, uint8_t *rgba) {
  const easel *e = &c->easel;
  uint32_t shown[TILE_SIDE];
  for (uint32_t y = 0; y < e->height; y++) {
    for (uint32_t x = 0; x < e->width; x += TILE_SIDE) {
      compose_row row;
      row.from = 0;
      row.to = (uint32_t)within_tile((int32_t)x, (int32_t)e->width);
      lay_paper(c, (row_place){x, y}, &row);
      compose_show(&row, shown);
      rgba_of(shown, row.to, rgba);
      rgba += 4 * row.to;
    }
  }
}

void canvas_picture(const canvas *c, uint8_t *rgba) {
  uint32_t row[CANVAS_SIDE_MAX];
  const uint32_t width = c->easel.width;
  for (uint32_t y = 0; y < c->easel.height; y++, rgba += 4 * (size_t)width) {
    canvas_render(c, (canvas_rect){0, (int32_t)y, (int32_t)width, 1}, row, sizeof row);
    rgba_of(row, width, rgba);
  }
}
