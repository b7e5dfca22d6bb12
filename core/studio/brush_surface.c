// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/studio/brush_surface.h"

#include <math.h>
#include <string.h>

static const easel *easel_of(const MyPaintSurface2 *s) {
  return ((const brush_surface *)s)->easel;
}

// Calls for each tile that the dab can touch.
typedef void each_tile_fn(void *data, uint32_t index, int left, int top);

static void each_tile(const easel *e, dab_area a, each_tile_fn *each, void *data) {
  for (int ty = a.y0 / TILE_SIDE; ty <= (a.y1 - 1) / TILE_SIDE; ty++) {
    for (int tx = a.x0 / TILE_SIDE; tx <= (a.x1 - 1) / TILE_SIDE; tx++) {
      each(data, (uint32_t)ty * e->across + (uint32_t)tx, tx * TILE_SIDE, ty * TILE_SIDE);
    }
  }
}

// ---- Painting ----------------------------------------------------------------------

typedef struct painting {
  brush_surface *surface;
  dab_shape shape;
  dab_area area;
  const dab_pass *passes;
  int count;
} painting;

static int at_most(int v, int most) { return v < most ? v : most; }

static void note_change(painting *p, uint32_t index, int left, int top) {
  const dab_area *a = &p->area;
  const int x0 = a->x0 > left ? a->x0 - left : 0, y0 = a->y0 > top ? a->y0 - top : 0;
  damage_add(&p->surface->easel->changed, index, x0, y0, at_most(a->x1 - left, TILE_SIDE),
    at_most(a->y1 - top, TILE_SIDE));
}

// How far v lies outside low to high.
static float outside(float v, float low, float high) {
  const float below = low - v, above = v - high;
  const float most = below > above ? below : above;
  return most > 0.0f ? most : 0.0f;
}

// False: the circle around the dab leaves the tile out.
static bool near_enough(const dab_shape *s, int left, int top) {
  const float reach = s->reach_x + 1.0f, side = (float)TILE_SIDE;
  const float dx = outside(s->x, (float)left, (float)left + side);
  const float dy = outside(s->y, (float)top, (float)top + side);
  return dx * dx + dy * dy <= reach * reach;
}

static void paint_tile(void *data, uint32_t index, int left, int top) {
  painting *p = data;
  brush_surface *s = p->surface;
  if (!near_enough(&p->shape, left, top)) return;
  tile *t = easel_touch(s->easel, s->sheet, index);
  if (t == NULL) return;
  for (int i = 0; i < p->count; i++) {
    s->kernel->paint(&p->shape, &p->passes[i], t->rgba, left, top);
  }
  note_change(p, index, left, top);
}

