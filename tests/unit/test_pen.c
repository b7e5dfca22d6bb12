// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base ui light stage
// Pens: a recorded tablet is read report by report, and what a resting hand does is taken back.
#include "core/api/gesto.h"
#include "core/base/io.h"
#include "core/base/memory_map.h"
#include "core/stage/input.h"
#include "core/stage/pen.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { PEN_ID = 9, ERASER_ID = 12, LEVELS = 8191, REPORTS_MAX = 8192 };

// A tablet of 8192 levels: what a person's pen did in half a minute (tests/data/strokes), as
// it would be reported: places in pixels, pressure in levels, the tip by its button.
typedef struct recorded {
  pen_reader reader;
  pen_report reports[REPORTS_MAX];
  uint32_t count, at;
  pen_device devices[PEN_DEVICES];
  uint32_t device_count;
  bool closed;
} recorded;

static bool next(pen_reader *r, pen_report *to) {
  recorded *x = (recorded *)(void *)r;
  if (x->at == x->count) return false;
  *to = x->reports[x->at++];
  return true;
}

static uint32_t devices(pen_reader *r, pen_device to[PEN_DEVICES]) {
  const recorded *x = (const recorded *)(void *)r;
  memcpy(to, x->devices, sizeof x->devices);
  return x->device_count;
}

static void close_reader(pen_reader *r) { ((recorded *)(void *)r)->closed = true; }

static recorded *tablet(void) {
  recorded *x = calloc(1, sizeof *x);
  assert_non_null(x);
  x->reader =
    (pen_reader){.fd = -1, .next = next, .devices = devices, .close = close_reader};
  const pen_device d = {.id = PEN_ID,
    .pressure = {2, 0, LEVELS},
    .tilt_x = {3, -64, 63},
    .tilt_y = {4, -64, 63}};
  x->devices[0] = x->devices[1] = d;
  x->devices[1].id = ERASER_ID;
  x->devices[1].eraser = true;
  x->device_count = 2;
  return x;
}

static pen_report *report(
  recorded *x, pen_deed deed, int32_t device, double px, double py) {
  assert_true(x->count < REPORTS_MAX);
  pen_report *r = &x->reports[x->count++];
  *r = (pen_report){.deed = deed, .device = device, .x = px, .y = py};
  return r;
}

static void press_to(pen_report *r, double level) {
  r->named |= 1u << 2;
  r->values[2] = level;
}

static uint32_t load_recording(recorded *x, double *pressures) {
  FILE *from = fopen("tests/data/strokes/painting30sec.dat", "r");
  assert_non_null(from);
  double t = 0, px = 0, py = 0, pressure = 0;
  bool down = false;
  uint32_t n = 0;
  while (fscanf(from, "%lf %lf %lf %lf", &t, &px, &py, &pressure) == 4) {
    const bool touches = pressure > 0;
    pen_report *r = report(x,
      touches == down ? PEN_MOVED
        : touches     ? PEN_PRESSED
                      : PEN_LIFTED,
      PEN_ID, px, py);
    press_to(r, pressure * LEVELS);
    r->time_us = 1000 + (uint64_t)(t * 1e6);
    down = touches;
    pressures[n++] = pressure;
  }
  fclose(from);
  return n;
}

static void every_report_is_a_pointer(void **state) {
  (void)state;
  static double pressures[REPORTS_MAX];
  recorded *x = tablet();
  const uint32_t n = load_recording(x, pressures);
  assert_true(n > 2000);
  pen p;
  pen_begin(&p, &x->reader);
  bool down = false;
  uint32_t strokes = 0;
  for (uint32_t i = 0; i < n; i++) {
    pointer q;
    assert_true(pen_next(&p, 2, 77, &q));
    assert_true(q.x == x->reports[i].x / 2 && q.y == x->reports[i].y / 2);
    assert_int_equal(q.time_us, x->reports[i].time_us);
    assert_int_equal(q.tool, GESTO_PEN);
    const bool touches = pressures[i] > 0;
    const phase expected = touches ? (down ? PHASE_MOVE : PHASE_DOWN)
      : down                       ? PHASE_UP
                                   : PHASE_HOVER;
    assert_int_equal(q.phase, expected);
    if (touches)
      assert_true(q.pressure - pressures[i] < 1e-9 && pressures[i] - q.pressure < 1e-9);
    strokes += q.phase == PHASE_DOWN;
    down = touches;
  }
  pointer none;
  assert_false(pen_next(&p, 2, 77, &none));
  assert_true(strokes > 10);
  pen_finish(&p);
  assert_true(x->closed);
  free(x);
}

