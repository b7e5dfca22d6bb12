// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/studio/stroke.h"

#include "core/studio/easel.h"

#include <math.h>
#include <stddef.h>

// Longer silences count as this one: libmypaint would begin the stroke anew.
static const double longest_step = 1.0, shortest_step = STROKE_MOMENT_S;
// After so long a brush takes its new place without a line from where it was.
static const double forgetting_step = 10.0;
// A contact that stays within this many pixels has made a dot.
static const float dot_travel = 2.0f;
// A tap that is lighter shows as much as this.
static const float least_tap = 0.2f;
// A contact further outside the paper counts as one so many pixels outside: the way there is
// painted dab by dab.
static const float outside_limit = 1024.0f;
// Later than this nothing happens: what is added to a time still fits.
static const uint64_t latest = UINT64_MAX / 2;

static float within(float v, float low, float high) {
  if (!(v > low)) return low;
  return v < high ? v : high;
}

stroke_point stroke_tamed(const easel *e, const stroke_point *p) {
  stroke_point t = *p;
  t.x = within(p->x, -outside_limit, (float)e->width + outside_limit);
  t.y = within(p->y, -outside_limit, (float)e->height + outside_limit);
  t.pressure = within(p->pressure, 0.0f, 1.0f);
  t.tilt_x = within(p->tilt_x, -1.0f, 1.0f);
  t.tilt_y = within(p->tilt_y, -1.0f, 1.0f);
  if (t.time > latest) t.time = latest;
  return t;
}

static void feed(stroke *s, const stroke_point *p, double seconds) {
  mypaint_brush_stroke_to_2(s->brush, &s->surface.base, p->x, p->y, p->pressure,
    p->tilt_x, p->tilt_y, seconds, 1.0f, 0.0f, 0.0f);
}

static void go_to(stroke *s, stroke_point p) {
  uint64_t us = p.time > s->last.time ? p.time - s->last.time : 0;
  double seconds = (double)us * 1e-6;
  if (seconds > longest_step) seconds = longest_step;
  if (seconds < shortest_step) seconds = shortest_step;
  feed(s, &p, seconds);
  s->travel += hypotf(p.x - s->last.x, p.y - s->last.y);
  s->most_pressure = fmaxf(s->most_pressure, p.pressure);
  s->last = p;
}

// libmypaint 1.6 counts dabs by the numbers of the move before; of a new brush those are
// whatever the memory held, and it may count without end. Standing still for a moment, with
// none to count, brings them up to what the brush now is.
static void settle(stroke *s, const stroke_point *p) {
  mypaint_brush_set_state(s->brush, MYPAINT_BRUSH_STATE_DABS_PER_SECOND, 0.0f);
  mypaint_brush_set_state(s->brush, MYPAINT_BRUSH_STATE_PARTIAL_DABS, 0.0f);
  feed(s, p, shortest_step);
  stroke_brush_count(s->brush);
}

// Each new brush begins its chances alike: strokes side by side would have the same grain. It
// forgets the more often, and draws a number each time, the place and time of the stroke say.
static uint32_t chances_passed(const stroke_point *p) {
  const uint32_t x = (uint32_t)(int32_t)(p->x * 16.0f),
                 y = (uint32_t)(int32_t)(p->y * 16.0f);
  const uint32_t mixed = (x * 31u + y) * 2654435761u ^ (uint32_t)p->time * 2246822519u;
  return 1 + (mixed >> 16) % 97;
}

static void set_down(stroke *s) {
  stroke_point above = s->last;
  above.pressure = 0.0f;
  const uint32_t times = chances_passed(&above);
  for (uint32_t i = 0; i < times; i++) feed(s, &above, forgetting_step);
  settle(s, &above);
}

// One that shakes by itself takes nothing more before it has gone some way: it forgets that.
static void make_dot(stroke *s, float pressure) {
  stroke_point p = s->last;
  p.pressure = 0.0f;
  feed(s, &p, forgetting_step);
  p.pressure = pressure;
  mypaint_brush_set_state(s->brush, MYPAINT_BRUSH_STATE_PRESSURE, pressure);
  const stroke_dot before = stroke_brush_swap_dot(s->brush, stroke_brush_dot(s->brush));
  settle(s, &p);
  feed(s, &p, shortest_step);
  stroke_brush_swap_dot(s->brush, before);
}

bool stroke_branch(stroke *s, const stroke *from, float preview) {
  s->look = from->look;
  s->last = from->last;
  s->travel = from->travel;
  s->most_pressure = from->most_pressure;
  s->surface.dabs = from->surface.dabs;
  if (s->brush == NULL) s->brush = stroke_brush_create(&s->look);
  if (s->brush == NULL) return false;
  feed(s, &s->last, forgetting_step); // before its first step a brush forgets
  for (int i = 0; i < MYPAINT_BRUSH_STATES_COUNT; i++) {
    const MyPaintBrushState state = (MyPaintBrushState)i;
    mypaint_brush_set_state(s->brush, state, mypaint_brush_get_state(from->brush, state));
  }
  stroke_brush_keep_to_a_frame(s->brush, from->brush, preview);
  return true;
}

result stroke_begin(stroke *s, const stroke_look *look, const stroke_point *at) {
  s->look = *look;
  s->brush = stroke_brush_create(look);
  if (s->brush == NULL) return BAD_DATA;
  s->last = stroke_tamed(s->surface.easel, at);
  s->travel = 0.0f;
  s->most_pressure = s->last.pressure;
  const float noise = stroke_brush_hold_still(s->brush);
  set_down(s);
  stroke_brush_shake(s->brush, noise);
  mypaint_brush_set_state(s->brush, MYPAINT_BRUSH_STATE_PRESSURE, s->last.pressure);
  return OK;
}

void stroke_move(stroke *s, const stroke_point *to) {
  go_to(s, stroke_tamed(s->surface.easel, to));
}

bool stroke_is_dot(const stroke *s) {
  return s->travel < dot_travel || s->surface.dabs == 0;
}

void stroke_lift(stroke *s, const stroke_point *at) {
  stroke_move(s, at);
  if (!stroke_is_dot(s)) return;
  const float noise = stroke_brush_hold_still(s->brush);
  make_dot(s, fmaxf(s->most_pressure, least_tap));
  stroke_brush_shake(s->brush, noise);
}

void stroke_end(stroke *s, const stroke_point *at) {
  stroke_lift(s, at);
  stroke_drop(s);
}

void stroke_drop(stroke *s) {
  if (s->brush != NULL) mypaint_brush_unref(s->brush);
  s->brush = NULL;
}
