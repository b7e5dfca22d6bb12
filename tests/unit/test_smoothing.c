// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base studio
// What smoothing does to a hand that shakes, in numbers, and what it leaves as it is.
#include "core/studio/ruler.h"
#include "core/studio/smoothing.h"

#include "core/base/io.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
// After those: they are what it needs.
#include <cmocka.h>

static const double pi = 3.14159265358979;
enum { POINTS_MAX = 4096, MIDDLE_X = 500, MIDDLE_Y = 400 };

// A hand that goes round a circle, and shakes.
typedef struct circling {
  double radius, turn_s, hz, px, rate;
} circling;

static stroke_point hand_at(const circling *c, double t) {
  const double a = 2 * pi * t / c->turn_s, shake = 2 * pi * c->hz * t;
  const double r = c->radius + c->px * sin(shake), along = c->px / 3 * cos(1.07 * shake);
  return (stroke_point){.x = (float)(MIDDLE_X + r * cos(a) - along * sin(a)),
    .y = (float)(MIDDLE_Y + r * sin(a) + along * cos(a)),
    .pressure = 0.5f,
    .time = (uint64_t)(t * 1e6)};
}

// The whole line; returns how many points.
static int smoothed(const circling *c, smoothing how, stroke_point *line) {
  static smoother s;
  const int samples = (int)(1.25 * c->turn_s * c->rate);
  int n = 0;
  for (int i = 0; i <= samples; i++) {
    const stroke_point p = hand_at(c, i / c->rate);
    if (i == 0)
      smoother_begin(&s, how, 1, &p);
    else
      smoother_add(&s, &p);
    while (n < POINTS_MAX - SMOOTHER_REST && smoother_take(&s, &line[n])) n++;
  }
  return n + (int)smoother_rest(&s, 0, line + n);
}

typedef struct error {
  double most, mean; // px from the circle, away from the ends of the line; mean: outwards
} error;

static error error_of(const circling *c, smoothing how) {
  static stroke_point line[POINTS_MAX];
  const int n = smoothed(c, how, line);
  const double end = (double)line[n - 1].time * 1e-6;
  error e = {0, 0};
  int counted = 0;
  for (int i = 0; i < n; i++) {
    const double t = (double)line[i].time * 1e-6;
    if (t < 0.4 || t > end - 0.4) continue;
    const double off = hypot(line[i].x - MIDDLE_X, line[i].y - MIDDLE_Y) - c->radius;
    e.most = fmax(e.most, fabs(off));
    e.mean += off;
    counted++;
  }
  e.mean /= counted;
  return e;
}

static void a_tremor_goes_out_of_the_line(void **state) {
  (void)state;
  static const double rates[] = {60, 125, 1000};
  static const double tremors[][2] = {{4, 10}, {5, 6}, {8, 6}, {12, 2}};
  static const double most[4][4] = {// left of each, by the way of smoothing
    {0}, {11, 6.5, 6.5, 2}, {8, 2.5, 1, 0.2}, {1.5, 0.3, 0.3, 0.2}};
  for (int how = SMOOTHING_LIGHT; how <= SMOOTHING_STEADY; how++) {
    for (int k = 0; k < 4; k++) {
      printf("# way %d, %g Hz of %g px leaves", how, tremors[k][0], tremors[k][1]);
      for (int r = 0; r < 3; r++) {
        const circling c = {150, 4, tremors[k][0], tremors[k][1], rates[r]};
        const error e = error_of(&c, (smoothing)how);
        printf(" %.2f px", e.most);
        assert_true(e.most < most[how][k]);
        assert_true(fabs(e.mean) < 0.3); // and the circle is as large as it was drawn
      }
      printf(" at 60, 125, 1000 a second\n");
    }
  }
}

static void quick_circles_stay_round_and_large(void **state) {
  (void)state;
  const circling one = {150, 1, 0, 0, 125}, small = {50, 0.5, 0, 0, 125};
  assert_true(error_of(&one, SMOOTHING_LIGHT).most < 0.1);
  assert_true(error_of(&small, SMOOTHING_LIGHT).most < 0.1);
  assert_true(error_of(&one, SMOOTHING_STRONG).most < 1);
  assert_true(error_of(&small, SMOOTHING_STRONG).most < 3);
  assert_true(error_of(&one, SMOOTHING_STEADY).most < 8);
}

// Hatching: what is far larger than a tremor is meant.
static void what_is_large_is_meant(void **state) {
  (void)state;
  static stroke_point line[POINTS_MAX];
  const circling hatching = {1, 3, 4, 100, 125};
  for (int how = SMOOTHING_LIGHT; how <= SMOOTHING_STEADY; how++) {
    const int n = smoothed(&hatching, (smoothing)how, line);
    double furthest = 0;
    for (int i = 0; i < n; i++) {
      const stroke_point hand = hand_at(&hatching, (double)line[i].time * 1e-6);
      furthest = fmax(furthest, hypot(line[i].x - hand.x, line[i].y - hand.y));
    }
    printf("# way %d: no further from the hand than %.1f px\n", how, furthest);
    assert_true(furthest < 15.5); // the limit, and how far samples lie apart
  }
}

