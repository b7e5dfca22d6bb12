// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/studio/stroke.h"

#include "core/studio/easel.h"

#include <math.h>
#include <stddef.h>

// Longer silences count as this one: libmypaint would begin the stroke anew.
static const double longest_step = 1.0, shortest_step = 0.0001; // seconds
// After so long a brush takes its new place without a line from where it was.
static const double forgetting_step = 10.0;
// A contact that stays within this many pixels has made a dot.
static const float dot_travel = 2.0f;
// A tap that is lighter shows as much as this.
static const float least_tap = 0.2f;
// In a way that is only shown, over and over: so many small dabs, or as many as take as long,
// some 0.3 ms; more where a radius would have less than a few, but never for more than 2 ms.
static const float preview_dabs = 200.0f, preview_most = 1200.0f;
static const float preview_on_radius = 3.0f, small_dab = 8.0f;
// Dabs that lie so many radii off the way stand alone: fewer would be a thinner line.
static const float scattered = 0.75f;
// Dabs so many times as long as they are wide show which way a brush goes.
static const float long_dab = 2.0f;
// A contact further outside the paper counts as one so many pixels outside: the way there is
// painted dab by dab.
static const float outside_limit = 1024.0f;
// Later than this nothing happens: what is added to a time still fits.
static const uint64_t latest = UINT64_MAX / 2;

static MyPaintBrush *brush_create(const char *text) {
  MyPaintBrush *b = mypaint_brush_new();
  if (b == NULL) return NULL;
  mypaint_brush_from_defaults(b);
  if (mypaint_brush_from_string(b, text)) return b;
  mypaint_brush_unref(b);
  return NULL;
}

bool stroke_brush_holds(const char *text) {
  MyPaintBrush *b = brush_create(text);
  if (b != NULL) mypaint_brush_unref(b);
  return b != NULL;
}

static float hue(float r, float g, float b, float most, float range) {
  if (range <= 0.0f) return 0.0f;
  float sixths = most == r ? (g - b) / range
    : most == g            ? 2.0f + (b - r) / range
                           : 4.0f + (r - g) / range;
  return sixths < 0.0f ? sixths / 6.0f + 1.0f : sixths / 6.0f;
}

static void set_colour(MyPaintBrush *brush, uint32_t rgb) {
  float r = (float)(rgb >> 16 & 255) / 255.0f, g = (float)(rgb >> 8 & 255) / 255.0f;
  float b = (float)(rgb & 255) / 255.0f;
  float most = fmaxf(r, fmaxf(g, b)), range = most - fminf(r, fminf(g, b));
  float h = hue(r, g, b, most, range);
  mypaint_brush_set_base_value(brush, MYPAINT_BRUSH_SETTING_COLOR_H, h);
  mypaint_brush_set_base_value(
    brush, MYPAINT_BRUSH_SETTING_COLOR_S, most > 0.0f ? range / most : 0.0f);
  mypaint_brush_set_base_value(brush, MYPAINT_BRUSH_SETTING_COLOR_V, most);
}

static void set_size(MyPaintBrush *b, float size) {
  float radius =
    mypaint_brush_get_base_value(b, MYPAINT_BRUSH_SETTING_RADIUS_LOGARITHMIC);
  mypaint_brush_set_base_value(
    b, MYPAINT_BRUSH_SETTING_RADIUS_LOGARITHMIC, radius + logf(size));
}

// What a curve of the brush adds to a number, where the input is `at`.
static float curve(
  MyPaintBrush *b, MyPaintBrushSetting setting, MyPaintBrushInput input, float at) {
  const int count = mypaint_brush_get_mapping_n(b, setting, input);
  float x0 = 0.0f, y0 = 0.0f, x1 = 0.0f, y1 = 0.0f;
  for (int i = 0; i < count; i++) {
    x0 = x1, y0 = y1;
    mypaint_brush_get_mapping_point(b, setting, input, i, &x1, &y1);
    if (i == 0) x0 = x1, y0 = y1;
    if (x1 >= at) break;
  }
  return x1 > x0 ? y0 + (y1 - y0) * (at - x0) / (x1 - x0) : y1;
}

float stroke_broad(const char *brush, float size) {
  const MyPaintBrushSetting setting = MYPAINT_BRUSH_SETTING_RADIUS_LOGARITHMIC;
  MyPaintBrush *b = brush_create(brush);
  if (b == NULL) return 0.0f;
  set_size(b, size);
  const float radius = mypaint_brush_get_base_value(b, setting) +
    curve(b, setting, MYPAINT_BRUSH_INPUT_PRESSURE, 0.5f);
  mypaint_brush_unref(b);
  return 2.0f * expf(radius);
}

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

