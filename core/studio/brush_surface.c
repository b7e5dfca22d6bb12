// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/studio/brush_surface.h"

#include "core/studio/dab.h"

#include <math.h>

static dab_area part_of_tile(dab_area a, int left, int top) {
  a.x0 = a.x0 > left ? a.x0 - left : 0;
  a.y0 = a.y0 > top ? a.y0 - top : 0;
  a.x1 = a.x1 < left + TILE_SIDE ? a.x1 - left : TILE_SIDE;
  a.y1 = a.y1 < top + TILE_SIDE ? a.y1 - top : TILE_SIDE;
  return a;
}

// Calls for each tile that the dab can touch.
typedef void each_tile_fn(
  void *data, uint32_t index, int left, int top, dab_area in_tile);

static void each_tile(
  const easel *e, const dab *d, const dab_shape *s, each_tile_fn *each, void *data) {
  dab_area a;
  if (!dab_reach(d, (int)e->width, (int)e->height, &a)) return;
  for (int ty = a.y0 / TILE_SIDE; ty <= (a.y1 - 1) / TILE_SIDE; ty++) {
    for (int tx = a.x0 / TILE_SIDE; tx <= (a.x1 - 1) / TILE_SIDE; tx++) {
      int left = tx * TILE_SIDE, top = ty * TILE_SIDE;
      dab_area in = part_of_tile(a, left, top);
      dab_area on_paper = {left + in.x0, top + in.y0, left + in.x1, top + in.y1};
      if (!dab_touches(s, on_paper)) continue;
      each(data, (uint32_t)ty * e->across + (uint32_t)tx, left, top, in);
    }
  }
}

typedef struct painting {
  brush_surface *surface;
  const dab *dab;
  const dab_shape *shape;
} painting;

static void paint_tile(void *data, uint32_t index, int left, int top, dab_area in) {
  const painting *p = data;
  easel *e = p->surface->easel;
  tile *t = easel_touch(e, p->surface->sheet, index);
  if (t == NULL) return;
  dab_paint(p->dab, p->shape, t->rgba, left, top, in);
  damage_add(&e->changed, index, in.x0, in.y0, in.x1, in.y1);
}

static void stamp(brush_surface *s, const dab *d) {
  dab_shape shape = dab_shape_of(d);
  painting p = {.surface = s, .dab = d, .shape = &shape};
  each_tile(s->easel, d, &shape, paint_tile, &p);
}

// Image n of a dab: the bits mean left and right, up and down, across the diagonal.
static dab mirrored(const easel *e, const dab *d, uint32_t n) {
  float middle_x = (float)e->width * 0.5f, middle_y = (float)e->height * 0.5f;
  float x = d->x - middle_x, y = d->y - middle_y, angle = d->angle;
  if (n & 1) {
    x = -x;
    angle = -angle;
  }
  if (n & 2) {
    y = -y;
    angle = -angle;
  }
  dab image = *d;
  image.x = middle_x + (n & 4 ? y : x);
  image.y = middle_y + (n & 4 ? x : y);
  image.angle = n & 4 ? 90.0f - angle : angle;
  return image;
}

static float unit(float v) {
  if (!(v > 0.0f)) return 0.0f;
  return v < 1.0f ? v : 1.0f;
}

static uint16_t fixed(float v) { return (uint16_t)(unit(v) * (float)TILE_ONE); }

// libmypaint asks for the many parameters. Its lock_alpha and colorize are left out: none of
// our brushes uses them.
// NOLINTNEXTLINE(readability-function-size)
static int draw_dab(MyPaintSurface *base, float x, float y, float radius, float red,
  float green, float blue, float opacity, float hardness, float alpha, float aspect,
  float angle, float lock_alpha, float colorize) {
  brush_surface *s = (brush_surface *)base;
  (void)lock_alpha;
  (void)colorize;
  dab d = {.x = x, .y = y, .radius = radius, .hardness = unit(hardness), .angle = angle};
  d.aspect = aspect > 1.0f ? aspect : 1.0f;
  d.red = fixed(red);
  d.green = fixed(green);
  d.blue = fixed(blue);
  d.alpha = fixed(alpha);
  d.opacity = fixed(opacity);
  if (!(radius >= 0.1f) || !isfinite(x + y + radius + angle + d.aspect)) return 0;
  if (d.hardness <= 0.0f || d.opacity == 0) return 0;
  stamp(s, &d);
  for (uint32_t n = 1; n < s->folds; n++) {
    dab image = mirrored(s->easel, &d, n);
    stamp(s, &image);
  }
  s->dabs++;
  return 1;
}

typedef struct weighing {
  const brush_surface *surface;
  const dab_shape *shape;
  dab_sums sums;
} weighing;

static void weigh_tile(void *data, uint32_t index, int left, int top, dab_area in) {
  weighing *w = data;
  const tile *t = easel_see(w->surface->easel, w->surface->sheet, index);
  dab_weigh(w->shape, t == NULL ? NULL : t->rgba, left, top, in, &w->sums);
}

// Where nothing is painted the colour is black with no alpha.
static void get_color(MyPaintSurface *base, float x, float y, float radius, float *red,
  float *green, float *blue, float *alpha) {
  brush_surface *s = (brush_surface *)base;
  *red = *green = *blue = *alpha = 0.0f;
  if (!isfinite(x + y + radius)) return;
  dab d = {
    .x = x, .y = y, .radius = fmaxf(radius, 1.0f), .hardness = 0.5f, .aspect = 1.0f};
  dab_shape shape = dab_shape_of(&d);
  weighing w = {.surface = s, .shape = &shape};
  each_tile(s->easel, &d, &shape, weigh_tile, &w);
  if (w.sums.weight == 0 || w.sums.alpha == 0) return;
  float all = (float)w.sums.alpha;
  *red = unit((float)w.sums.red / all);
  *green = unit((float)w.sums.green / all);
  *blue = unit((float)w.sums.blue / all);
  *alpha = unit(all / (float)w.sums.weight);
}

static void begin_atomic(MyPaintSurface *base) { (void)base; }

static void end_atomic(MyPaintSurface *base, MyPaintRectangle *roi) {
  (void)base;
  if (roi != NULL) *roi = (MyPaintRectangle){0};
}

void brush_surface_init(brush_surface *s, easel *e, uint32_t sheet, uint32_t folds) {
  *s = (brush_surface){.easel = e, .sheet = sheet, .folds = folds};
  s->base.draw_dab = draw_dab;
  s->base.get_color = get_color;
  s->base.begin_atomic = begin_atomic;
  s->base.end_atomic = end_atomic;
  s->base.refcount = 1;
}
