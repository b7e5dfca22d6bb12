// SPDX-License-Identifier: GPL-3.0-or-later
// A count of flashes that knows nothing of core/light: pictures in order, each given as rows of
// blocks of linear light, and what share of the blocks of any field flashed more than three
// times in one second. A field is a third of the picture's width by a third of its height,
// wherever it lies (WCAG 2.2 in 2.3.1: 341 x 256 pixels of 1024 x 768; a quarter is allowed).
// What a picture changes came at some moment between two (that of a look and that of the one
// before it); changes count as within a second if they were, wherever between they came.
#ifndef GESTO_TESTS_LIGHT_COUNT_H
#define GESTO_TESTS_LIGHT_COUNT_H

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

enum { LIGHT_KEPT = 64 };
enum { LIGHT_MOST = 6 }; // opposing changes: three flashes

typedef struct light_span { // seconds
  double from, until;
} light_span;

typedef struct light_turns { // of one value
  double low, high;          // since the last turn
  bool low_pure, high_pure;  // a saturated red stood there
  int way;
  double times[LIGHT_KEPT]; // seconds, the earliest that each may have come; a ring
  int count, worst;
} light_turns;

typedef struct light_block {
  light_turns general, red;
} light_block;

typedef struct light_count {
  int columns, rows, blocks;
  int field_columns, field_rows;
  bool begun;
  double share[2];    // the worst of any field in any second: general, red
  double worst_at;    // when that was, in seconds of the pictures' time
  int *sums;          // of one look: blocks that are over, left of and above each
  light_block *block; // one more, the last, is the mean of all
} light_count;

typedef struct light_rgb { // linear, 0..1
  double r, g, b;
} light_rgb;

static inline double light_linear(int byte) {
  const double c = byte / 255.0;
  return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static inline light_count light_count_of(int columns, int rows) {
  light_count c = {.columns = columns, .rows = rows, .blocks = columns * rows};
  c.field_columns = columns >= 3 ? columns / 3 : 1;
  c.field_rows = rows >= 3 ? rows / 3 : 1;
  c.block = calloc((size_t)c.blocks + 1, sizeof *c.block);
  c.sums = calloc((size_t)(columns + 1) * (size_t)(rows + 1), sizeof *c.sums);
  if (!c.block || !c.sums) abort();
  return c;
}

static inline void light_count_finish(light_count *c) {
  free(c->block);
  free(c->sums);
}

static inline void light_turn(light_turns *t, int way, light_span at) {
  t->way = way;
  t->times[t->count++ % LIGHT_KEPT] = at.from;
  int within = 0;
  for (int i = t->count - 1; i >= 0 && i > t->count - LIGHT_KEPT; i--)
    if (at.until - t->times[i % LIGHT_KEPT] <= 1.0) within++;
  if (within > t->worst) t->worst = within;
}

static inline bool light_is_over(const light_turns *t, light_span at) {
  if (t->count <= LIGHT_MOST) return false;
  return at.until - t->times[(t->count - LIGHT_MOST - 1) % LIGHT_KEPT] <= 1.0;
}

// Both ends are followed; the one that is left behind by `step` makes a turn.
static inline void light_value(light_turns *t, double v, bool pure, double step,
  double darker, bool red, light_span at) {
  if (v > t->high) {
    t->high = v;
    t->high_pure = pure;
  }
  if (v < t->low) {
    t->low = v;
    t->low_pure = pure;
  }
  const bool up = v - t->low >= step && t->low < darker && (!red || pure || t->low_pure);
  const bool down = t->high - v >= step && v < darker && (!red || pure || t->high_pure);
  if (up && t->way != 1)
    light_turn(t, 1, at);
  else if (down && t->way != -1)
    light_turn(t, -1, at);
  else
    return;
  t->low = t->high = v;
  t->low_pure = t->high_pure = pure;
}

static inline void light_show_block(
  light_block *b, light_rgb c, bool begun, light_span at) {
  const double luminance = 0.2126 * c.r + 0.7152 * c.g + 0.0722 * c.b;
  const double red = fmax(0, c.r - c.g - c.b) * 320;
  const bool pure = c.r > 0 && c.r / (c.r + c.g + c.b) >= 0.8;
  if (!begun) {
    b->general.low = b->general.high = luminance;
    b->red.low = b->red.high = red;
    b->red.low_pure = b->red.high_pure = pure;
    return;
  }
  light_value(&b->general, luminance, false, 0.1, 0.8, false, at);
  light_value(&b->red, red, pure, 20.0001, 1e9, true, at);
}

// The worst share of any field, of the blocks that flashed too often within this second.
static inline double light_worst_field(light_count *c, bool red, light_span at) {
  const int across = c->columns + 1;
  double worst = 0;
  for (int y = 0; y < c->rows; y++)
    for (int x = 0, row = 0; x < c->columns; x++) {
      const light_block *b = &c->block[y * c->columns + x];
      row += light_is_over(red ? &b->red : &b->general, at);
      c->sums[(y + 1) * across + x + 1] = c->sums[y * across + x + 1] + row;
    }
  for (int y = 0; y + c->field_rows <= c->rows; y++)
    for (int x = 0; x + c->field_columns <= c->columns; x++) {
      const int *top = &c->sums[y * across + x];
      const int *bottom = top + c->field_rows * across;
      const int over =
        bottom[c->field_columns] - bottom[0] - top[c->field_columns] + top[0];
      worst = fmax(worst, (double)over / (c->field_columns * c->field_rows));
    }
  return worst;
}

static inline void light_show(light_count *c, const light_rgb *of, light_span at) {
  light_rgb mean = {0};
  for (int i = 0; i < c->blocks; i++) {
    light_show_block(&c->block[i], of[i], c->begun, at);
    mean.r += of[i].r / c->blocks;
    mean.g += of[i].g / c->blocks;
    mean.b += of[i].b / c->blocks;
  }
  light_show_block(&c->block[c->blocks], mean, c->begun, at);
  c->begun = true;
  for (int k = 0; k < 2; k++) {
    const double share = light_worst_field(c, k == 1, at);
    if (share > fmax(c->share[0], c->share[1])) c->worst_at = at.until;
    c->share[k] = fmax(c->share[k], share);
  }
}

// The share of a field's blocks that flashed more than three times in the same second, at its
// worst.
static inline double light_share(const light_count *c, bool red) { return c->share[red]; }

static inline int light_whole(const light_count *c, bool red) { // worst of the mean
  return red ? c->block[c->blocks].red.worst : c->block[c->blocks].general.worst;
}

#endif