// As many dabs as the brush makes on a way of its own radius.
static float dabs_of_dot(MyPaintBrush *b) {
  float n =
    mypaint_brush_get_base_value(b, MYPAINT_BRUSH_SETTING_DABS_PER_ACTUAL_RADIUS) +
    mypaint_brush_get_base_value(b, MYPAINT_BRUSH_SETTING_DABS_PER_BASIC_RADIUS);
  return within(n, 1.0f, 64.0f) + 0.5f;
}

// Sets a number of the brush as it is made and returns the one before.
static float swap_base(MyPaintBrush *b, MyPaintBrushSetting setting, float v) {
  const float before = mypaint_brush_get_base_value(b, setting);
  mypaint_brush_set_base_value(b, setting, v);
  return before;
}

static void set_counts(MyPaintBrush *b) {
  static const struct {
    MyPaintBrushSetting from;
    MyPaintBrushState to;
  } counts[] = {
    {MYPAINT_BRUSH_SETTING_DABS_PER_ACTUAL_RADIUS,
      MYPAINT_BRUSH_STATE_DABS_PER_ACTUAL_RADIUS},
    {MYPAINT_BRUSH_SETTING_DABS_PER_BASIC_RADIUS,
      MYPAINT_BRUSH_STATE_DABS_PER_BASIC_RADIUS},
    {MYPAINT_BRUSH_SETTING_DABS_PER_SECOND, MYPAINT_BRUSH_STATE_DABS_PER_SECOND},
  };
  for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
    const float count = mypaint_brush_get_base_value(b, counts[i].from);
    mypaint_brush_set_state(b, counts[i].to, count);
  }
  mypaint_brush_set_state(b, MYPAINT_BRUSH_STATE_PARTIAL_DABS, 0.0f);
}

// libmypaint 1.6 counts dabs by the numbers of the move before; of a new brush those are
// whatever the memory held, and it may count without end. Standing still for a moment, with
// none to count, brings them up to what the brush now is.
static void settle(stroke *s, const stroke_point *p) {
  mypaint_brush_set_state(s->brush, MYPAINT_BRUSH_STATE_DABS_PER_SECOND, 0.0f);
  mypaint_brush_set_state(s->brush, MYPAINT_BRUSH_STATE_PARTIAL_DABS, 0.0f);
  feed(s, p, shortest_step);
  set_counts(s->brush);
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

// The numbers of a brush that are others while it makes a dot.
typedef struct dot_brush {
  float by_time, ratio, radius;
} dot_brush;

static dot_brush swap_dot(MyPaintBrush *b, dot_brush d) {
  return (dot_brush){
    .by_time = swap_base(b, MYPAINT_BRUSH_SETTING_DABS_PER_SECOND, d.by_time),
    .ratio = swap_base(b, MYPAINT_BRUSH_SETTING_ELLIPTICAL_DAB_RATIO, d.ratio),
    .radius = swap_base(b, MYPAINT_BRUSH_SETTING_RADIUS_LOGARITHMIC, d.radius)};
}

// A brush counts its dabs by the way it goes, and by time if told so: for a moment it is
// told so. Its long dabs are round, and of the size they were: they have no direction yet.
static dot_brush dot_of(MyPaintBrush *b) {
  const float as_made =
    mypaint_brush_get_base_value(b, MYPAINT_BRUSH_SETTING_ELLIPTICAL_DAB_RATIO);
  const float ratio = as_made >= long_dab ? as_made : 1.0f;
  const float radius =
    mypaint_brush_get_base_value(b, MYPAINT_BRUSH_SETTING_RADIUS_LOGARITHMIC);
  return (dot_brush){.by_time = dabs_of_dot(b) / (float)shortest_step,
    .ratio = as_made >= long_dab ? 1.0f : as_made,
    .radius = radius - 0.5f * logf(ratio)};
}

// One that shakes by itself takes nothing more before it has gone some way: it forgets that.
static void make_dot(stroke *s, float pressure) {
  stroke_point p = s->last;
  p.pressure = 0.0f;
  feed(s, &p, forgetting_step);
  p.pressure = pressure;
  mypaint_brush_set_state(s->brush, MYPAINT_BRUSH_STATE_PRESSURE, pressure);
  const dot_brush before = swap_dot(s->brush, dot_of(s->brush));
  settle(s, &p);
  feed(s, &p, shortest_step);
  swap_dot(s->brush, before);
}

// A brush that shakes by its own will would leave the place, or not move at all.
static float hold_still(MyPaintBrush *b) {
  return swap_base(b, MYPAINT_BRUSH_SETTING_TRACKING_NOISE, 0.0f);
}

static void shake_again(MyPaintBrush *b, float noise) {
  swap_base(b, MYPAINT_BRUSH_SETTING_TRACKING_NOISE, noise);
}

// Brushes that smooth by themselves lag behind the hand and end short of where it lifts: what
// is to be smoothed was smoothed before it came here.
static void keep_up(MyPaintBrush *b) {
  const MyPaintBrushSetting slow[] = {
    MYPAINT_BRUSH_SETTING_SLOW_TRACKING, MYPAINT_BRUSH_SETTING_SLOW_TRACKING_PER_DAB};
  for (size_t i = 0; i < sizeof slow / sizeof *slow; i++) {
    mypaint_brush_set_base_value(b, slow[i], 0.0f);
    for (int by = 0; by < MYPAINT_BRUSH_INPUTS_COUNT; by++)
      mypaint_brush_set_mapping_n(b, slow[i], (MyPaintBrushInput)by, 0);
  }
}

// How many dabs at most a way of so many radii is shown with.
static float preview_dabs_of(MyPaintBrush *b, float radius, float radii) {
  const float slow = 1.0f + radius * radius / (small_dab * small_dab);
  const float most = preview_most / slow;
  if (mypaint_brush_get_base_value(b, MYPAINT_BRUSH_SETTING_OFFSET_BY_RANDOM) > scattered)
    return most;
  return fmaxf(preview_dabs / slow, fminf(preview_on_radius * radii, most));
}

// As many dabs on its way as the brush `made` makes, if that is not too many.
static void keep_to_a_frame(MyPaintBrush *b, MyPaintBrush *made, float way) {
  const MyPaintBrushSetting counts[] = {MYPAINT_BRUSH_SETTING_DABS_PER_ACTUAL_RADIUS,
    MYPAINT_BRUSH_SETTING_DABS_PER_BASIC_RADIUS};
  const MyPaintBrushSetting log_radius = MYPAINT_BRUSH_SETTING_RADIUS_LOGARITHMIC;
  const float radius = expf(mypaint_brush_get_base_value(made, log_radius));
  const float radii = way / fmaxf(radius, 0.5f), dabs = dabs_of_dot(made) * radii;
  const float most = preview_dabs_of(made, radius, radii);
  const float share = dabs > most ? most / dabs : 1.0f;
  for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
    const float count = mypaint_brush_get_base_value(made, counts[i]);
    mypaint_brush_set_base_value(b, counts[i], count * share);
  }
}

