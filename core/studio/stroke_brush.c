// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/studio/stroke_brush.h"

#include "core/studio/brush_curves.h"

#include <math.h>
#include <stddef.h>

// In a way that is only shown, over and over: so many small dabs, or as many as take as long,
// some 0.3 ms; more where a radius would have less than a few, but never for more than 2 ms.
static const float preview_dabs = 200.0f, preview_most = 1200.0f;
static const float preview_on_radius = 3.0f, small_dab = 8.0f;
// Dabs that lie so many radii off the way stand alone: fewer would be a thinner line.
static const float scattered = 0.75f;
// Dabs so many times as long as they are wide show which way a brush goes.
static const float long_dab = 2.0f;

static MyPaintBrush *read(const char *text) {
  MyPaintBrush *b = brush_curves_hold(text) ? mypaint_brush_new() : NULL;
  if (b == NULL) return NULL;
  mypaint_brush_from_defaults(b);
  if (mypaint_brush_from_string(b, text)) return b;
  mypaint_brush_unref(b);
  return NULL;
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

bool stroke_brush_holds(const char *text) {
  MyPaintBrush *b = read(text);
  if (b != NULL) mypaint_brush_unref(b);
  return b != NULL;
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

float stroke_brush_broad(const char *text, float size) {
  const MyPaintBrushSetting setting = MYPAINT_BRUSH_SETTING_RADIUS_LOGARITHMIC;
  MyPaintBrush *b = read(text);
  if (b == NULL) return 0.0f;
  set_size(b, size);
  const float radius = mypaint_brush_get_base_value(b, setting) +
    curve(b, setting, MYPAINT_BRUSH_INPUT_PRESSURE, 0.5f);
  mypaint_brush_unref(b);
  return 2.0f * expf(radius);
}

// As many dabs as the brush makes on a way of its own radius.
static float dabs_of_dot(MyPaintBrush *b) {
  float n =
    mypaint_brush_get_base_value(b, MYPAINT_BRUSH_SETTING_DABS_PER_ACTUAL_RADIUS) +
    mypaint_brush_get_base_value(b, MYPAINT_BRUSH_SETTING_DABS_PER_BASIC_RADIUS);
  return fminf(fmaxf(n, 1.0f), 64.0f) + 0.5f;
}

void stroke_brush_count(MyPaintBrush *b) {
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

void stroke_brush_keep_to_a_frame(MyPaintBrush *b, MyPaintBrush *made, float way) {
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

MyPaintBrush *stroke_brush_create(const stroke_look *look) {
  MyPaintBrush *b = read(look->brush);
  if (b == NULL) return NULL;
  set_colour(b, look->rgb);
  set_size(b, look->size);
  keep_up(b);
  stroke_brush_keep_to_a_frame(b, b, look->preview);
  return b;
}

// Sets a number of the brush as it is made and returns the one before.
static float swap_base(MyPaintBrush *b, MyPaintBrushSetting setting, float v) {
  const float before = mypaint_brush_get_base_value(b, setting);
  mypaint_brush_set_base_value(b, setting, v);
  return before;
}

stroke_dot stroke_brush_swap_dot(MyPaintBrush *b, stroke_dot d) {
  return (stroke_dot){
    .by_time = swap_base(b, MYPAINT_BRUSH_SETTING_DABS_PER_SECOND, d.by_time),
    .ratio = swap_base(b, MYPAINT_BRUSH_SETTING_ELLIPTICAL_DAB_RATIO, d.ratio),
    .radius = swap_base(b, MYPAINT_BRUSH_SETTING_RADIUS_LOGARITHMIC, d.radius)};
}

// A brush counts its dabs by the way it goes, and by time if told so: for a moment it is
// told so. Its long dabs are round, and of the size they were: they have no direction yet.
stroke_dot stroke_brush_dot(MyPaintBrush *b) {
  const float as_made =
    mypaint_brush_get_base_value(b, MYPAINT_BRUSH_SETTING_ELLIPTICAL_DAB_RATIO);
  const float ratio = as_made >= long_dab ? as_made : 1.0f;
  const float radius =
    mypaint_brush_get_base_value(b, MYPAINT_BRUSH_SETTING_RADIUS_LOGARITHMIC);
  return (stroke_dot){.by_time = dabs_of_dot(b) / (float)STROKE_MOMENT_S,
    .ratio = as_made >= long_dab ? 1.0f : as_made,
    .radius = radius - 0.5f * logf(ratio)};
}

float stroke_brush_hold_still(MyPaintBrush *b) {
  return swap_base(b, MYPAINT_BRUSH_SETTING_TRACKING_NOISE, 0.0f);
}

void stroke_brush_shake(MyPaintBrush *b, float noise) {
  swap_base(b, MYPAINT_BRUSH_SETTING_TRACKING_NOISE, noise);
}
