// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/studio/brush_surface.h"

#include "core/studio/dab.h"
#include "core/studio/easel.h"

#include <math.h>
#include <string.h>

static const easel *easel_of(const MyPaintSurface2 *s) {
  return ((const brush_surface *)s)->easel;
}

// Calls for each tile that the dab can touch.
typedef void each_tile_fn(void *data, uint32_t index, int left, int top);

static void each_tile(const easel *e, const dab_area *a, each_tile_fn *each, void *data) {
  for (int ty = a->y0 / TILE_SIDE; ty <= (a->y1 - 1) / TILE_SIDE; ty++) {
    for (int tx = a->x0 / TILE_SIDE; tx <= (a->x1 - 1) / TILE_SIDE; tx++) {
      each(data, (uint32_t)ty * e->across + (uint32_t)tx, tx * TILE_SIDE, ty * TILE_SIDE);
    }
  }
}

// ---- Painting ----------------------------------------------------------------------

typedef struct painting {
  brush_surface *surface;
  const dab_shape *shape;
  const dab_area *area;
  const dab_pass *passes;
  int count;
} painting;

static int at_most(int v, int most) { return v < most ? v : most; }

static void note_change(painting *p, uint32_t index, int left, int top) {
  const dab_area *a = p->area;
  const int x0 = a->x0 > left ? a->x0 - left : 0, y0 = a->y0 > top ? a->y0 - top : 0;
  easel_note(p->surface->easel, index, x0, y0, at_most(a->x1 - left, TILE_SIDE),
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
  if (!near_enough(p->shape, left, top)) return;
  tile *t = easel_touch(s->easel, s->sheet, index);
  if (t == NULL) return;
  for (int i = 0; i < p->count; i++) {
    s->kernel->paint(p->shape, &p->passes[i], t->rgba, left, top);
  }
  note_change(p, index, left, top);
}

// With so many passes.
static bool stamp(brush_surface *s, const dab *d, const dab_pass *passes, int count) {
  dab_shape shape;
  dab_area area;
  if (!dab_shape_of(d, &shape)) return false;
  if (!dab_reach(&shape, (int)s->easel->width, (int)s->easel->height, &area)) return true;
  painting p = {
    .surface = s, .shape = &shape, .area = &area, .passes = passes, .count = count};
  each_tile(s->easel, &area, paint_tile, &p);
  return true;
}

// The cosine of so many twelfths of a turn; the same of a right angle everywhere.
static float cosine_of(uint32_t twelfths) {
  static const float of[12] = {1.0f, 0.866025404f, 0.5f, 0.0f, -0.5f, -0.866025404f,
    -1.0f, -0.866025404f, -0.5f, 0.0f, 0.5f, 0.866025404f};
  return of[twelfths % 12];
}

bool brush_surface_folds(uint32_t folds) {
  return folds == 1 || (folds > 0 && folds % 2 == 0 && 24 % folds == 0 && folds <= 12);
}

// Image n of a dab: every other one left and right exchanged, each two turned on around the
// middle.
static dab mirrored(const brush_surface *s, const dab *d, uint32_t n) {
  const float middle_x = (float)s->easel->width * 0.5f;
  const float middle_y = (float)s->easel->height * 0.5f;
  const uint32_t twelfths = n / 2 * (24 / s->folds);
  const float c = cosine_of(twelfths), sine = cosine_of(twelfths + 9);
  const float side = n & 1 ? -1.0f : 1.0f;
  const float x = (d->x - middle_x) * side, y = d->y - middle_y;
  dab image = *d;
  image.x = middle_x + x * c - y * sine;
  image.y = middle_y + x * sine + y * c;
  image.angle = d->angle * side + (float)twelfths * 30.0f;
  return image;
}

static float unit(float v) {
  const float above = v > 0.0f ? v : 0.0f;
  return above < 1.0f ? above : 1.0f;
}

// Most brushes keep their colour.
static const pigment *paint_of(brush_surface *s, const dab *d) {
  const float colour[3] = {d->red, d->green, d->blue};
  if (memcmp(colour, s->colour, sizeof colour) == 0) return &s->paint;
  memcpy(s->colour, colour, sizeof colour);
  s->kernel->take_paint(colour, &s->paint);
  return &s->paint;
}

// libmypaint asks for the many parameters.
// NOLINTNEXTLINE(readability-function-size)
static int draw_dab_pigment(MyPaintSurface2 *base, float x, float y, float radius,
  float red, float green, float blue, float opacity, float hardness, float alpha,
  float aspect, float angle, float lock_alpha, float colorize, float posterize,
  float levels, float paint) {
  brush_surface *s = (brush_surface *)base;
  if (!(opacity > 0.0f)) return 0;
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
  const int count = dab_passes(&d, mixing, passes);
  if (!stamp(s, &d, passes, count)) return 0;
  for (uint32_t n = 1; n < s->folds; n++) {
    const dab image = mirrored(s, &d, n);
    stamp(s, &image, passes, count);
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

// Red, green, blue and alpha: black with no alpha to begin with, and so it stays where nothing
// is painted.
typedef struct seen_colour {
  float rgb[3], alpha;
} seen_colour;

static void average(
  const brush_surface *s, const dab_shape *shape, const dab_area *a, seen_colour *c) {
  weighing w = {.surface = s, .shape = shape};
  each_tile(s->easel, a, weigh_tile, &w);
  const int64_t *channels = w.sums.channels, alpha = channels[3];
  if (w.sums.weight == 0 || alpha == 0) return;
  for (int i = 0; i < 3; i++) c->rgb[i] = unit((float)channels[i] / (float)alpha);
  c->alpha = (float)((double)alpha / ((double)w.sums.weight * TILE_MOST));
}

// Places spread evenly over a dab, in parts of its radius, with the cover that it has there.
typedef struct place {
  float x, y, cover;
} place;
static const place few_places[] = {{0.0f, -0.667f, 0.556f}, {-0.667f, 0.0f, 0.556f},
  {0.0f, 0.0f, 1.0f}, {0.667f, 0.0f, 0.556f}, {0.0f, 0.667f, 0.556f}};
static const place many_places[] = {{-0.4f, -0.8f, 0.2f}, {0.0f, -0.8f, 0.36f},
  {0.4f, -0.8f, 0.2f}, {-0.8f, -0.4f, 0.2f}, {-0.4f, -0.4f, 0.68f}, {0.0f, -0.4f, 0.84f},
  {0.4f, -0.4f, 0.68f}, {0.8f, -0.4f, 0.2f}, {-0.8f, 0.0f, 0.36f}, {-0.4f, 0.0f, 0.84f},
  {0.0f, 0.0f, 1.0f}, {0.4f, 0.0f, 0.84f}, {0.8f, 0.0f, 0.36f}, {-0.8f, 0.4f, 0.2f},
  {-0.4f, 0.4f, 0.68f}, {0.0f, 0.4f, 0.84f}, {0.4f, 0.4f, 0.68f}, {0.8f, 0.4f, 0.2f},
  {-0.4f, 0.8f, 0.2f}, {0.0f, 0.8f, 0.36f}, {0.4f, 0.8f, 0.2f}};
enum { FEW = sizeof few_places / sizeof *few_places };
enum { MANY = sizeof many_places / sizeof *many_places };
static const float few_below = 4.0f; // px of radius

static void find_places(
  const brush_surface *s, const dab_shape *d, const dab_area *a, dab_places *p) {
  // As far as a dab's, to the last bit.
  const float reach = d->small ? d->reach_x : sqrtf(1.0f / d->rest);
  const bool few = reach < few_below;
  const place *places = few ? few_places : many_places;
  uint32_t known = UINT32_MAX;
  const uint16_t *pixels = tile_clear_pixels();
  for (int i = 0; i < (few ? FEW : MANY); i++) {
    const float x = d->x + places[i].x * reach;
    const float y = d->y + places[i].y * reach;
    if (x < (float)a->x0 || y < (float)a->y0) continue;
    const uint32_t px = (uint32_t)x, py = (uint32_t)y;
    if (px >= (uint32_t)a->x1 || py >= (uint32_t)a->y1) continue;
    const uint32_t index = py / TILE_SIDE * s->easel->across + px / TILE_SIDE;
    if (index != known) pixels = pixels_at(s, index);
    known = index;
    const uint32_t at = py % TILE_SIDE * TILE_SIDE + px % TILE_SIDE;
    memcpy(&p->rgba[4 * p->count], pixels + 4 * at, 4 * sizeof *p->rgba);
    p->weight[p->count++] = places[i].cover;
  }
}

static void mixture(
  const brush_surface *s, const dab_shape *d, const dab_area *a, seen_colour *c) {
  dab_places places;
  places.count = 0;
  find_places(s, d, a, &places);
  s->kernel->mix(&places, c->rgb, &c->alpha);
}

// `share`: from 0, as light, to 1, as paint.
static void look_at(const brush_surface *s, const dab_shape *d, const dab_area *a,
  float share, seen_colour *c) {
  if (share >= 1.0f) {
    mixture(s, d, a, c);
    return;
  }
  average(s, d, a, c);
  if (!(share > 0.0f && c->alpha > 0.0f)) return;
  seen_colour paint = {0};
  mixture(s, d, a, &paint);
  if (!(paint.alpha > 0.0f)) return;
  for (int i = 0; i < 3; i++) c->rgb[i] += (paint.rgb[i] - c->rgb[i]) * share;
}

// `paint` as for a dab, below 0: as light, and so that it suits brushes that mix as light.
// NOLINTNEXTLINE(readability-function-size)
static void get_color_pigment(MyPaintSurface2 *base, float x, float y, float radius,
  float *red, float *green, float *blue, float *alpha, float paint) {
  dab_shape shape;
  dab_area area;
  seen_colour c = {0};
  const easel *e = easel_of(base);
  if (dab_look_of(x, y, radius, &shape) &&
    dab_reach(&shape, (int)e->width, (int)e->height, &area))
    look_at((const brush_surface *)base, &shape, &area, paint, &c);
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
  *s = (brush_surface){
    .kernel = dab_kernel_best(), .easel = e, .sheet = sheet, .folds = folds};
  s->kernel->take_paint(s->colour, &s->paint);
  s->base.parent.draw_dab = draw_dab;
  s->base.parent.get_color = get_color;
  s->base.parent.begin_atomic = begin_atomic;
  s->base.parent.end_atomic = end_atomic;
  s->base.parent.refcount = 1;
  s->base.draw_dab_pigment = draw_dab_pigment;
  s->base.get_color_pigment = get_color_pigment;
  s->base.end_atomic_multi = end_atomic_multi;
}
