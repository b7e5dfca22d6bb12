// SPDX-License-Identifier: GPL-3.0-or-later
// The canvas as a picture, and as a hash.
#include "core/studio/canvas_parts.h"

#include <string.h>

typedef struct pixel {
  uint32_t red, green, blue; // 0..TILE_ONE
} pixel;

static pixel paper_pixel(uint32_t rgb) {
  return (pixel){.red = ((rgb >> 16 & 255) * TILE_ONE + 127) / 255,
    .green = ((rgb >> 8 & 255) * TILE_ONE + 127) / 255,
    .blue = ((rgb & 255) * TILE_ONE + 127) / 255};
}

static inline uint32_t byte_of(uint32_t v) { return (v * 255 + TILE_ONE / 2) / TILE_ONE; }

static inline uint32_t over(uint32_t below, uint32_t colour, uint32_t alpha) {
  return colour + below * (TILE_ONE - alpha) / TILE_ONE;
}

// A row of the tiles that can be seen at one place, lowest first: what lies underneath, the
// sheets.
typedef struct pile {
  const uint16_t *rows[SHEETS_ALL];
  uint32_t strength[SHEETS_ALL]; // 0..TILE_ONE
  uint32_t count;
  bool faded;                     // one of them is not at its full strength
  uint16_t bitten[TILE_SIDE * 4]; // of what is being painted: what the paper takes
} pile;

// Where a row of a tile lies.
typedef struct row_place {
  uint32_t index; // of the tile
  uint32_t x, y;  // of its first pixel, on the paper
} row_place;

static const uint16_t *row_of(const tile *t, const row_place *at) {
  return t == NULL ? NULL : t->rgba + (size_t)(at->y % TILE_SIDE) * TILE_SIDE * 4;
}

// What is being painted shows as it will stay.
static const uint16_t *row_of_sheet(
  const easel *e, uint32_t sheet, const row_place *at, uint16_t *bitten) {
  const tile *painted = easel_shown(e, sheet, at->index);
  const uint16_t *row = row_of(painted, at);
  const tile *before = e->tooth.grain ? easel_before(e, sheet, at->index) : painted;
  if (painted == before || row == NULL) return row;
  memcpy(bitten, row, sizeof *bitten * TILE_SIDE * 4);
  tooth_bite(&e->tooth, row_of(before, at), bitten, at->x, at->y, TILE_SIDE);
  return bitten;
}

static void pile_add(pile *p, const uint16_t *row, uint32_t percent) {
  if (row == NULL || percent == 0) return;
  p->faded = p->faded || percent < 100;
  p->strength[p->count] = percent * TILE_ONE / 100;
  p->rows[p->count++] = row;
}

// One sheet at most is being painted on.
static void pile_at(const easel *e, const row_place *at, pile *p) {
  p->count = 0;
  p->faded = false;
  pile_add(p, row_of(easel_see(e, UNDER_SHEET, at->index), at), 100);
  for (uint32_t i = 0; i < e->stack.count; i++) {
    const uint32_t sheet = e->stack.order[i];
    if (e->stack.hidden[sheet]) continue;
    pile_add(p, row_of_sheet(e, sheet, at, p->bitten), e->stack.opacity[sheet]);
  }
}

static inline uint32_t shown(pixel p) {
  return byte_of(p.red) << 16 | byte_of(p.green) << 8 | byte_of(p.blue);
}

static inline uint32_t composed(const pile *p, pixel below, uint32_t at) {
  for (uint32_t i = 0; i < p->count; i++) {
    const uint16_t *c = p->rows[i] + 4 * at;
    below.red = over(below.red, c[0], c[3]);
    below.green = over(below.green, c[1], c[3]);
    below.blue = over(below.blue, c[2], c[3]);
  }
  return shown(below);
}

static inline uint32_t composed_faded(const pile *p, pixel below, uint32_t at) {
  for (uint32_t i = 0; i < p->count; i++) {
    const uint16_t *c = p->rows[i] + 4 * at;
    const uint32_t strength = p->strength[i], alpha = c[3] * strength / TILE_ONE;
    below.red = over(below.red, c[0] * strength / TILE_ONE, alpha);
    below.green = over(below.green, c[1] * strength / TILE_ONE, alpha);
    below.blue = over(below.blue, c[2] * strength / TILE_ONE, alpha);
  }
  return shown(below);
}

static inline uint32_t lit(uint32_t colour, int32_t light) {
  const int32_t v = (int32_t)colour + light;
  return v < 0 ? 0 : v > TILE_ONE ? TILE_ONE : (uint32_t)v;
}

// The paper itself, with the light on its grain.
static inline pixel ground(pixel paper, int32_t light) {
  return (pixel){lit(paper.red, light), lit(paper.green, light), lit(paper.blue, light)};
}

typedef struct row_span {
  uint32_t first, n;
} row_span;

// n pixels of the row from `first` on.
static void compose_grained(
  const canvas *c, const pile *p, const row_place *at, row_span s, uint32_t *xrgb) {
  const pixel paper = paper_pixel(c->easel.stack.paper);
  const int16_t *light = grain_light(canvas_grain(c), at->y);
  for (uint32_t i = s.first; i < s.first + s.n; i++) {
    const pixel below = ground(paper, light[(at->x + i) % GRAIN_SIDE]);
    *xrgb++ = p->faded ? composed_faded(p, below, i) : composed(p, below, i);
  }
}

static void compose_row(
  const pile *p, uint32_t paper, uint32_t first, uint32_t n, uint32_t *xrgb) {
  if (p->count == 0) {
    for (uint32_t i = 0; i < n; i++) xrgb[i] = paper;
    return;
  }
  pixel below = paper_pixel(paper);
  for (uint32_t i = 0; i < n && p->faded; i++)
    xrgb[i] = composed_faded(p, below, first + i);
  for (uint32_t i = 0; i < n && !p->faded; i++) xrgb[i] = composed(p, below, first + i);
}

