// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/paper.h"

#include "core/player/extensions.h"
#include "core/player/under.h"
#include "core/studio/canvas.h"

#include <cairo.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RECTS = 64, BRUSH_NAME_MAX = 64, ABOUT_ROOM = 2048 };

struct paper {
  machine *of;
  canvas *canvas;
  cairo_surface_t
    *shown; // RGB24, the size of the paper; NULL until it is first looked at
  uint32_t width, height;        // pixels
  float scale;                   // pixels per unit of the stage at birth
  float born_width, born_height; // units
  float zoom, left, top; // the view: units of the stage per unit at birth, and its corner
  // What the exercise set, so that a loaded paper goes on with it.
  char brush[BRUSH_NAME_MAX];
  float size;
  uint32_t colour, folds;
  bool has_size, has_colour;
};

static const char *brush_text(void *data, const char *name) {
  paper *p = data;
  char file[BRUSH_NAME_MAX + 8];
  int n = snprintf(file, sizeof file, "%s.myb", name);
  if (n < 0 || n >= (int)sizeof file || strchr(name, '/')) return NULL;
  size_t size = 0;
  bool first = false;
  return assets_get(&p->of->assets, "brushes", file, &size, &first);
}

result paper_create(paper **made, machine *m) {
  paper *p = calloc(1, sizeof *p);
  *made = NULL;
  if (!p) return NO_MEMORY;
  *p = (paper){.of = m,
    .scale = m->scale > 0 ? m->scale : 1,
    .born_width = m->width,
    .born_height = m->height,
    .zoom = 1,
    .folds = 1};
  p->width = (uint32_t)lroundf(fmaxf(m->width * p->scale, 1));
  p->height = (uint32_t)lroundf(fmaxf(m->height * p->scale, 1));
  result r = canvas_create(&p->canvas, p->width, p->height, p->scale, brush_text, p);
  if (r == OK)
    *made = p;
  else
    free(p);
  return r;
}

void paper_destroy(paper *p) {
  if (!p) return;
  canvas_destroy(p->canvas);
  if (p->shown) cairo_surface_destroy(p->shown);
  free(p);
}

void paper_see(paper *p, float width, float height) {
  p->zoom = fminf(width / p->born_width, height / p->born_height);
  if (!(p->zoom > 0)) p->zoom = 1;
  p->left = (width - p->born_width * p->zoom) / 2;
  p->top = (height - p->born_height * p->zoom) / 2;
}

static void render(paper *p, canvas_rect r) {
  cairo_surface_flush(p->shown);
  int stride = cairo_image_surface_get_stride(p->shown);
  unsigned char *pixels = cairo_image_surface_get_data(p->shown);
  uint32_t *corner = (uint32_t *)(void *)(pixels + (ptrdiff_t)r.y * stride) + r.x;
  canvas_render(p->canvas, r, corner, (size_t)stride);
  cairo_surface_mark_dirty_rectangle(p->shown, r.x, r.y, r.w, r.h);
}

// A view that is not the paper's own size blends neighbours: one pixel more on each side.
static void mark(const paper *p, canvas_rect r, stale *d) {
  float unit = p->zoom / p->scale;
  float more = p->zoom == 1 ? 0 : 1;
  stale_add(d, p->left + ((float)r.x - more) * unit, p->top + ((float)r.y - more) * unit,
    ((float)r.w + 2 * more) * unit, ((float)r.h + 2 * more) * unit);
}

static bool make_shown(paper *p) {
  if (p->shown) return true;
  cairo_surface_t *s =
    cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)p->width, (int)p->height);
  if (cairo_surface_status(s) != CAIRO_STATUS_SUCCESS) return false;
  p->shown = s;
  canvas_rect none[RECTS];
  canvas_take_damage(p->canvas, none, RECTS);
  render(p, (canvas_rect){0, 0, (int32_t)p->width, (int32_t)p->height});
  return true;
}

void paper_refresh(paper *p, stale *d) {
  canvas_rect rects[RECTS];
  if (!make_shown(p)) return;
  uint32_t count = canvas_take_damage(p->canvas, rects, RECTS);
  for (uint32_t i = 0; i < count; i++) {
    if (rects[i].w <= 0 || rects[i].h <= 0) continue;
    render(p, rects[i]);
    mark(p, rects[i], d);
  }
}

// Everything is rendered again before the next picture.
static void forget_shown(paper *p) {
  if (p->shown) cairo_surface_destroy(p->shown);
  p->shown = NULL;
  stale_all(&p->of->stale);
}

