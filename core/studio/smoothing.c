// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/studio/smoothing.h"

#include "core/studio/parabola.h"

#include <math.h>

enum { STEP_US = 4000 };   // between points of the line
enum { PAUSE_US = 50000 }; // a device that says nothing for so long stands still
enum { HOLD_US = 10000 };  // what it would have said meanwhile, so often

// ---- The samples ----------------------------------------------------------------------

// 0 is the newest.
static const stroke_point *sample(const smoother *s, uint32_t back) {
  return &s->samples[(s->newest + SMOOTHER_SAMPLES - back) % SMOOTHER_SAMPLES];
}

static void keep(smoother *s, const stroke_point *p) {
  s->newest = (s->newest + 1) % SMOOTHER_SAMPLES;
  s->samples[s->newest] = *p;
  if (s->count < SMOOTHER_SAMPLES) s->count++;
}

void smoother_begin(smoother *s, smoothing how, float scale, const stroke_point *down) {
  static const double halves[] = {0, 30e3, 200e3, 400e3}, limits[] = {0, 4, 9, 14};
  s->count = s->newest = 0;
  s->half = halves[how];
  s->limit = limits[how] * (double)scale;
  s->down = *down;
  s->first_known = false;
  s->next = down->time + STEP_US;
  s->rest_from = s->rest_to = 0;
  keep(s, down);
}

// A mouse that stands still says nothing; the parabola must hear that it stood: as far into
// the rest as a point near one of its ends looks. What lies further within is left out.
static void add_rest(smoother *s, const stroke_point *p) {
  stroke_point held = *sample(s, 0);
  const uint64_t half = (uint64_t)s->half, from = held.time;
  const bool is_long = p->time - from > 4 * half;
  while (p->time - held.time > HOLD_US) {
    held.time += HOLD_US;
    if (is_long && held.time > from + half && held.time < p->time - 2 * half)
      held.time = p->time - 2 * half;
    keep(s, &held);
  }
  s->rest_from = is_long ? from + half : 0;
  s->rest_to = is_long ? p->time - half : 0;
}

void smoother_add(smoother *s, const stroke_point *p) {
  stroke_point now = *p;
  const uint64_t last = sample(s, 0)->time;
  if (now.time < last) now.time = last;
  if (now.time - last > PAUSE_US) add_rest(s, &now);
  keep(s, &now);
}

// ---- The points -----------------------------------------------------------------------

static float between(float a, float b, double part) { return a + (b - a) * (float)part; }

// Where the hand was: between two samples, evenly.
static stroke_point hand_at(const smoother *s, uint64_t t) {
  uint32_t back = 0;
  while (back + 1 < s->count && sample(s, back)->time > t) back++;
  const stroke_point *a = sample(s, back);
  if (back == 0 || a->time >= t) return *a;
  const stroke_point *b = sample(s, back - 1);
  const double part = (double)(t - a->time) / (double)(b->time - a->time);
  return (stroke_point){.x = between(a->x, b->x, part),
    .y = between(a->y, b->y, part),
    .pressure = between(a->pressure, b->pressure, part),
    .tilt_x = between(a->tilt_x, b->tilt_x, part),
    .tilt_y = between(a->tilt_y, b->tilt_y, part),
    .time = t};
}

static double apart(uint64_t a, uint64_t b) {
  return a >= b ? (double)(a - b) : -(double)(b - a);
}

typedef struct shift {
  double x, y;
} shift;

// How far the parabola runs from the hand at that moment.
static shift calm_shift(const smoother *s, const stroke_point *hand) {
  parabola p = {.u = {0}};
  for (uint32_t back = 0; back < s->count; back++) {
    const stroke_point *at = sample(s, back);
    const double u = apart(at->time, hand->time) / s->half;
    if (u <= -1) break;
    parabola_add(&p, u, (double)at->x - (double)hand->x, (double)at->y - (double)hand->y);
  }
  shift d = {0, 0};
  parabola_middle(&p, &d.x, &d.y);
  return d;
}

// 1 at an end of the line, 0 a half window away from it.
static double anchor(const smoother *s, double from_end) {
  if (from_end >= s->half) return 0;
  const double part = 1 - from_end / s->half;
  return part * part * (3 - 2 * part);
}

// Softly within the limit: the line keeps the hand's place where that is further away.
static shift limited(const smoother *s, shift d) {
  const double far = sqrt(d.x * d.x + d.y * d.y);
  if (far <= s->limit) return d;
  return (shift){d.x * s->limit / far, d.y * s->limit / far};
}

// By how much the line is moved at its two ends, so that it begins and ends at the hand.
typedef struct ends {
  shift first, last;
} ends;

static stroke_point line_at(const smoother *s, uint64_t t, const ends *e) {
  stroke_point p = hand_at(s, t);
  shift d = calm_shift(s, &p);
  const double at_first = anchor(s, apart(t, s->down.time));
  const double at_last = anchor(s, apart(sample(s, 0)->time, t));
  d.x -= e->first.x * at_first + e->last.x * at_last;
  d.y -= e->first.y * at_first + e->last.y * at_last;
  d = limited(s, d);
  p.x += (float)d.x;
  p.y += (float)d.y;
  return p;
}

static uint64_t after(const smoother *s, uint64_t t) {
  t += STEP_US;
  return t > s->rest_from && t < s->rest_to ? s->rest_to : t;
}

static shift first_shift(const smoother *s) {
  return s->first_known ? (shift){s->first_x, s->first_y} : calm_shift(s, &s->down);
}

bool smoother_take(smoother *s, stroke_point *point) {
  if (apart(sample(s, 0)->time, s->next) < s->half) return false;
  const ends e = {.first = first_shift(s)};
  s->first_x = e.first.x;
  s->first_y = e.first.y;
  s->first_known = true;
  *point = line_at(s, s->next, &e);
  s->next = after(s, s->next);
  return true;
}

uint32_t smoother_rest(
  const smoother *s, uint64_t since, stroke_point to[SMOOTHER_REST]) {
  const stroke_point newest = *sample(s, 0);
  const ends e = {first_shift(s), calm_shift(s, &newest)};
  uint32_t n = 0;
  for (uint64_t t = s->next; t < newest.time && n + 1 < SMOOTHER_REST; t = after(s, t))
    if (t > since) to[n++] = line_at(s, t, &e);
  to[n++] = newest;
  return n;
}