static void begins_and_ends_with_the_hand(void **state) {
  (void)state;
  static stroke_point line[POINTS_MAX];
  const circling c = {150, 4, 5, 6, 125};
  for (int how = SMOOTHING_LIGHT; how <= SMOOTHING_STEADY; how++) {
    const int n = smoothed(&c, (smoothing)how, line);
    const stroke_point first = hand_at(&c, 0), last = hand_at(&c, 625 / 125.0);
    assert_true(hypot(line[0].x - first.x, line[0].y - first.y) < 2.5);
    assert_true(hypot(line[n - 1].x - last.x, line[n - 1].y - last.y) < 0.01);
    for (int i = 1; i < n; i++) { // it goes on evenly: no jump, never back in time
      assert_true(line[i].time > line[i - 1].time);
      assert_true(hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y) < 3);
    }
  }
}

// A mouse that stands still is silent; the line waits there and does not drift.
static void a_rest_is_a_rest(void **state) {
  (void)state;
  static smoother s;
  stroke_point p = {.x = 100, .y = 100, .pressure = 0.5f}, got;
  smoother_begin(&s, SMOOTHING_STEADY, 1, &p);
  for (int i = 1; i <= 60; i++) {
    p.time += 8000;
    p.x += 2;
    smoother_add(&s, &p);
    while (smoother_take(&s, &got)) assert_in_range(got.x, 100, 220);
  }
  p.time += 3600 * (uint64_t)1000000;
  p.y += 4;
  smoother_add(&s, &p);
  int n = 0;
  for (; smoother_take(&s, &got); n++) {
    assert_true(got.x < 224 && fabsf(got.y - 100) < 6);
    assert_true(got.pressure > 0.49f);
  }
  assert_in_range(n, 100, 400); // not one every 4 ms of an hour
}

static void strange_times_do_no_harm(void **state) {
  (void)state;
  static smoother s;
  const uint64_t times[] = {50, 50, 0, 50, 60, UINT64_MAX / 2, 7, UINT64_MAX - 5000000};
  stroke_point p = {.x = 5, .y = 5}, rest[SMOOTHER_REST];
  smoother_begin(&s, SMOOTHING_STRONG, 1, &p);
  for (int i = 0; i < 8; i++) {
    p.time = times[i];
    p.x = (float)(5 + i % 3);
    smoother_add(&s, &p);
    while (smoother_take(&s, &rest[0])) assert_true(rest[0].x > 0 && rest[0].x < 20);
    const uint32_t n = smoother_rest(&s, 0, rest);
    assert_in_range(n, 1, SMOOTHER_REST);
    assert_true(rest[n - 1].x == p.x);
  }
}

static void the_end_of_time_comes(void **state) {
  (void)state;
  static smoother s;
  stroke_point p = {.x = 5, .y = 5, .time = UINT64_MAX - 3600000000}, got;
  smoother_begin(&s, SMOOTHING_STEADY, 1, &p);
  p.time = UINT64_MAX - 5000;
  smoother_add(&s, &p);
  uint32_t n = 0;
  while (smoother_take(&s, &got)) n++;
  assert_in_range(n, 1, 400);
}

// ---- The ruler -----------------------------------------------------------------------

// From 100, 100 at that angle, wobbling by so many px; returns how many points.
static uint32_t ruled(
  ruler_shape shape, double degrees, double wobble, stroke_point *line) {
  static ruler r;
  const double a = degrees * pi / 180;
  for (int i = 0; i <= 100; i++) {
    const double far = 4.0 * i, off = i < 100 ? wobble * sin(i * 0.7) : 0;
    const stroke_point p = {.x = (float)(100 + far * cos(a) - off * sin(a)),
      .y = (float)(100 + far * sin(a) + off * cos(a)),
      .pressure = (float)i / 100,
      .time = (uint64_t)i * 8000};
    if (i == 0)
      ruler_begin(&r, shape, 1, &p);
    else
      ruler_add(&r, &p);
  }
  return ruler_line(&r, line);
}

static void straight_is_straight_and_keeps_pressure(void **state) {
  (void)state;
  stroke_point line[RULER_POINTS];
  const uint32_t n = ruled(RULER_STRAIGHT, 20, 9, line);
  assert_in_range(n, 50, RULER_POINTS);
  for (uint32_t i = 0; i < n; i++) {
    const double part = (double)i / (n - 1), a = 20 * pi / 180;
    assert_true(fabs(line[i].x - (100 + 400 * part * cos(a))) < 0.1);
    assert_true(fabs(line[i].y - (100 + 400 * part * sin(a))) < 0.1);
    assert_true(fabs((double)line[i].pressure - part) < 0.05);
    if (i > 0) assert_true(line[i].time >= line[i - 1].time);
  }
}

