// SPDX-License-Identifier: GPL-3.0-or-later
// Filling a shape with colour: as far as the picture looks alike, and not through gaps in the
// lines around it. What looks alike is shrunk by half of a gap, so that it falls apart where it
// is narrow; the piece that was touched grows back by as much. Of what is left the other
// pieces take all that they reach without crossing it; the rest is narrow and leads nowhere
// else, corners above all, and is filled too.
#include "core/studio/bits.h"
#include "core/studio/canvas_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const int alike_within = 24;   // of 255, in each channel
static const float half_gap = 4.0f;   // units: a gap of twice as much is closed
static const float soft_edge = 14.0f; // units: as far the colour fades beneath a line
enum { HALF_GAP_MOST = 24, SOFT_EDGE_MOST = 36, SOFT_EDGE_LEAST = 2, SPECK = 2 };
enum { LEVEL_BITS = 4, LEVEL_MOST = (1 << LEVEL_BITS) - 1 };

typedef struct fill {
  const canvas *of;
  uint32_t x, y;          // that was touched
  bits alike;             // looks as it does there
  bits shape;             // what is filled
  bits under;             // lines around it, beneath which the colour goes
  bits others;            // pieces that were not touched
  bits ring;              // of the lines, what was reached last
  bits level[LEVEL_BITS]; // how much colour goes beneath a line there, up to LEVEL_MOST
} fill;

enum { FILL_BITS = 5 + LEVEL_BITS };

static void list_bits(fill *f, bits *list[FILL_BITS]) {
  bits *const first[] = {&f->alike, &f->shape, &f->under, &f->others, &f->ring};
  for (size_t i = 0; i < FILL_BITS; i++) list[i] = i < 5 ? first[i] : &f->level[i - 5];
}

static void fill_finish(fill *f) {
  bits *all[FILL_BITS];
  list_bits(f, all);
  for (size_t i = 0; i < FILL_BITS; i++) bits_finish(all[i]);
}

static result fill_init(fill *f, const canvas *c, uint32_t x, uint32_t y) {
  *f = (fill){.of = c, .x = x, .y = y};
  bits *all[FILL_BITS];
  list_bits(f, all);
  result r = OK;
  for (size_t i = 0; i < FILL_BITS && r == OK; i++)
    r = bits_init(all[i], c->easel.width, c->easel.height);
  return r;
}

// ---- What looks alike ----------------------------------------------------------------

static uint64_t differs(uint32_t a, uint32_t b, int shift) {
  const int d = (int)(a >> shift & 255) - (int)(b >> shift & 255);
  return d > alike_within || d < -alike_within;
}

// Mostly they are all the same.
static bool is_even(const uint32_t *pixels, uint32_t n) {
  return memcmp(pixels, pixels + 1, (n - 1) * sizeof *pixels) == 0;
}

static uint64_t is_alike(uint32_t pixel, uint32_t wanted) {
  return 1 ^
    (differs(pixel, wanted, 0) | differs(pixel, wanted, 8) | differs(pixel, wanted, 16));
}

// From 1 to 64 pixels.
static uint64_t alike_row(const uint32_t *pixels, uint32_t n, uint32_t wanted) {
  uint64_t word = 0;
  if (is_even(pixels, n)) return is_alike(pixels[0], wanted) ? UINT64_MAX >> (64 - n) : 0;
  for (uint32_t i = 0; i < n; i++) {
    word |= is_alike(pixels[i], wanted) << i;
  }
  return word;
}

static uint32_t seen_at(const canvas *c, uint32_t x, uint32_t y) {
  uint32_t pixel = 0;
  canvas_render(c, (canvas_rect){(int32_t)x, (int32_t)y, 1, 1}, &pixel, sizeof pixel);
  return pixel;
}

static uint32_t within_tile(uint32_t n) { return n < TILE_SIDE ? n : TILE_SIDE; }

// A word of a row is a row of a tile.
static void find_alike_in(fill *f, uint32_t left, uint32_t top, uint32_t wanted) {
  uint32_t seen[TILE_SIDE * TILE_SIDE];
  const uint32_t w = within_tile(f->alike.width - left);
  const uint32_t h = within_tile(f->alike.height - top);
  canvas_render(f->of, (canvas_rect){(int32_t)left, (int32_t)top, (int32_t)w, (int32_t)h},
    seen, TILE_SIDE * sizeof *seen);
  for (uint32_t y = 0; y < h; y++) {
    const size_t word = (size_t)(top + y) * f->alike.across + left / TILE_SIDE;
    f->alike.words[word] = alike_row(seen + (size_t)y * TILE_SIDE, w, wanted);
  }
}