result paper_save(const paper *p, bool with_history, blob *to, canvas **shared) {
  result r = canvas_share(p->canvas, with_history, shared);
  if (r != OK) return r;
  blob_put_double(to, p->born_width);
  blob_put_double(to, p->born_height);
  blob_put_double(to, p->scale);
  blob_put_part(to, p->brush, strlen(p->brush));
  blob_put_double(to, p->has_size ? p->size : -1);
  blob_put_u32(to, p->has_colour);
  blob_put_u32(to, p->colour);
  blob_put_u32(to, p->folds);
  return OK;
}

static void set_again(paper *p) {
  result r = OK;
  if (p->brush[0]) r = canvas_set_brush(p->canvas, p->brush);
  if (r == OK && p->has_size) r = canvas_set_size(p->canvas, p->size);
  if (r == OK && p->has_colour) r = canvas_set_colour(p->canvas, p->colour);
  if (r == OK) r = canvas_set_mirror(p->canvas, p->folds);
  (void)r; // what was let through once is let through again
}

// The paper of a state may have been born on a stage of another size.
static result be_born_as(paper *p, float width, float height, float scale) {
  if (width == p->born_width && height == p->born_height && scale == p->scale) return OK;
  if (!(width > 0 && width < 32768 && height > 0 && height < 32768)) return BAD_DATA;
  if (!(scale > 0 && scale < 64)) return BAD_DATA;
  uint32_t w = (uint32_t)lroundf(fmaxf(width * scale, 1));
  uint32_t h = (uint32_t)lroundf(fmaxf(height * scale, 1));
  canvas *other = NULL;
  result r = canvas_create(&other, w, h, scale, brush_text, p);
  if (r != OK) return r;
  canvas_destroy(p->canvas);
  p->canvas = other;
  p->width = w;
  p->height = h;
  p->scale = scale;
  p->born_width = width;
  p->born_height = height;
  return OK;
}

result paper_load(paper *p, cursor *from, const uint8_t *painted, size_t size) {
  float width = (float)cursor_double(from), height = (float)cursor_double(from);
  float scale = (float)cursor_double(from);
  size_t name = 0;
  const uint8_t *brush = cursor_part(from, &name);
  double wide = cursor_double(from);
  uint32_t has_colour = cursor_u32(from), colour = cursor_u32(from),
           folds = cursor_u32(from);
  if (from->torn || name >= sizeof p->brush) return BAD_DATA;
  result r = be_born_as(p, width, height, scale);
  if (r == OK) r = canvas_load(p->canvas, painted, size);
  if (r != OK) return r;
  memcpy(p->brush, brush, name);
  p->brush[name] = 0;
  p->has_size = wide >= 0;
  p->size = (float)wide;
  p->has_colour = has_colour != 0;
  p->colour = colour;
  p->folds = folds;
  set_again(p);
  forget_shown(p);
  return OK;
}

// ---- What the exercise calls --------------------------------------------------------

static paper *of(const gesto_host *host) { return ((machine *)host->data)->paper; }
static bool may_change(const gesto_host *host) {
  return !((machine *)host->data)->reading;
}

static gesto_result stroke(const gesto_host *host, const gesto_event *pointer) {
  paper *p = of(host);
  if (!may_change(host)) return GESTO_NOT_NOW;
  gesto_event e = *pointer;
  e.as.pointer.x = (e.as.pointer.x - p->left) / p->zoom;
  e.as.pointer.y = (e.as.pointer.y - p->top) / p->zoom;
  return gesto_result_of(canvas_stroke(p->canvas, &e));
}

static gesto_result set_brush(const gesto_host *host, const char *name) {
  paper *p = of(host);
  if (!may_change(host)) return GESTO_NOT_NOW;
  if (!name || strlen(name) >= sizeof p->brush) return GESTO_BAD_DATA;
  result r = canvas_set_brush(p->canvas, name);
  if (r == OK) snprintf(p->brush, sizeof p->brush, "%s", name);
  return gesto_result_of(r);
}

static gesto_result set_size(const gesto_host *host, float units) {
  paper *p = of(host);
  if (!may_change(host)) return GESTO_NOT_NOW;
  result r = canvas_set_size(p->canvas, units);
  if (r == OK) p->size = units;
  p->has_size |= r == OK;
  return gesto_result_of(r);
}

static gesto_result set_colour(const gesto_host *host, uint32_t rgb) {
  paper *p = of(host);
  if (!may_change(host)) return GESTO_NOT_NOW;
  result r = canvas_set_colour(p->canvas, rgb);
  if (r == OK) p->colour = rgb;
  p->has_colour |= r == OK;
  return gesto_result_of(r);
}

