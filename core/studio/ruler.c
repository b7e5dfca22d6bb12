// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/studio/ruler.h"

#include "core/studio/parabola.h"

#include <math.h>

static const float closest = 1.0f;   // units between two samples, to begin with
static const float point_gap = 3.0f; // units between points of the line, if there is room
static const double soft_part = 0.3; // of the way, to each side of a place on it
static const double soft_most = 260; // units
static const float closing = 48.0f;  // units: ends so close may be one
static const float closing_part = 0.12f; // and no more than this of the way

static float distance(const stroke_point *a, const stroke_point *b) {
  const float dx = a->x - b->x, dy = a->y - b->y;
  return sqrtf(dx * dx + dy * dy);
}

void ruler_begin(ruler *r, ruler_shape shape, float scale, const stroke_point *down) {
  r->shape = shape;
  r->scale = scale;
  r->step = closest * scale;
  r->samples[0] = r->newest = *down;
  r->along[0] = 0;
  r->count = 1;
}

// Every other sample goes, and from now on fewer come.
static void thin(ruler *r) {
  for (uint32_t i = 0; 2 * i < r->count; i++) {
    r->samples[i] = r->samples[2 * i];
    r->along[i] = r->along[2 * i];
  }
  r->count = (r->count + 1) / 2;
  r->step *= 2;
}

void ruler_add(ruler *r, const stroke_point *p) {
  r->newest = *p;
  const float far = distance(p, &r->samples[r->count - 1]);
  if (far < r->step) return;
  if (r->count == RULER_SAMPLES - 1) thin(r); // one is for the end of the way
  r->samples[r->count] = *p;
  r->along[r->count] = r->along[r->count - 1] + far;
  r->count++;
}

// ---- The way ------------------------------------------------------------------------

static float between(float a, float b, float part) { return a + (b - a) * part; }

static stroke_point mixed(const stroke_point *a, const stroke_point *b, float part) {
  const uint64_t apart = b->time > a->time ? b->time - a->time : 0;
  return (stroke_point){.x = between(a->x, b->x, part),
    .y = between(a->y, b->y, part),
    .pressure = between(a->pressure, b->pressure, part),
    .tilt_x = between(a->tilt_x, b->tilt_x, part),
    .tilt_y = between(a->tilt_y, b->tilt_y, part),
    .time = a->time + (uint64_t)((float)apart * part)};
}

// The way with its end, as a sample like the others.
static ruler whole_way(const ruler *r) {
  ruler w = *r;
  const float far = distance(&w.newest, &w.samples[w.count - 1]);
  w.samples[w.count] = w.newest;
  w.along[w.count] = w.along[w.count - 1] + far;
  w.count++;
  return w;
}

static float length_of(const ruler *w) { return w->along[w->count - 1]; }

// The hand there; `from` is where the search goes on for places further along.
static stroke_point hand_at(const ruler *w, float along, uint32_t *from) {
  while (*from + 2 < w->count && w->along[*from + 1] < along) ++*from;
  const float a = w->along[*from], b = w->along[*from + 1];
  const float part = b > a ? (along - a) / (b - a) : 1.0f;
  return mixed(&w->samples[*from], &w->samples[*from + 1], part);
}

// ---- Straight -----------------------------------------------------------------------

// Turns so that an angle near a multiple of 45 degrees becomes one.
static void turn_gently(float *dx, float *dy) {
  static const float ways[4][2] = {
    {1, 0}, {0, 1}, {0.70710678f, 0.70710678f}, {0.70710678f, -0.70710678f}};
  static const float whole = 0.0261859f, none = 0.0524078f; // tan of 1.5 and 3 degrees
  for (int i = 0; i < 4; i++) {
    const float ux = ways[i][0], uy = ways[i][1];
    const float ahead = *dx * ux + *dy * uy, aside = *dy * ux - *dx * uy;
    const float off = fabsf(aside), far = fabsf(ahead);
    if (off >= none * far) continue;
    const float left =
      off <= whole * far ? 0.0f : (off - whole * far) / (none - whole) * none;
    const float kept = aside < 0 ? -left : left;
    *dx = ux * ahead - uy * kept;
    *dy = uy * ahead + ux * kept;
    return;
  }
}

