// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/studio/line.h"

#include "core/studio/easel.h"

#include <math.h>
#include <stddef.h>

static bool is_ruled(const line *l) { return l->look.ruler != RULER_NONE; }
static bool is_smooth(const line *l) { return l->look.smoothing != SMOOTHING_OFF; }

static void hide_tip(line *l) {
  if (l->tip_shown) easel_drop_tip(l->easel);
  l->tip_shown = false;
}

static void put_surface(const line *l, stroke *s) {
  brush_surface_init(&s->surface, l->easel, l->look.sheet, l->look.folds);
}

// ---- Along a ruler ------------------------------------------------------------------

static float length_of(const stroke_point *points, uint32_t n) {
  float way = 0.0f;
  for (uint32_t i = 1; i < n; i++)
    way += hypotf(points[i].x - points[i - 1].x, points[i].y - points[i - 1].y);
  return way;
}

// All but the last point, where the brush lifts.
static result begin_ruled(const line *l, stroke *s, bool shown_only, stroke_point *last) {
  stroke_point points[RULER_POINTS];
  const uint32_t n = ruler_line(&l->ruler, points);
  stroke_look look = l->look.stroke;
  if (shown_only) look.preview = length_of(points, n);
  put_surface(l, s);
  const result r = stroke_begin(s, &look, &points[0]);
  for (uint32_t i = 1; i + 1 < n && r == OK; i++) stroke_move(s, &points[i]);
  *last = points[n - 1];
  return r;
}

static result end_ruled(line *l) {
  stroke_point last;
  const result r = begin_ruled(l, &l->stroke, false, &last);
  if (r == OK) stroke_end(&l->stroke, &last);
  return r;
}

static void paint_ruled_tip(const line *l) {
  stroke branch = {.brush = NULL};
  stroke_point last;
  if (begin_ruled(l, &branch, true, &last) == OK) stroke_end(&branch, &last);
}

// ---- Smoothed -----------------------------------------------------------------------

static void paint_settled(line *l) {
  stroke_point p;
  while (smoother_take(&l->smoother, &p)) stroke_move(&l->stroke, &p);
}

// All but the last point, which is the newest sample itself.
static void paint_rest(stroke *s, const stroke_point *rest, uint32_t n) {
  for (uint32_t i = 0; i + 1 < n; i++) stroke_move(s, &rest[i]);
}

static void paint_free_tip(line *l) {
  stroke_point rest[SMOOTHER_REST];
  const uint32_t n = is_smooth(l) ? smoother_rest(&l->smoother, rest) : 0;
  put_surface(l, &l->branch);
  if (!stroke_branch(&l->branch, &l->stroke, length_of(rest, n))) return;
  paint_rest(&l->branch, rest, n);
  stroke_lift(&l->branch, &l->newest);
}

static bool has_tip(const line *l) {
  return is_ruled(l) || is_smooth(l) || stroke_is_dot(&l->stroke);
}

// ---- The line -----------------------------------------------------------------------

static result begin_free(line *l, const stroke_point *at) {
  put_surface(l, &l->stroke);
  const result r = stroke_begin(&l->stroke, &l->look.stroke, at);
  if (is_smooth(l)) smoother_begin(&l->smoother, l->look.smoothing, l->look.scale, at);
  return r;
}

result line_begin(line *l, easel *e, const line_look *look, const stroke_point *at) {
  l->easel = e;
  l->look = *look;
  l->newest = stroke_tamed(e, at);
  l->tip_shown = false;
  result r = OK;
  if (is_ruled(l))
    ruler_begin(&l->ruler, look->ruler, look->scale, &l->newest);
  else
    r = begin_free(l, &l->newest);
  l->drawing = r == OK;
  return r;
}

static void take_in(line *l, const stroke_point *to) {
  hide_tip(l);
  l->newest = stroke_tamed(l->easel, to);
  if (is_ruled(l)) ruler_add(&l->ruler, &l->newest);
  if (!is_ruled(l) && is_smooth(l)) {
    smoother_add(&l->smoother, &l->newest);
    paint_settled(l);
  }
}

void line_move(line *l, const stroke_point *to) {
  take_in(l, to);
  if (!is_ruled(l) && !is_smooth(l)) stroke_move(&l->stroke, to);
}

result line_end(line *l, const stroke_point *at) {
  take_in(l, at);
  l->drawing = false;
  stroke_drop(&l->branch);
  if (is_ruled(l)) return end_ruled(l);
  stroke_point rest[SMOOTHER_REST];
  if (is_smooth(l)) paint_rest(&l->stroke, rest, smoother_rest(&l->smoother, rest));
  stroke_end(&l->stroke, at);
  return OK;
}

result line_cut(line *l) { return l->drawing ? line_end(l, &l->newest) : OK; }

void line_drop(line *l) {
  if (l->drawing) hide_tip(l);
  l->drawing = false;
  stroke_drop(&l->branch);
  stroke_drop(&l->stroke);
}

void line_show_tip(line *l) {
  if (!l->drawing || l->tip_shown || !has_tip(l)) return;
  if (!easel_begin_tip(l->easel, l->look.sheet)) return;
  if (is_ruled(l))
    paint_ruled_tip(l);
  else
    paint_free_tip(l);
  easel_end_tip(l->easel);
  l->tip_shown = true;
}