static void find_alike(fill *f) {
  const uint32_t wanted = seen_at(f->of, f->x, f->y);
  for (uint32_t y = 0; y < f->alike.height; y += TILE_SIDE) {
    for (uint32_t x = 0; x < f->alike.width; x += TILE_SIDE)
      find_alike_in(f, x, y, wanted);
  }
}

// ---- The shape -----------------------------------------------------------------------

// Shrinks what is alike as far as the place that was touched stays in it: into `under` for
// the time being. Returns by how much.
static result shrink(fill *f, uint32_t *by) {
  const float wish = half_gap * f->of->scale;
  *by = wish < HALF_GAP_MOST ? (uint32_t)lroundf(wish) : HALF_GAP_MOST;
  for (;; --*by) {
    bits_copy(&f->under, &f->alike);
    const result r = bits_shrink(&f->under, *by);
    if (r != OK || *by == 0 || bits_has(&f->under, f->x, f->y)) return r;
  }
}

static result grow_back(bits *b, const bits *within, uint32_t by) {
  result r = OK;
  for (uint32_t i = 0; i < by && r == OK; i++) r = bits_grow(b, within);
  return r;
}

// What looks alike and is not reached by the others is the shape's.
static result take_nooks(fill *f) {
  bits_take_off(&f->alike, &f->shape);
  bits_take_off(&f->others, &f->shape);
  const result r = bits_flood(&f->others, &f->alike);
  bits_take_off(&f->alike, &f->others);
  bits_add(&f->alike, &f->shape);
  return r == OK ? bits_flood(&f->shape, &f->alike) : r;
}

// Pieces that are somewhere as broad as two gaps: smaller ones are chambers of the shape.
static result find_others(fill *f, uint32_t by) {
  bits_copy(&f->others, &f->alike);
  const result r = bits_shrink(&f->others, 2 * by);
  bits_take_off(&f->others, &f->shape);
  return r == OK ? bits_flood(&f->others, &f->under) : r;
}

static result find_shape(fill *f) {
  uint32_t by = 0;
  result r = shrink(f, &by);
  bits_set(&f->shape, f->x, f->y);
  if (r == OK) r = bits_flood(&f->shape, &f->under);
  if (r == OK) r = find_others(f, by);
  if (r == OK) r = grow_back(&f->shape, &f->alike, by);
  if (r == OK) r = take_nooks(f);
  return r;
}

static uint32_t soft_edge_of(const canvas *c) {
  const float wish = soft_edge * c->scale;
  if (wish > SOFT_EDGE_MOST) return SOFT_EDGE_MOST;
  return wish > SOFT_EDGE_LEAST ? (uint32_t)lroundf(wish) : SOFT_EDGE_LEAST;
}

// A pixel further beneath the lines.
static result reach_under(fill *f, uint32_t level) {
  bits_copy(&f->ring, &f->alike);
  const result r = bits_grow(&f->under, &f->alike);
  bits_take_off(&f->alike, &f->under);
  bits_take_off(&f->ring, &f->alike);
  for (uint32_t i = 0; i < LEVEL_BITS; i++)
    if (level >> i & 1) bits_add(&f->level[i], &f->ring);
  return r;
}

// The colour fades beneath what was painted softly. What looks alike and is not filled grows
// there at the same pace: so the colour ends in the middle of a thin line, and never comes out
// on its far side. Specks of the paper in a brush's stroke are of the stroke.
static result find_under(fill *f, const bits *alike) {
  bits_copy(&f->under, &f->shape);
  bits_copy(&f->others, alike);
  bits_take_off(&f->others, &f->shape);
  result r = bits_shrink(&f->others, SPECK);
  if (r == OK) r = grow_back(&f->others, alike, SPECK);
  bits_copy(&f->alike, &f->others);
  bits_add(&f->alike, &f->shape);
  bits_turn_over(&f->alike); // the lines, as far as neither has come
  const uint32_t steps = soft_edge_of(f->of);
  for (uint32_t i = steps; i > 0 && r == OK && !bits_are_none(&f->alike); i--) {
    r = reach_under(f, (LEVEL_MOST * i + steps - 1) / steps);
    if (r == OK) r = bits_grow(&f->others, &f->alike);
    bits_take_off(&f->alike, &f->others);
  }
  bits_take_off(&f->under, &f->shape);
  return r;
}

static result find_area(fill *f) {
  bits alike;
  result r = bits_init(&alike, f->alike.width, f->alike.height);
  if (r != OK) return r;
  find_alike(f);
  bits_copy(&alike, &f->alike);
  r = find_shape(f);
  if (r == OK) r = find_under(f, &alike);
  bits_finish(&alike);
  return r;
}

// ---- Colour --------------------------------------------------------------------------

typedef struct paint {
  easel *easel;
  uint16_t rgba[4];
  tile *full; // all of that colour
} paint;

static void put_over(uint16_t *p, const uint16_t rgba[4]) {
  for (int i = 0; i < 4; i++) p[i] = rgba[i];
}