static bool take_up(stroke *s) {
  s->brush = brush_create(s->look.brush);
  if (s->brush == NULL) return false;
  set_colour(s->brush, s->look.rgb);
  set_size(s->brush, s->look.size);
  keep_up(s->brush);
  keep_to_a_frame(s->brush, s->brush, s->look.preview);
  return true;
}

bool stroke_branch(stroke *s, const stroke *from, float preview) {
  s->look = from->look;
  s->last = from->last;
  s->travel = from->travel;
  s->most_pressure = from->most_pressure;
  s->surface.dabs = from->surface.dabs;
  if (s->brush == NULL && !take_up(s)) return false;
  feed(s, &s->last, forgetting_step); // before its first step a brush forgets
  for (int i = 0; i < MYPAINT_BRUSH_STATES_COUNT; i++) {
    const MyPaintBrushState state = (MyPaintBrushState)i;
    mypaint_brush_set_state(s->brush, state, mypaint_brush_get_state(from->brush, state));
  }
  keep_to_a_frame(s->brush, from->brush, preview);
  return true;
}

result stroke_begin(stroke *s, const stroke_look *look, const stroke_point *at) {
  s->look = *look;
  if (!take_up(s)) return BAD_DATA;
  s->last = stroke_tamed(s->surface.easel, at);
  s->travel = 0.0f;
  s->most_pressure = s->last.pressure;
  const float noise = hold_still(s->brush);
  set_down(s);
  shake_again(s->brush, noise);
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
  const float noise = hold_still(s->brush);
  make_dot(s, fmaxf(s->most_pressure, least_tap));
  shake_again(s->brush, noise);
}

void stroke_end(stroke *s, const stroke_point *at) {
  stroke_lift(s, at);
  stroke_drop(s);
}

void stroke_drop(stroke *s) {
  if (s->brush != NULL) mypaint_brush_unref(s->brush);
  s->brush = NULL;
}