static gesto_result set_mirror(const gesto_host *host, uint32_t folds) {
  paper *p = of(host);
  if (!may_change(host)) return GESTO_NOT_NOW;
  result r = canvas_set_mirror(p->canvas, folds);
  if (r == OK) p->folds = folds;
  return gesto_result_of(r);
}

static bool undo(const gesto_host *host) {
  return may_change(host) && canvas_undo(of(host)->canvas);
}

static bool redo(const gesto_host *host) {
  return may_change(host) && canvas_redo(of(host)->canvas);
}

static gesto_result sheet(const gesto_host *host, const char *what, uint32_t n) {
  if (!may_change(host)) return GESTO_NOT_NOW;
  return what ? gesto_result_of(canvas_sheet(of(host)->canvas, what, n)) : GESTO_BAD_DATA;
}

static gesto_result fill(const gesto_host *host, float x, float y) {
  paper *p = of(host);
  if (!may_change(host)) return GESTO_NOT_NOW;
  return gesto_result_of(
    canvas_fill(p->canvas, (x - p->left) / p->zoom, (y - p->top) / p->zoom));
}

static gesto_result under(const gesto_host *host,
  void (*draw)(const void *data, cairo_t *to, float width, float height),
  const void *data) {
  paper *p = of(host);
  if (!may_change(host) || canvas_in_stroke(p->canvas)) return GESTO_NOT_NOW;
  if (!draw) return gesto_result_of(canvas_put_under(p->canvas, NULL, 0));
  const under_drawing d = {.draw = draw, .data = data, .scale = p->scale};
  return gesto_result_of(under_put_drawing(p->canvas, &d));
}

static gesto_result under_own(const gesto_host *host) {
  paper *p = of(host);
  const machine_setup *s = &p->of->setup;
  if (!may_change(host) || canvas_in_stroke(p->canvas)) return GESTO_NOT_NOW;
  if (!s->picture) return GESTO_FAILED;
  if (s->calls.pictured) s->calls.pictured(s->calls.data);
  return gesto_result_of(under_put_picture(p->canvas, s->picture, s->picture_size));
}

// At the paper's own size its pixels are copied as they are.
static void paint(const gesto_host *host, cairo_t *to) {
  paper *p = of(host);
  if (!make_shown(p)) return;
  cairo_save(to);
  cairo_translate(to, p->left, p->top);
  cairo_scale(to, p->zoom / p->scale, p->zoom / p->scale);
  cairo_set_source_surface(to, p->shown, 0, 0);
  double x = 1, y = 0;
  cairo_user_to_device_distance(to, &x, &y);
  if (fabs(x - 1) < 1e-6)
    cairo_pattern_set_filter(cairo_get_source(to), CAIRO_FILTER_NEAREST);
  cairo_paint(to);
  cairo_restore(to);
}

// What a person who does not see the picture is told of it.
static void describe(machine *m, char *text, size_t room) {
  const gesto_spots *spots = &m->setup.of->spots;
  text[0] = 0;
  if (spots->describe) spots->describe(m->self, text, room);
  text[room - 1] = 0;
}

static gesto_result keep(const gesto_host *host, const char *title) {
  machine *m = host->data;
  paper *p = m->paper;
  if (!m->taker) return GESTO_NOT_NOW;
  canvas *whole = NULL, *apart = NULL;
  result r = canvas_share_picture(p->canvas, &whole);
  if (r == OK) r = canvas_share_picture(p->canvas, &apart);
  if (r != OK) {
    canvas_destroy(whole);
    return gesto_result_of(r);
  }
  char about[ABOUT_ROOM] = "";
  describe(m, about, sizeof about);
  const gesto_result done =
    m->taker->paper(m->taker->data, title ? title : "", about, whole);
  const gesto_result kept = m->taker->sheets(m->taker->data, title ? title : "", apart);
  return done != GESTO_OK ? done : kept;
}

const gesto_canvas *paper_face(void) {
  static const gesto_canvas face = {.size = sizeof face,
    .stroke = stroke,
    .set_brush = set_brush,
    .set_size = set_size,
    .set_colour = set_colour,
    .set_mirror = set_mirror,
    .undo = undo,
    .redo = redo,
    .sheet = sheet,
    .fill = fill,
    .paint = paint,
    .keep = keep,
    .under = under,
    .under_own = under_own};
  return &face;
}
