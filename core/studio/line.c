// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/studio/line.h"

#include "core/studio/easel.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

// A tip that goes on is right but for what newer samples tell about the way before them. Two
// pictures of a screen may come before that is mended; where it is less than one can see, more.
static const float off_way = 0.5f; // px
static const uint64_t anew_us = 24000, anew_at_last_us = 100000;

static bool is_ruled(const line *l) { return l->look.ruler != RULER_NONE; }
static bool is_smooth(const line *l) { return l->look.smoothing != SMOOTHING_OFF; }

static void hide_tip(line *l) {
  if (l->tip.shown) easel_drop_tip(l->easel);
  l->tip.shown = false;
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

static uint32_t rest_of(const line *l, uint64_t since, stroke_point to[SMOOTHER_REST]) {
  return is_smooth(l) ? smoother_rest(&l->smoother, since, to) : 0;
}

// What has settled is the tip's no more.
static void forget_settled(line_tip *t, uint64_t next) {
  uint32_t gone = 0;
  while (gone < t->count && t->way[gone].time < next) gone++;
  t->count -= gone;
  memmove(t->way, t->way + gone, t->count * sizeof *t->way);
}

// How far a point lies off the way from `a` to `b` at its time.
static float off(const stroke_point *p, const stroke_point *a, const stroke_point *b) {
  const float part = (float)(p->time - a->time) / (float)(b->time - a->time);
  return hypotf(a->x + (b->x - a->x) * part - p->x, a->y + (b->y - a->y) * part - p->y);
}

// The line's way is now the one that the tip was painted along.
static bool lies_right(line_tip *t, const stroke_point *rest, uint32_t n) {
  uint32_t k = 0;
  forget_settled(t, rest[0].time);
  for (uint32_t i = 0; i < t->count; i++) {
    while (k + 1 < n && rest[k + 1].time < t->way[i].time) k++;
    if (k + 1 < n && off(&t->way[i], &rest[k], &rest[k + 1]) > off_way) return false;
  }
  return true;
}

static void remember_way(line_tip *t, const stroke_point *rest, uint32_t n) {
  for (uint32_t i = 0; i < n && t->count < SMOOTHER_REST; i++)
    t->way[t->count++] = rest[i];
}

static bool may_go_on(line *l) {
  const line_tip *t = &l->tip;
  const uint64_t shown = l->newest.time - t->begun;
  if (!t->shown || t->dotted || shown >= anew_at_last_us) return false;
  if (shown < anew_us) return true;
  stroke_point rest[SMOOTHER_REST];
  const uint32_t n = rest_of(l, 0, rest);
  return n > 0 && lies_right(&l->tip, rest, n);
}

static bool begin_free_tip(line *l) {
  stroke_point rest[SMOOTHER_REST];
  const uint32_t n = rest_of(l, 0, rest);
  l->tip.begun = l->newest.time;
  l->tip.to = 0;
  l->tip.count = 0;
  put_surface(l, &l->branch);
  return stroke_branch(&l->branch, &l->stroke, length_of(rest, n));
}

static void paint_free_tip(line *l, bool goes_on) {
  stroke_point rest[SMOOTHER_REST];
  line_tip *t = &l->tip;
  if (!goes_on && !begin_free_tip(l)) return;
  const uint32_t n = rest_of(l, t->to, rest);
  remember_way(t, rest, n);
  paint_rest(&l->branch, rest, n);
  t->to = l->newest.time;
  t->dotted = stroke_is_dot(&l->branch);
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
  l->tip.shown = false;
  result r = OK;
  if (is_ruled(l))
    ruler_begin(&l->ruler, look->ruler, look->scale, &l->newest);
  else
    r = begin_free(l, &l->newest);
  l->drawing = r == OK;
  return r;
}

static void take_in(line *l, const stroke_point *to) {
  l->tip.late = true;
  if (is_ruled(l) || !is_smooth(l)) hide_tip(l);
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
  hide_tip(l);
  l->drawing = false;
  stroke_drop(&l->branch);
  if (is_ruled(l)) return end_ruled(l);
  stroke_point rest[SMOOTHER_REST];
  paint_rest(&l->stroke, rest, rest_of(l, 0, rest));
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
  if (!l->drawing || (l->tip.shown && !l->tip.late) || !has_tip(l)) return;
  const bool goes_on = may_go_on(l);
  if (!goes_on) hide_tip(l);
  if (!easel_begin_tip(l->easel, l->look.sheet)) return;
  if (is_ruled(l))
    paint_ruled_tip(l);
  else
    paint_free_tip(l, goes_on);
  easel_end_tip(l->easel);
  l->tip.shown = true;
  l->tip.late = false;
}
