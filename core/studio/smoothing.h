// SPDX-License-Identifier: GPL-3.0-or-later
// A calmer way from what the hand did to what the brush does. Each point of the line is looked
// up in the samples around its own moment, before and after it: so it stands still only a
// moment later, but it neither lags behind nor cuts corners, as a filter that knows the past
// alone must. What has not settled yet is drawn as a tip that is thrown away (tip.h), up to
// where the hand is.
//
// The point at time t is that of a parabola (parabola.h) over time through the samples within
// +-h, u = (sample - t) / h. A sine of f Hz keeps about
//           h        1 Hz    2 Hz    4 Hz    5 Hz    8 Hz   12 Hz
//   light   0.03 s   1.00    1.00    1.00    1.00    0.99    0.97
//   strong  0.20 s   1.00    0.96    0.59    0.29    0.11    0.01
//   steady  0.40 s   0.96    0.59    0.11    0.01    0.01    0.00
// of its size: a tremor of 4 to 12 Hz goes, a slow curve stays; light takes out what a device
// alone adds, at a cost that every line can bear: the tip is painted anew with each sample.
// What is larger than a tremor is meant: no point is further from the hand than `limit` (the
// difference is thresholded softly, D. L. Donoho, "De-noising by soft-thresholding", IEEE Trans.
// Inf. Theory 41 (1995), 613-627), so that quick hatching stays hatching. Weighed and left: an
// exponential or a One Euro filter (Casiez 2012) lags and draws circles too small, a pulled
// string eats corners.
//
// Times are those of the events: the same samples give the same points on every machine. Only
// + - * / and sqrt are used. One thread.
#ifndef GESTO_STUDIO_SMOOTHING_H
#define GESTO_STUDIO_SMOOTHING_H

#include "core/studio/stroke.h"

#include <stdbool.h>
#include <stdint.h>

typedef enum smoothing {
  SMOOTHING_OFF,
  SMOOTHING_LIGHT,
  SMOOTHING_STRONG,
  SMOOTHING_STEADY,
} smoothing;

enum { SMOOTHER_SAMPLES = 1024, SMOOTHER_REST = 128 };

typedef struct smoother {
  stroke_point samples[SMOOTHER_SAMPLES]; // the newest `count`, in a ring
  uint32_t count, newest;
  double half, limit; // us; px
  stroke_point down;
  double first_x, first_y; // how far the parabola runs from there
  bool first_known;
  uint64_t next;               // of the next point of the line
  uint64_t rest_from, rest_to; // the hand stood still there: no points
} smoother;

// From a contact's DOWN, which is the first point of the line already. `how` is not off.
// `scale`: pixels per unit.
void smoother_begin(smoother *s, smoothing how, float scale, const stroke_point *down);
void smoother_add(smoother *s, const stroke_point *p);
// The next point of the line that has settled; false: none before the next sample.
bool smoother_take(smoother *s, stroke_point *point);
// The points from there, but later than `since`, to where the hand is, as they were if it
// lifted now; the last is the newest sample itself. Returns how many, at most SMOOTHER_REST.
uint32_t smoother_rest(const smoother *s, uint64_t since, stroke_point to[SMOOTHER_REST]);

#endif
