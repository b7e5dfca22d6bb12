// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/paper.h"

#include "core/player/extensions.h"
#include "core/player/lens.h"
#include "core/player/paper_keep.h"
#include "core/player/under.h"
#include "core/studio/canvas.h"

#include <cairo.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RECTS = 64 };

struct paper {
  machine *of;
  canvas *canvas;
  cairo_surface_t *shown; // RGB24, the size of the paper; NULL until it is looked at
  uint32_t width, height; // pixels
  float scale;            // pixels per unit of the stage at birth
  float born_width, born_height; // units
  paper_view view;               // as it was asked for
  lens hand, eye;                // through which a hand reaches the paper, and an eye
  uint64_t line_seq;    // slot with which the line began that is drawn, or was last
  uint32_t line_source; // and of which contact it is
};

static const char *brush_text(void *data, const char *name) {
  paper *p = data;
  char file[CANVAS_NAME_MAX + 8];
  int n = snprintf(file, sizeof file, "%s.myb", name);
  if (n < 0 || n >= (int)sizeof file || strchr(name, '/')) return NULL;
  size_t size = 0;
  bool first = false;
  return assets_get(&p->of->assets, "brushes", file, &size, &first);
}

static result make_canvas(
  paper *p, uint32_t width, uint32_t height, float scale, canvas **made) {
  const piece_store *pieces = p->of->setup.pieces;
  result r = canvas_create(made, width, height, scale, brush_text, p);
  if (r == OK && pieces) r = canvas_keep_in(*made, pieces);
  if (r == OK) return OK;
  canvas_destroy(*made);
  *made = NULL;
  return r;
}

result paper_create(paper **made, machine *m) {
  paper *p = calloc(1, sizeof *p);
  *made = NULL;
  if (!p) return NO_MEMORY;
  *p = (paper){.of = m,
    .scale = m->scale > 0 ? m->scale : 1,
    .born_width = m->width,
    .born_height = m->height,
    .view = {.zoom = 1}};
  p->width = (uint32_t)lroundf(fmaxf(m->width * p->scale, 1));
  p->height = (uint32_t)lroundf(fmaxf(m->height * p->scale, 1));
  result r = make_canvas(p, p->width, p->height, p->scale, &p->canvas);
  if (r == OK)
    paper_see(*made = p);
  else
    free(p);
  return r;
}

canvas *paper_canvas(const paper *p) { return p->canvas; }

void paper_destroy(paper *p) {
  if (!p) return;
  canvas_destroy(p->canvas);
  if (p->shown) cairo_surface_destroy(p->shown);
  free(p);
}

static double above_zero(float v) { return v > 0 && isfinite(v) ? (double)v : 1; }

// A replay shows how the picture came about, and so all of it.
void paper_see(paper *p) {
  const machine *m = p->of;
  const paper_room room = {.paper_w = p->born_width,
    .paper_h = p->born_height,
    .area_w = above_zero(m->width),
    .area_h = above_zero(m->height)};
  const paper_view whole = {.zoom = 1};
  const double scale = above_zero(m->scale);
  p->hand = lens_make(&room, p->view, p->scale, scale);
  p->eye =
    m->setup.mode == MACHINE_REPLAY ? lens_make(&room, whole, p->scale, scale) : p->hand;
}

void paper_look(paper *p, paper_view view) {
  p->view = view;
  paper_see(p);
}

void paper_size(const paper *p, float *width, float *height) {
  *width = p->born_width;
  *height = p->born_height;
}

static void render(paper *p, canvas_rect r) {
  cairo_surface_flush(p->shown);
  int stride = cairo_image_surface_get_stride(p->shown);
  unsigned char *pixels = cairo_image_surface_get_data(p->shown);
  uint32_t *corner = (uint32_t *)(void *)(pixels + (ptrdiff_t)r.y * stride) + r.x;
  canvas_render(p->canvas, r, corner, (size_t)stride);
  cairo_surface_mark_dirty_rectangle(p->shown, r.x, r.y, r.w, r.h);
}