// A report names only what changed; a device says at what ends its axes are.
static void axes(void **state) {
  (void)state;
  recorded *x = tablet();
  pen_report *r = report(x, PEN_PRESSED, ERASER_ID, 10, 10);
  press_to(r, LEVELS / 2.0);
  r->named |= 1u << 3;
  r->values[3] = 63;
  report(x, PEN_MOVED, ERASER_ID, 11, 10);
  press_to(report(x, PEN_MOVED, ERASER_ID, 12, 10), 3.0 * LEVELS);
  pen p;
  pointer q;
  pen_begin(&p, &x->reader);
  assert_true(pen_next(&p, 1, 5, &q));
  assert_int_equal(q.tool, GESTO_ERASER);
  assert_true(q.pressure == 0.5 && q.tilt_x == 1);
  assert_true(pen_next(&p, 1, 5, &q));
  assert_true(q.pressure == 0.5 && q.tilt_x == 1);
  assert_int_equal(q.time_us, 5); // a device that cannot tell
  assert_true(pen_next(&p, 1, 5, &q));
  assert_true(q.pressure == 1); // beyond its end
  pen_finish(&p);
  free(x);
}

static void a_pen_that_goes_lifts(void **state) {
  (void)state;
  recorded *x = tablet();
  report(x, PEN_PRESSED, PEN_ID, 10, 10);
  report(x, PEN_DEVICES_CHANGED, 0, 0, 0);
  report(x, PEN_MOVED, PEN_ID, 20, 10); // of a device that is not there
  pen p;
  pointer q;
  pen_begin(&p, &x->reader);
  assert_true(pen_next(&p, 1, 5, &q));
  assert_int_equal(q.phase, PHASE_DOWN);
  x->device_count = 0;
  assert_true(pen_next(&p, 1, 6, &q));
  assert_int_equal(q.phase, PHASE_CANCEL);
  assert_false(pen_next(&p, 1, 7, &q));
  pen_finish(&p);
  free(x);
}

static void near(void **state) {
  (void)state;
  recorded *x = tablet();
  report(x, PEN_MOVED, PEN_ID, 10, 10);
  report(x, PEN_PRESSED, PEN_ID, 10, 10);
  report(x, PEN_LIFTED, PEN_ID, 10, 10);
  pen p;
  pointer q;
  pen_begin(&p, &x->reader);
  assert_false(pen_is_near(&p, 1000));
  assert_true(pen_next(&p, 1, 1000, &q));
  assert_true(pen_is_near(&p, 1000 + PEN_NEAR_US - 1));
  assert_false(pen_is_near(&p, 1000 + PEN_NEAR_US));
  assert_true(pen_next(&p, 1, 2000, &q));
  assert_true(pen_is_near(&p, 1000000000)); // it is down, however still
  assert_true(pen_next(&p, 1, 3000, &q));
  assert_false(pen_is_near(&p, 1000000000));
  pen_finish(&p);
  free(x);
}

static gesto_event touch(uint32_t type, uint32_t source, uint32_t tool) {
  gesto_event e = {.type = (uint16_t)type, .source = source};
  e.as.pointer.tool = tool;
  return e;
}

// Of the touches that are down only the one that came just now was the palm.
static void a_palm_is_taken_back(void **state) {
  (void)state;
  ring r;
  input in = {0};
  int fd = -1;
  const uint8_t session[16] = {7};
  assert_int_equal(memory_create("test-ring", 1 << 16, &fd), OK);
  assert_int_equal(ring_init(&r, fd, 1 << 16, session), OK);
  input_begin(&in, &r, 1, 0);
  input_start(&in, 0);
  assert_true(input_pointer(&in, touch(GESTO_POINTER_DOWN, 10, GESTO_FINGER), 1000));
  assert_true(input_pointer(&in, touch(GESTO_POINTER_DOWN, 11, GESTO_FINGER), 400000));
  assert_true(input_pointer(&in, touch(GESTO_POINTER_DOWN, 1, GESTO_MOUSE), 400000));
  input_take_back(&in, GESTO_FINGER, PEN_PALM_US, 450000);
  ring_slot s;
  assert_int_equal(ring_written(&r), 4);
  assert_int_equal(ring_get(&r, 4, &s), OK);
  assert_int_equal(s.as.event.type, GESTO_POINTER_CANCEL);
  assert_int_equal(s.as.event.source, 11);
  assert_false(input_pointer(&in, touch(GESTO_POINTER_MOVE, 11, GESTO_FINGER), 460000));
  assert_true(input_pointer(&in, touch(GESTO_POINTER_MOVE, 10, GESTO_FINGER), 460000));
  ring_finish(&r);
  io_close(fd);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(every_report_is_a_pointer),
    cmocka_unit_test(axes),
    cmocka_unit_test(a_pen_that_goes_lifts),
    cmocka_unit_test(near),
    cmocka_unit_test(a_palm_is_taken_back),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