static bool stamp(painting *p, const dab *d) {
  const easel *e = p->surface->easel;
  if (!dab_shape_of(d, &p->shape)) return false;
  if (dab_reach(&p->shape, (int)e->width, (int)e->height, &p->area)) {
    each_tile(e, p->area, paint_tile, p);
  }
  return true;
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

// Most brushes keep their colour.
static const pigment *paint_of(brush_surface *s, const dab *d) {
  const float colour[3] = {d->red, d->green, d->blue};
  if (memcmp(colour, s->colour, sizeof colour) == 0) return &s->paint;
  memcpy(s->colour, colour, sizeof colour);
  s->paint = pigment_of(d->red, d->green, d->blue);
  return &s->paint;
}

// libmypaint asks for the many parameters.
// NOLINTNEXTLINE(readability-function-size)
static int draw_dab_pigment(MyPaintSurface2 *base, float x, float y, float radius,
  float red, float green, float blue, float opacity, float hardness, float alpha,
  float aspect, float angle, float lock_alpha, float colorize, float posterize,
  float levels, float paint) {
  brush_surface *s = (brush_surface *)base;
  const dab d = {.x = x,
    .y = y,
    .radius = radius,
    .hardness = unit(hardness),
    .aspect = aspect > 1.0f ? aspect : 1.0f,
    .angle = angle,
    .red = unit(red),
    .green = unit(green),
    .blue = unit(blue),
    .alpha = unit(alpha),
    .opacity = unit(opacity),
    .lock = unit(lock_alpha),
    .tint = unit(colorize),
    .poster = unit(posterize),
    .levels = unit(levels),
    .pigment = unit(paint)};
  dab_pass passes[DAB_PASSES];
  const pigment *mixing = d.pigment > 0.0f ? paint_of(s, &d) : NULL;
  painting p = {.surface = s, .passes = passes};
  p.count = dab_passes(&d, mixing, passes);
  if (!stamp(&p, &d)) return 0;
  for (uint32_t n = 1; n < s->folds; n++) {
    const dab image = mirrored(s->easel, &d, n);
    stamp(&p, &image);
  }
  s->dabs++;
  return 1;
}

// NOLINTNEXTLINE(readability-function-size)
static int draw_dab(MyPaintSurface *base, float x, float y, float radius, float red,
  float green, float blue, float opacity, float hardness, float alpha, float aspect,
  float angle, float lock_alpha, float colorize) {
  return draw_dab_pigment((MyPaintSurface2 *)base, x, y, radius, red, green, blue,
    opacity, hardness, alpha, aspect, angle, lock_alpha, colorize, 0.0f, 0.0f, 0.0f);
}

// ---- Looking -----------------------------------------------------------------------

typedef struct weighing {
  const brush_surface *surface;
  const dab_shape *shape;
  dab_sums sums;
} weighing;

static const uint16_t *pixels_at(const brush_surface *s, uint32_t index) {
  const tile *t = easel_see(s->easel, s->sheet, index);
  return t == NULL ? tile_clear_pixels() : t->rgba;
}

static void weigh_tile(void *data, uint32_t index, int left, int top) {
  weighing *w = data;
  const uint16_t *rgba = pixels_at(w->surface, index);
  w->surface->kernel->weigh(w->shape, rgba, left, top, &w->sums);
}

// Where a brush looks for the colour that it takes up.
static bool look(
  const easel *e, float x, float y, float radius, dab_shape *s, dab_area *a) {
  const dab d = {.x = x,
    .y = y,
    .radius = fmaxf(radius, 1.0f),
    .hardness = 0.5f,
    .aspect = 1.0f,
    .opacity = 1.0f};
  return dab_shape_of(&d, s) && dab_reach(s, (int)e->width, (int)e->height, a);
}

// Red, green, blue and alpha. Where nothing is painted the colour is black with no alpha.
typedef struct seen_colour {
  float rgb[3], alpha;
} seen_colour;

static seen_colour average(const brush_surface *s, const dab_shape *shape, dab_area a) {
  weighing w = {.surface = s, .shape = shape};
  each_tile(s->easel, a, weigh_tile, &w);
  if (w.sums.weight == 0 || w.sums.alpha == 0) return (seen_colour){0};
  const float all = (float)w.sums.alpha;
  return (seen_colour){.rgb = {unit((float)w.sums.red / all),
                         unit((float)w.sums.green / all), unit((float)w.sums.blue / all)},
    .alpha = unit(all / (float)w.sums.weight)};
}

static const uint16_t *pixel_at(const brush_surface *s, int x, int y) {
  const int tile_x = x / TILE_SIDE, tile_y = y / TILE_SIDE;
  const uint32_t index = (uint32_t)tile_y * s->easel->across + (uint32_t)tile_x;
  return pixels_at(s, index) + 4 * (y % TILE_SIDE * TILE_SIDE + x % TILE_SIDE);
}

// Evenly over the dab, each with its cover: more of them on a large one.
static void find_places(
  const brush_surface *s, const dab_shape *d, dab_area a, dab_places *p) {
  const int across = d->reach_x < 4.0f ? 3 : 5;
  for (int i = 0; i < across * across; i++) {
    const float dx = (float)(2 * (i % across) + 1 - across) / (float)across;
    const int row = i / across;
    const float dy = (float)(2 * row + 1 - across) / (float)across;
    const float weight = 1.0f - dx * dx - dy * dy;
    const float x = d->x + dx * d->reach_x, y = d->y + dy * d->reach_x;
    if (weight < 0.15f || x < (float)a.x0 || y < (float)a.y0) continue;
    if (x >= (float)a.x1 || y >= (float)a.y1) continue;
    memcpy(&p->rgba[4 * p->count], pixel_at(s, (int)x, (int)y), 4 * sizeof *p->rgba);
    p->weight[p->count++] = weight;
  }
}

static bool mix_places(
  const brush_surface *s, const dab_shape *d, dab_area a, float rgb[3]) {
  dab_places places = {.count = 0};
  pigment mixed;
  find_places(s, d, a, &places);
  if (!s->kernel->mix(&places, &mixed)) return false;
  pigment_colour(&mixed, rgb);
  return true;
}

// `paint` as for a dab, below 0: as light, and so that it suits brushes that mix as light.
// NOLINTNEXTLINE(readability-function-size)
static void get_color_pigment(MyPaintSurface2 *base, float x, float y, float radius,
  float *red, float *green, float *blue, float *alpha, float paint) {
  const brush_surface *s = (const brush_surface *)base;
  *red = *green = *blue = *alpha = 0.0f;
  dab_shape shape;
  dab_area area;
  if (!look(easel_of(base), x, y, radius, &shape, &area)) return;
  seen_colour c = average(s, &shape, area);
  float rgb[3];
  if (paint > 0.0f && c.alpha > 0.0f && mix_places(s, &shape, area, rgb)) {
    const float share = unit(paint);
    for (int i = 0; i < 3; i++) c.rgb[i] += (rgb[i] - c.rgb[i]) * share;
  }
  *red = c.rgb[0];
  *green = c.rgb[1];
  *blue = c.rgb[2];
  *alpha = c.alpha;
}

static void get_color(MyPaintSurface *base, float x, float y, float radius, float *red,
  float *green, float *blue, float *alpha) {
  get_color_pigment(
    (MyPaintSurface2 *)base, x, y, radius, red, green, blue, alpha, -1.0f);
}

// ---- The rest ----------------------------------------------------------------------

static void begin_atomic(MyPaintSurface *base) { (void)base; }

static void end_atomic(MyPaintSurface *base, MyPaintRectangle *roi) {
  (void)base;
  if (roi != NULL) *roi = (MyPaintRectangle){0};
}

static void end_atomic_multi(MyPaintSurface2 *base, MyPaintRectangles *roi) {
  (void)base;
  if (roi != NULL) roi->num_rectangles = 0;
}

void brush_surface_init(brush_surface *s, easel *e, uint32_t sheet, uint32_t folds) {
  *s = (brush_surface){.kernel = dab_kernel_best(),
    .easel = e,
    .sheet = sheet,
    .folds = folds,
    .paint = pigment_of(0, 0, 0)};
  s->base.parent.draw_dab = draw_dab;
  s->base.parent.get_color = get_color;
  s->base.parent.begin_atomic = begin_atomic;
  s->base.parent.end_atomic = end_atomic;
  s->base.parent.refcount = 1;
  s->base.draw_dab_pigment = draw_dab_pigment;
  s->base.get_color_pigment = get_color_pigment;
  s->base.end_atomic_multi = end_atomic_multi;
}