static void mark(const paper *p, canvas_rect r, stale *d) {
  const stale_rect s = lens_damage(&p->eye, r);
  stale_add(d, s.x, s.y, s.w, s.h);
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

// The layout has a place for it; a canvas has what it was painted with in its own bytes.
static void put_hand(blob *to, const canvas_tools *t) {
  blob_put_part(to, t->brush, strlen(t->brush));
  blob_put_double(to, t->size);
  blob_put_u32(to, true); // there is a colour
  blob_put_u32(to, t->rgb);
  blob_put_u32(to, t->folds);
}

static void pass_over_hand(cursor *from) {
  size_t name = 0;
  cursor_part(from, &name);
  cursor_double(from);
  for (int i = 0; i < 3; i++) cursor_u32(from);
}

result paper_save(const paper *p, bool with_history, blob *to, canvas **shared) {
  result r = canvas_share(p->canvas, with_history, shared);
  if (r != OK) return r;
  blob_put_double(to, p->born_width);
  blob_put_double(to, p->born_height);
  blob_put_double(to, p->scale);
  put_hand(to, canvas_hand(p->canvas));
  blob_put_double(to, p->view.zoom);
  blob_put_double(to, p->view.x);
  blob_put_double(to, p->view.y);
  return OK;
}

// The paper of a state may have been born on a stage of another size.
static result be_born_as(paper *p, float width, float height, float scale) {
  if (width == p->born_width && height == p->born_height && scale == p->scale) return OK;
  if (!(width > 0 && width < 32768 && height > 0 && height < 32768)) return BAD_DATA;
  if (!(scale > 0 && scale < 64)) return BAD_DATA;
  uint32_t w = (uint32_t)lroundf(fmaxf(width * scale, 1));
  uint32_t h = (uint32_t)lroundf(fmaxf(height * scale, 1));
  canvas *other = NULL;
  result r = make_canvas(p, w, h, scale, &other);
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

// Before layout 6 the whole paper was all that could be seen.
static paper_view load_view(cursor *from, uint32_t layout) {
  paper_view v = {.zoom = 1};
  if (layout < 6) return v;
  v.zoom = cursor_double(from);
  v.x = cursor_double(from);
  v.y = cursor_double(from);
  return v;
}

result paper_load(
  paper *p, cursor *from, uint32_t layout, const uint8_t *painted, size_t size) {
  float width = (float)cursor_double(from), height = (float)cursor_double(from);
  float scale = (float)cursor_double(from);
  pass_over_hand(from);
  const paper_view view = load_view(from, layout);
  if (from->torn) return BAD_DATA;
  result r = be_born_as(p, width, height, scale);
  if (r == OK) r = canvas_load(p->canvas, painted, size);
  if (r != OK) return r;
  paper_look(p, view);
  forget_shown(p);
  return OK;
}

// ---- What the exercise calls --------------------------------------------------------

static paper *of(const gesto_host *host) { return ((machine *)host->data)->paper; }
static bool may_change(const gesto_host *host) {
  return !((machine *)host->data)->reading;
}

// What of the paper lies there, in its units.
static paper_place find(const paper *p, float x, float y) {
  const paper_place at = lens_find(&p->hand, x, y);
  return (paper_place){at.x / p->scale, at.y / p->scale};
}

static void tell_step(paper *p, uint32_t kind, uint64_t of_seq) {
  const machine_calls *calls = &p->of->setup.calls;
  if (!calls->report) return;
  calls->report(calls->data,
    &(page_report){.before_seq = p->of->at_seq,
      .block = of_seq,
      .kind = kind,
      .count = ++p->of->steps_told});
}

// The steps that were left since there were `before` of them.
static void tell_made(paper *p, uint64_t before, uint64_t of_seq) {
  for (; before < canvas_steps(p->canvas); before++) tell_step(p, REPORT_MADE, of_seq);
}

// What changes the canvas by itself and is no line.
static gesto_result told(paper *p, uint64_t before, result r) {
  tell_made(p, before, 0);
  return gesto_result_of(r);
}

// As canvas_stroke takes it: a line may begin where the UP of the one before was lost.
static void note_line(paper *p, const gesto_event *e, bool drawing) {
  if (e->type != GESTO_POINTER_DOWN || (drawing && e->source != p->line_source)) return;
  p->line_seq = p->of->at_seq;
  p->line_source = e->source;
}

static gesto_result stroke(const gesto_host *host, const gesto_event *pointer) {
  paper *p = of(host);
  if (!may_change(host)) return GESTO_NOT_NOW;
  const uint64_t before = canvas_steps(p->canvas);
  const bool drawing = canvas_in_stroke(p->canvas);
  gesto_event e = *pointer;
  const paper_place at = find(p, e.as.pointer.x, e.as.pointer.y);
  e.as.pointer.x = (float)at.x;
  e.as.pointer.y = (float)at.y;
  const result r = canvas_stroke(p->canvas, &e);
  tell_made(p, before, p->line_seq);
  note_line(p, &e, drawing);
  return gesto_result_of(r);
}

static void say_no_brush(const paper *p, const char *name) {
  const machine_calls *calls = &p->of->setup.calls;
  char words[256];
  snprintf(words, sizeof words,
    "The brush \"%s\" was not taken up: assets/brushes/%s.myb is not whole, or a "
    "curve in it has one point, more than 64, or runs backwards.",
    name, name);
  if (calls->log) calls->log(calls->data, GESTO_LOG_WARNING, words);
}

static gesto_result set_brush(const gesto_host *host, const char *name) {
  if (!may_change(host)) return GESTO_NOT_NOW;
  if (!name || strlen(name) >= CANVAS_NAME_MAX) return GESTO_BAD_DATA;
  const result r = canvas_set_brush(of(host)->canvas, name);
  if (r == BAD_DATA) say_no_brush(of(host), name);
  return gesto_result_of(r);
}

static gesto_result set_size(const gesto_host *host, float units) {
  if (!may_change(host)) return GESTO_NOT_NOW;
  return gesto_result_of(canvas_set_size(of(host)->canvas, units));
}

static gesto_result set_colour(const gesto_host *host, uint32_t rgb) {
  if (!may_change(host)) return GESTO_NOT_NOW;
  return gesto_result_of(canvas_set_colour(of(host)->canvas, rgb));
}

static gesto_result set_mirror(const gesto_host *host, uint32_t folds) {
  if (!may_change(host)) return GESTO_NOT_NOW;
  return gesto_result_of(canvas_set_mirror(of(host)->canvas, folds));
}

static gesto_result set_smoothing(const gesto_host *host, uint32_t how) {
  if (!may_change(host)) return GESTO_NOT_NOW;
  return gesto_result_of(canvas_set_smoothing(of(host)->canvas, how));
}

static gesto_result set_ruler(const gesto_host *host, uint32_t shape) {
  if (!may_change(host)) return GESTO_NOT_NOW;
  return gesto_result_of(canvas_set_ruler(of(host)->canvas, shape));
}

// A line that was under way ends with it, and is a step.
static bool go(const gesto_host *host, bool (*way)(canvas *c), uint32_t kind) {
  paper *p = of(host);
  if (!may_change(host)) return false;
  const uint64_t before = canvas_steps(p->canvas);
  const bool went = way(p->canvas);
  tell_made(p, before, p->line_seq);
  if (went) tell_step(p, kind, 0);
  p->of->lost_past |= !went && canvas_trouble(p->canvas) != OK;
  return went;
}

static bool undo(const gesto_host *host) { return go(host, canvas_undo, REPORT_UNDONE); }
static bool redo(const gesto_host *host) { return go(host, canvas_redo, REPORT_REDONE); }

static gesto_result sheet(const gesto_host *host, const char *what, uint32_t n) {
  paper *p = of(host);
  if (!may_change(host)) return GESTO_NOT_NOW;
  if (!what) return GESTO_BAD_DATA;
  const uint64_t before = canvas_steps(p->canvas);
  return told(p, before, canvas_sheet(p->canvas, what, n));
}

static gesto_result fill(const gesto_host *host, float x, float y) {
  paper *p = of(host);
  if (!may_change(host)) return GESTO_NOT_NOW;
  const paper_place at = find(p, x, y);
  const uint64_t before = canvas_steps(p->canvas);
  const result r = canvas_fill(p->canvas, (float)at.x, (float)at.y);
  tell_made(p, before, p->of->at_seq);
  return gesto_result_of(r);
}

static gesto_result under(const gesto_host *host,
  void (*draw)(const void *data, cairo_t *to, float width, float height),
  const void *data) {
  paper *p = of(host);
  if (!may_change(host) || canvas_in_stroke(p->canvas)) return GESTO_NOT_NOW;
  const uint64_t before = canvas_steps(p->canvas);
  if (!draw) return told(p, before, canvas_put_under(p->canvas, NULL, 0));
  const under_drawing d = {.draw = draw, .data = data, .scale = p->scale};
  return told(p, before, under_put_drawing(p->canvas, &d));
}

static gesto_result under_own(const gesto_host *host) {
  paper *p = of(host);
  const machine_setup *s = &p->of->setup;
  if (!may_change(host) || canvas_in_stroke(p->canvas)) return GESTO_NOT_NOW;
  if (!s->picture) return GESTO_FAILED;
  if (s->calls.pictured) s->calls.pictured(s->calls.data);
  const uint64_t before = canvas_steps(p->canvas);
  const uint32_t busy = machine_busy_as(p->of, BUSY_LOAD);
  const result r = under_put_picture(p->canvas, s->picture, s->picture_size);
  machine_busy_as(p->of, busy);
  return told(p, before, r);
}

static void paint(const gesto_host *host, cairo_t *to) {
  paper *p = of(host);
  if (make_shown(p)) lens_paint(&p->eye, to, p->shown);
}

const gesto_canvas *paper_face(void) {
  static const gesto_canvas face = {.size = sizeof face,
    .stroke = stroke,
    .set_brush = set_brush,
    .set_size = set_size,
    .set_colour = set_colour,
    .set_mirror = set_mirror,
    .set_smoothing = set_smoothing,
    .set_ruler = set_ruler,
    .undo = undo,
    .redo = redo,
    .sheet = sheet,
    .fill = fill,
    .paint = paint,
    .keep = paper_keep,
    .see = paper_see_all,
    .keep_paper = paper_keep_one,
    .under = under,
    .under_own = under_own};
  return &face;
}