static void put_beneath(uint16_t *p, const uint16_t rgba[4], uint32_t level) {
  const uint32_t room = (TILE_ONE - p[3]) * level / LEVEL_MOST;
  for (int i = 0; i < 4; i++) {
    const uint32_t v = p[i] + room * rgba[i] / TILE_ONE;
    p[i] = (uint16_t)(v < TILE_MOST ? v : TILE_MOST);
  }
}

static uint32_t level_at(const fill *f, size_t word, uint32_t x) {
  uint32_t level = 0;
  for (uint32_t i = 0; i < LEVEL_BITS; i++)
    level |= (uint32_t)(f->level[i].words[word] >> x & 1) << i;
  return level;
}

static void colour_row(uint16_t *row, const fill *f, size_t word, const paint *p) {
  const uint64_t whole = f->shape.words[word], beneath = f->under.words[word];
  for (uint32_t x = 0; x < TILE_SIDE && (whole | beneath); x++) {
    if (whole >> x & 1)
      put_over(row + 4 * x, p->rgba);
    else if (beneath >> x & 1)
      put_beneath(row + 4 * x, p->rgba, level_at(f, word, x));
  }
}

// Of a tile: the rows of a word each, its first and how many; and how many pixels of a row lie
// on the paper.
typedef struct strip {
  uint32_t first, rows, columns;
} strip;

static strip strip_of(const fill *f, uint32_t index) {
  const uint32_t across = f->shape.across, top = index / across * TILE_SIDE;
  const uint32_t left = index % across * TILE_SIDE;
  return (strip){.first = top * across + index % across,
    .rows = within_tile(f->shape.height - top),
    .columns = within_tile(f->shape.width - left)};
}

static void look_at(const fill *f, strip s, uint64_t *any, uint64_t *all) {
  *any = 0;
  *all = UINT64_MAX;
  for (uint32_t i = 0; i < s.rows; i++) {
    const size_t at = s.first + (size_t)i * f->shape.across;
    *any |= f->shape.words[at] | f->under.words[at];
    *all &= f->shape.words[at];
  }
  if (s.rows < TILE_SIDE) *all = 0;
}

static result colour_tile(const fill *f, paint *p, uint32_t index) {
  const strip s = strip_of(f, index);
  const uint32_t sheet = p->easel->stack.chosen;
  uint64_t any, all;
  look_at(f, s, &any, &all);
  if (any == 0) return OK;
  if (all == UINT64_MAX) return easel_put(p->easel, sheet, index, tile_share(p->full));
  tile *t = easel_touch(p->easel, sheet, index);
  if (t == NULL) return NO_MEMORY;
  for (uint32_t i = 0; i < s.rows; i++) {
    const size_t at = s.first + (size_t)i * f->shape.across;
    colour_row(t->rgba + (size_t)4 * TILE_SIDE * i, f, at, p);
  }
  easel_note(p->easel, index, 0, 0, (int)s.columns, (int)s.rows);
  return OK;
}

static result colour_area(canvas *c, const fill *f) {
  paint p = {.easel = &c->easel, .rgba = {0, 0, 0, TILE_MOST}, .full = tile_create()};
  if (p.full == NULL) return NO_MEMORY;
  for (int i = 0; i < 3; i++) {
    const uint32_t v = (c->tools.rgb >> (16 - 8 * i) & 255) * TILE_ONE / 255;
    p.rgba[i] = (uint16_t)(v < TILE_MOST ? v : TILE_MOST);
  }
  for (uint32_t i = 0; i < TILE_PIXELS; i++) put_over(p.full->rgba + 4 * i, p.rgba);
  result r = OK;
  for (uint32_t i = 0; i < c->easel.across * c->easel.down && r == OK; i++)
    r = colour_tile(f, &p, i);
  tile_release(p.full);
  return r;
}

// Whole or not at all.
static result make_step(canvas *c, const fill *f) {
  easel_begin(&c->easel);
  const result r = colour_area(c, f);
  if (r == OK) return easel_commit(&c->easel);
  easel_take_back(&c->easel);
  return r;
}

static result fill_at(canvas *c, uint32_t x, uint32_t y) {
  fill f;
  result r = fill_init(&f, c, x, y);
  if (r == OK) r = find_area(&f);
  if (r == OK) r = make_step(c, &f);
  fill_finish(&f);
  return r;
}

result canvas_fill(canvas *c, float x, float y) {
  if (canvas_in_stroke(c)) return NOT_NOW;
  const float px = floorf(x * c->scale), py = floorf(y * c->scale);
  if (!(px >= 0.0f && py >= 0.0f)) return OK;
  if (!(px < (float)c->easel.width && py < (float)c->easel.height)) return OK;
  return fill_at(c, (uint32_t)px, (uint32_t)py);
}
