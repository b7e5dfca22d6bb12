// SPDX-License-Identifier: GPL-3.0-or-later
// Filling an area with colour: as far as the picture looks alike, and not through gaps of up
// to two pixels between the lines around it.
#include "core/studio/canvas_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ALIKE = 1, OPEN = 2, FILLED = 4, EDGE = 8 };
static const int alike_within = 24; // of 255, in each channel

typedef struct field {
  int width, height;
  uint32_t *picture; // what can be seen, XRGB
  uint8_t *marks;
  int32_t *queue; // places still to look at; each place comes in once
  size_t queued;
} field;

static void field_finish(field *f) {
  free(f->picture);
  free(f->marks);
  free(f->queue);
}

static result field_init(field *f, const canvas *c) {
  size_t pixels = (size_t)c->easel.width * c->easel.height;
  *f = (field){.width = (int)c->easel.width, .height = (int)c->easel.height};
  f->picture = malloc(pixels * sizeof *f->picture);
  f->marks = calloc(pixels, 1);
  f->queue = malloc(pixels * sizeof *f->queue);
  if (f->picture == NULL || f->marks == NULL || f->queue == NULL) return NO_MEMORY;
  canvas_render(c, (canvas_rect){0, 0, f->width, f->height}, f->picture,
    (size_t)f->width * sizeof *f->picture);
  return OK;
}

static bool alike(uint32_t a, uint32_t b) {
  for (int shift = 0; shift <= 16; shift += 8) {
    if (abs((int)(a >> shift & 255) - (int)(b >> shift & 255)) > alike_within)
      return false;
  }
  return true;
}

static void mark_alike(field *f, size_t start) {
  uint32_t wanted = f->picture[start];
  size_t pixels = (size_t)f->width * (size_t)f->height;
  for (size_t i = 0; i < pixels; i++) {
    if (alike(f->picture[i], wanted)) f->marks[i] = ALIKE;
  }
}

// Open is what is alike with all eight around it: lines are a pixel thicker than they look,
// and gaps of two pixels are shut. The rim of the paper is no line.
static bool is_open(const field *f, int x, int y) {
  for (int dy = -1; dy <= 1; dy++) {
    for (int dx = -1; dx <= 1; dx++) {
      int nx = x + dx, ny = y + dy;
      if (nx < 0 || ny < 0 || nx >= f->width || ny >= f->height) continue;
      if (!(f->marks[ny * f->width + nx] & ALIKE)) return false;
    }
  }
  return true;
}

static void mark_open(field *f) {
  for (int y = 0; y < f->height; y++) {
    for (int x = 0; x < f->width; x++) {
      if (is_open(f, x, y)) f->marks[y * f->width + x] |= OPEN;
    }
  }
}

static void reach(field *f, int x, int y, uint8_t through) {
  if (x < 0 || y < 0 || x >= f->width || y >= f->height) return;
  int32_t at = y * f->width + x;
  if (!(f->marks[at] & through) || f->marks[at] & FILLED) return;
  f->marks[at] |= FILLED;
  f->queue[f->queued++] = at;
}

static void flood(field *f, int x, int y, uint8_t through) {
  reach(f, x, y, through);
  for (size_t i = 0; i < f->queued; i++) {
    int at_x = f->queue[i] % f->width, at_y = f->queue[i] / f->width;
    reach(f, at_x - 1, at_y, through);
    reach(f, at_x + 1, at_y, through);
    reach(f, at_x, at_y - 1, through);
    reach(f, at_x, at_y + 1, through);
  }
}

// What is filled grows by a pixel: first back over what was shut, then under the soft edge of
// the lines, where the colour goes beneath what is there.
static void grow(field *f, uint8_t from, uint8_t to) {
  for (size_t i = 0, before = f->queued; i < before; i++) {
    int x = f->queue[i] % f->width, y = f->queue[i] / f->width;
    for (int dy = -1; dy <= 1; dy++) {
      for (int dx = -1; dx <= 1; dx++) {
        int nx = x + dx, ny = y + dy;
        if (nx < 0 || ny < 0 || nx >= f->width || ny >= f->height) continue;
        int32_t at = ny * f->width + nx;
        if (f->marks[at] & (FILLED | EDGE) || (from != 0 && !(f->marks[at] & from)))
          continue;
        f->marks[at] |= to;
        f->queue[f->queued++] = at;
      }
    }
  }
}

static void colour_pixel(uint16_t *p, const uint16_t colour[3], bool beneath) {
  uint32_t room = beneath ? TILE_ONE - p[3] : TILE_ONE;
  for (int i = 0; i < 3; i++) {
    const uint32_t v = (beneath ? p[i] : 0u) + room * colour[i] / TILE_ONE;
    p[i] = (uint16_t)(v < TILE_MOST ? v : TILE_MOST);
  }
  p[3] = TILE_MOST;
}

static void colour_field(canvas *c, const field *f) {
  easel *e = &c->easel;
  uint16_t colour[3];
  for (int i = 0; i < 3; i++) {
    colour[i] = (uint16_t)((c->tools.rgb >> (16 - 8 * i) & 255) * TILE_ONE / 255);
  }
  for (size_t i = 0; i < f->queued; i++) {
    int x = f->queue[i] % f->width, y = f->queue[i] / f->width;
    uint32_t index = (uint32_t)(y / TILE_SIDE) * e->across + (uint32_t)(x / TILE_SIDE);
    tile *t = easel_touch(e, e->stack.chosen, index);
    if (t == NULL) return;
    int in_x = x % TILE_SIDE, in_y = y % TILE_SIDE;
    bool beneath = f->marks[f->queue[i]] & EDGE;
    colour_pixel(t->rgba + 4 * (in_y * TILE_SIDE + in_x), colour, beneath);
    damage_add(&e->changed, index, in_x, in_y, in_x + 1, in_y + 1);
  }
}

static void find_area(field *f, int x, int y) {
  size_t start = (size_t)y * (size_t)f->width + (size_t)x;
  mark_alike(f, start);
  mark_open(f);
  bool narrow = !(f->marks[start] & OPEN);
  flood(f, x, y, narrow ? ALIKE : OPEN);
  if (!narrow) grow(f, ALIKE, FILLED);
  grow(f, 0, EDGE);
}

result canvas_fill(canvas *c, float x, float y) {
  if (canvas_in_stroke(c)) return NOT_NOW;
  float px = floorf(x * c->scale), py = floorf(y * c->scale);
  if (!(px >= 0.0f && py >= 0.0f)) return OK;
  if (!(px < (float)c->easel.width && py < (float)c->easel.height)) return OK;
  field f;
  result r = field_init(&f, c);
  if (r == OK) {
    find_area(&f, (int)px, (int)py);
    easel_begin(&c->easel);
    colour_field(c, &f);
    r = easel_commit(&c->easel);
  }
  field_finish(&f);
  return r;
}
