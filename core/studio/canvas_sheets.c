// SPDX-License-Identifier: GPL-3.0-or-later
// The sheets of a canvas one by one, for files that keep them apart.
#include "core/studio/canvas_parts.h"

#include <stdlib.h>

uint32_t canvas_sheet_count(const canvas *c) { return c->easel.stack.count; }

void canvas_see(const canvas *c, canvas_look *look) {
  const sheet_stack *s = &c->easel.stack;
  *look = (canvas_look){.sheets = s->count,
    .chosen = s->chosen + 1u,
    .paper = s->paper,
    .texture = (canvas_texture)s->texture};
  for (uint32_t i = 0; i < s->count; i++) {
    look->order[i] = (uint8_t)(s->order[i] + 1);
    look->hidden[i] = s->hidden[i];
    look->opacity[i] = s->opacity[i];
  }
}

uint32_t canvas_papers(const canvas *c) { return c->easel.album.count; }

uint32_t canvas_paper_here(const canvas *c) { return c->easel.album.lies + 1u; }

bool canvas_paper_is_bare(const canvas *c, uint32_t n) {
  const easel *e = &c->easel;
  const album_paper p = easel_paper(e, n - 1);
  return album_is_bare(&p, e->across * e->down);
}

typedef struct tile_span {
  uint32_t left, top, right, bottom; // tiles; right and bottom beyond the last
} tile_span;

static tile_span used(const easel *e, uint32_t sheet) {
  tile_span u = {.left = e->across, .top = e->down};
  for (uint32_t i = 0; i < e->across * e->down; i++) {
    if (tile_is_clear(easel_see(e, sheet, i))) continue;
    const uint32_t x = i % e->across, y = i / e->across;
    if (x < u.left) u.left = x;
    if (y < u.top) u.top = y;
    if (x >= u.right) u.right = x + 1;
    if (y >= u.bottom) u.bottom = y + 1;
  }
  return u;
}

static uint32_t at_most(uint32_t v, uint32_t most) { return v < most ? v : most; }

static canvas_rect pixels_of(const easel *e, tile_span u) {
  if (u.right == 0) return (canvas_rect){0};
  const uint32_t right = at_most(u.right * TILE_SIDE, e->width);
  const uint32_t bottom = at_most(u.bottom * TILE_SIDE, e->height);
  const uint32_t x = u.left * TILE_SIDE, y = u.top * TILE_SIDE;
  return (canvas_rect){
    (int32_t)x, (int32_t)y, (int32_t)(right - x), (int32_t)(bottom - y)};
}

static uint8_t straight(uint32_t colour, uint32_t alpha) {
  const uint32_t v = (colour * 255 + alpha / 2) / alpha;
  return (uint8_t)(v > 255 ? 255 : v);
}

static void put_pixel(const uint16_t *from, uint8_t *to) {
  const uint32_t alpha = from[3];
  for (int k = 0; k < 3; k++) to[k] = alpha ? straight(from[k], alpha) : 0;
  to[3] = (uint8_t)((alpha * 255 + TILE_ONE / 2) / TILE_ONE);
}

static void put_row(
  const easel *e, uint32_t sheet, canvas_rect r, int32_t y, uint8_t *to) {
  for (int32_t x = r.x; x < r.x + r.w; x++, to += 4) {
    const uint32_t index =
      (uint32_t)(y / TILE_SIDE) * e->across + (uint32_t)(x / TILE_SIDE);
    const tile *t = easel_see(e, sheet, index);
    if (t) put_pixel(t->rgba + 4 * (y % TILE_SIDE * TILE_SIDE + x % TILE_SIDE), to);
  }
}

static result see(const easel *e, uint32_t sheet, canvas_sheet_picture *p) {
  p->where = pixels_of(e, used(e, sheet));
  if (p->where.w == 0) return OK;
  p->rgba = calloc((size_t)p->where.w * (size_t)p->where.h, 4);
  if (!p->rgba) return NO_MEMORY;
  for (int32_t y = 0; y < p->where.h; y++)
    put_row(
      e, sheet, p->where, p->where.y + y, p->rgba + (size_t)y * (size_t)p->where.w * 4);
  return OK;
}

result canvas_see_under(const canvas *c, canvas_sheet_picture *p) {
  *p = (canvas_sheet_picture){.opacity = 100};
  return see(&c->easel, UNDER_SHEET, p);
}

result canvas_see_sheet(const canvas *c, uint32_t place, canvas_sheet_picture *p) {
  const easel *e = &c->easel;
  *p = (canvas_sheet_picture){0};
  if (place >= e->stack.count) return NOT_FOUND;
  const uint32_t sheet = e->stack.order[place];
  p->number = sheet + 1;
  p->hidden = e->stack.hidden[sheet];
  p->opacity = e->stack.opacity[sheet];
  return see(e, sheet, p);
}