static canvas_rect clipped(const easel *e, canvas_rect r) {
  int64_t x0 = r.x > 0 ? r.x : 0, y0 = r.y > 0 ? r.y : 0;
  int64_t x1 = (int64_t)r.x + r.w, y1 = (int64_t)r.y + r.h;
  if (x1 > e->width) x1 = e->width;
  if (y1 > e->height) y1 = e->height;
  if (x1 <= x0 || y1 <= y0) return (canvas_rect){0};
  return (canvas_rect){(int32_t)x0, (int32_t)y0, (int32_t)(x1 - x0), (int32_t)(y1 - y0)};
}

static void render_span(
  const canvas *c, uint32_t x, uint32_t y, uint32_t n, uint32_t *to) {
  const easel *e = &c->easel;
  const row_place at = {.index = y / TILE_SIDE * e->across + x / TILE_SIDE,
    .x = x / TILE_SIDE * TILE_SIDE,
    .y = y};
  pile p;
  pile_at(e, &at, &p);
  if (canvas_grain(c) == NULL)
    compose_row(&p, e->stack.paper, x % TILE_SIDE, n, to);
  else
    compose_grained(c, &p, &at, (row_span){x % TILE_SIDE, n}, to);
}

void canvas_render(
  const canvas *c, canvas_rect rect, uint32_t *xrgb, size_t stride_bytes) {
  const canvas_rect r = clipped(&c->easel, rect);
  for (int32_t y = r.y; y < r.y + r.h; y++) {
    uint32_t *row =
      (uint32_t *)(void *)((char *)xrgb + (size_t)(y - rect.y) * stride_bytes);
    for (int32_t x = r.x; x < r.x + r.w;) {
      int32_t n = TILE_SIDE - x % TILE_SIDE;
      if (n > r.x + r.w - x) n = r.x + r.w - x;
      render_span(c, (uint32_t)x, (uint32_t)y, (uint32_t)n, row + (x - rect.x));
      x += n;
    }
  }
}

void canvas_paper_picture(const canvas *c, uint8_t *rgba) {
  const pixel paper = paper_pixel(c->easel.stack.paper);
  const grain *g = canvas_grain(c);
  for (uint32_t y = 0; y < c->easel.height; y++) {
    const int16_t *light = g == NULL ? NULL : grain_light(g, y);
    for (uint32_t x = 0; x < c->easel.width; x++, rgba += 4) {
      const uint32_t rgb =
        shown(light == NULL ? paper : ground(paper, light[x % GRAIN_SIDE]));
      rgba[0] = (uint8_t)(rgb >> 16);
      rgba[1] = (uint8_t)(rgb >> 8);
      rgba[2] = (uint8_t)rgb;
      rgba[3] = 255;
    }
  }
}

void canvas_picture(const canvas *c, uint8_t *rgba) {
  uint32_t row[CANVAS_SIDE_MAX];
  uint32_t width = c->easel.width;
  for (uint32_t y = 0; y < c->easel.height; y++) {
    canvas_render(c, (canvas_rect){0, (int32_t)y, (int32_t)width, 1}, row, sizeof row);
    for (uint32_t x = 0; x < width; x++, rgba += 4) {
      rgba[0] = (uint8_t)(row[x] >> 16);
      rgba[1] = (uint8_t)(row[x] >> 8);
      rgba[2] = (uint8_t)row[x];
      rgba[3] = 255;
    }
  }
}

static uint64_t stirred(uint64_t hash, uint64_t value) {
  hash = (hash ^ value) * 0x9E3779B97F4A7C15u;
  return hash ^ hash >> 29;
}

// In four parts, which a processor works on at once.
static uint64_t hash_tile(uint64_t hash, const tile *t) {
  uint64_t parts[4] = {hash, 1, 2, 3};
  for (size_t i = 0; i < TILE_PIXELS; i += 4) {
    uint64_t rgba[4];
    memcpy(rgba, t->rgba + 4 * i, sizeof rgba);
    for (int k = 0; k < 4; k++) parts[k] = stirred(parts[k], rgba[k]);
  }
  return stirred(stirred(parts[0], parts[1]), stirred(parts[2], parts[3]));
}

static uint64_t hash_tiles(uint64_t hash, tile *const *sheet, uint32_t tiles) {
  for (uint32_t i = 0; sheet != NULL && i < tiles; i++) {
    if (!tile_is_clear(sheet[i])) hash = hash_tile(stirred(hash, i), sheet[i]);
  }
  return hash;
}

static uint64_t hash_paper(uint64_t hash, const album_paper *p, uint32_t tiles) {
  const sheet_stack *s = &p->stack;
  hash = stirred(hash, (uint64_t)s->texture << 32 | s->paper);
  for (uint32_t place = 0; place < s->count; place++) {
    const uint32_t sheet = s->order[place];
    const uint64_t looks = (uint64_t)s->opacity[sheet] << 8 | s->hidden[sheet];
    hash =
      hash_tiles(stirred(hash, (uint64_t)sheet << 16 | looks), p->tiles[sheet], tiles);
  }
  return hash_tiles(stirred(hash, UNDER_SHEET), p->tiles[UNDER_SHEET], tiles);
}

uint64_t canvas_hash(const canvas *c) {
  const easel *e = &c->easel;
  uint64_t hash = stirred((uint64_t)e->width << 32 | e->height, e->album.lies);
  for (uint32_t n = 0; n < e->album.count; n++) {
    const album_paper p = easel_paper(e, n);
    hash = hash_paper(hash, &p, e->across * e->down);
  }
  return hash;
}