static void lay_straight(const ruler *w, stroke_point *to, uint32_t n) {
  float dx = w->newest.x - to[0].x, dy = w->newest.y - to[0].y;
  turn_gently(&dx, &dy);
  const float x = to[0].x, y = to[0].y;
  for (uint32_t i = 1; i < n; i++) {
    const float part = (float)i / (float)(n - 1);
    to[i].x = x + dx * part;
    to[i].y = y + dy * part;
  }
}

// ---- Soft ---------------------------------------------------------------------------

static bool is_closed(const ruler *w) {
  const float gap = distance(&w->samples[0], &w->newest);
  return gap < closing * w->scale && gap < closing_part * length_of(w);
}

typedef struct place {
  double x, y;
} place;

static void add_round(const ruler *w, parabola *p, double at, double half, double round) {
  for (uint32_t i = 0; i < w->count; i++) {
    const stroke_point *s = &w->samples[i];
    parabola_add(
      p, ((double)w->along[i] + round - at) / half, (double)s->x, (double)s->y);
  }
}

static place calm_at(const ruler *w, float along, double half, bool closed) {
  parabola p = {.u = {0}};
  const double round = (double)length_of(w);
  add_round(w, &p, (double)along, half, 0);
  if (closed) {
    add_round(w, &p, (double)along, half, -round);
    add_round(w, &p, (double)along, half, round);
  }
  place at = {0, 0};
  parabola_middle(&p, &at.x, &at.y);
  return at;
}

static float anchor(float from_end, float half) {
  if (from_end >= half) return 0.0f;
  const float part = 1.0f - from_end / half;
  return part * part * (3.0f - 2.0f * part);
}

// The ends are the hand's, and what they are moved by fades along the line.
static void hold_ends(
  const ruler *w, stroke_point *to, uint32_t n, float half, const stroke_point at[2]) {
  const float off[2][2] = {{at[0].x - to[0].x, at[0].y - to[0].y},
    {at[1].x - to[n - 1].x, at[1].y - to[n - 1].y}};
  for (uint32_t i = 0; i < n; i++) {
    const float along = length_of(w) * (float)i / (float)(n - 1);
    const float first = anchor(along, half), last = anchor(length_of(w) - along, half);
    to[i].x += off[0][0] * first + off[1][0] * last;
    to[i].y += off[0][1] * first + off[1][1] * last;
  }
}

static void lay_soft(const ruler *w, stroke_point *to, uint32_t n) {
  const bool closed = is_closed(w);
  const stroke_point at[2] = {to[0], to[n - 1]};
  double half = soft_part * (double)length_of(w);
  if (half > soft_most * (double)w->scale) half = soft_most * (double)w->scale;
  for (uint32_t i = 0; i < n; i++) {
    const place p = calm_at(w, length_of(w) * (float)i / (float)(n - 1), half, closed);
    to[i].x = (float)p.x;
    to[i].y = (float)p.y;
  }
  if (!closed) hold_ends(w, to, n, (float)half, at);
}

uint32_t ruler_line(const ruler *r, stroke_point to[RULER_POINTS]) {
  const ruler w = whole_way(r);
  to[0] = w.samples[0];
  if (!(length_of(&w) > 0)) return 1;
  const float gaps = length_of(&w) / (point_gap * w.scale);
  const uint32_t n = gaps < RULER_POINTS - 2 ? (uint32_t)gaps + 2 : RULER_POINTS;
  uint32_t from = 0;
  for (uint32_t i = 0; i < n; i++)
    to[i] = hand_at(&w, length_of(&w) * (float)i / (float)(n - 1), &from);
  if (w.shape == RULER_STRAIGHT)
    lay_straight(&w, to, n);
  else
    lay_soft(&w, to, n);
  return n;
}