static void straight_snaps_gently(void **state) {
  (void)state;
  static const double ways[][2] = {{0.9, 0}, {-1.4, 0}, {89, 90}, {44, 45}, {136, 135},
    {181, 180}, {2.9, 2.8}, {3.5, 3.5}, {30, 30}, {-48.5, -48.5}};
  stroke_point line[RULER_POINTS];
  for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
    const uint32_t n = ruled(RULER_STRAIGHT, ways[i][0], 0, line);
    const double a = ways[i][1] * pi / 180;
    assert_true(fabs(line[n - 1].x - (100 + 400 * cos(a))) < 0.4);
    assert_true(fabs(line[n - 1].y - (100 + 400 * sin(a))) < 0.4);
  }
  double before = 0; // no angle jumps
  for (int i = 0; i < 100; i++) {
    const uint32_t n = ruled(RULER_STRAIGHT, i * 0.05, 0, line);
    const double y = (double)line[n - 1].y;
    if (i > 0) assert_true(y >= before - 0.01 && y - before < 1);
    before = y;
  }
}

static void soft_is_calm_and_keeps_its_ends(void **state) {
  (void)state;
  stroke_point line[RULER_POINTS];
  const uint32_t n = ruled(RULER_SOFT, 0, 9, line);
  double most = 0;
  for (uint32_t i = 0; i < n; i++) most = fmax(most, fabs((double)line[i].y - 100));
  printf("# a wobble of 9 px becomes one of %.2f px\n", most);
  assert_true(most < 3);
  assert_true(line[0].x == 100 && fabsf(line[n - 1].x - 500) < 0.01f);
}

// A square that nearly comes back becomes a round shape that does.
static void soft_closes_what_is_closed(void **state) {
  (void)state;
  static ruler r;
  static const float corners[5][2] = {
    {200, 200}, {400, 200}, {400, 400}, {200, 400}, {205, 215}};
  stroke_point p = {.x = 200, .y = 200}, line[RULER_POINTS];
  ruler_begin(&r, RULER_SOFT, 1, &p);
  for (int c = 1; c < 5; c++) {
    for (int i = 1; i <= 40; i++) {
      const float part = (float)i / 40;
      p.x = corners[c - 1][0] + (corners[c][0] - corners[c - 1][0]) * part;
      p.y = corners[c - 1][1] + (corners[c][1] - corners[c - 1][1]) * part;
      p.time += 8000;
      ruler_add(&r, &p);
    }
  }
  const uint32_t n = ruler_line(&r, line);
  const double gap = hypot(line[0].x - line[n - 1].x, line[0].y - line[n - 1].y);
  printf("# ends %.2f px apart\n", gap);
  assert_true(gap < 2);
  for (uint32_t i = 0; i < n; i++) {
    const double far = hypot(line[i].x - 300, line[i].y - 300);
    assert_true(far > 80 && far < 142);
  }
}

static void a_long_way_is_kept_whole(void **state) {
  (void)state;
  static ruler r;
  stroke_point p = {.x = 0, .y = 0}, line[RULER_POINTS];
  ruler_begin(&r, RULER_SOFT, 1, &p);
  for (int i = 1; i < 40000; i++) {
    p.time += 1000;
    p.x = (float)(1000 + 900 * cos(i * 0.002));
    p.y = (float)(1000 + 900 * sin(i * 0.003));
    ruler_add(&r, &p);
  }
  assert_in_range(r.count, RULER_SAMPLES / 4, RULER_SAMPLES - 1);
  assert_int_equal(ruler_line(&r, line), RULER_POINTS);
  assert_true(hypot(line[0].x, line[0].y) < 1);
  const stroke_point *last = &line[RULER_POINTS - 1];
  assert_true(hypot(last->x - p.x, last->y - p.y) < 1);
  assert_int_equal(last->time, p.time);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_tremor_goes_out_of_the_line),
    cmocka_unit_test(quick_circles_stay_round_and_large),
    cmocka_unit_test(what_is_large_is_meant),
    cmocka_unit_test(begins_and_ends_with_the_hand),
    cmocka_unit_test(a_rest_is_a_rest),
    cmocka_unit_test(strange_times_do_no_harm),
    cmocka_unit_test(the_end_of_time_comes),
    cmocka_unit_test(straight_is_straight_and_keeps_pressure),
    cmocka_unit_test(straight_snaps_gently),
    cmocka_unit_test(soft_is_calm_and_keeps_its_ends),
    cmocka_unit_test(soft_closes_what_is_closed),
    cmocka_unit_test(a_long_way_is_kept_whole),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
