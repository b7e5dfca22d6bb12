// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base ui light stage studio
// The palette's paints over one another, by the wash: what a child expects of them.
#include "core/stage/palette.h"
#include "tests/unit/canvas_hand.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { RED = 2, YELLOW = 4, BLUE = 7, SIDE = 128 };

typedef struct painting {
  canvas *canvas;
  double t, pressure;
} painting;

static char *wash;

static const char *wash_text(void *data, const char *name) {
  (void)data;
  return strcmp(name, "wash") == 0 ? wash : NULL;
}

static void send(painting *p, uint16_t type, double x, double y) {
  const gesto_event e = hand_event(type, p->t, x, y, p->pressure);
  p->t += 0.008;
  assert_int_equal(canvas_stroke(p->canvas, &e), OK);
}

static void cover(painting *p, int paint, bool across) {
  assert_int_equal(canvas_set_colour(p->canvas, palette_colour(paint)), OK);
  for (int line = 30; line < SIDE; line += 20) {
    for (int at = 10; at < SIDE; at += 3)
      send(p, at == 10 ? GESTO_POINTER_DOWN : GESTO_POINTER_MOVE, across ? at : line,
        across ? line : at);
    send(p, GESTO_POINTER_UP, across ? SIDE : line, across ? line : SIDE);
    p->t += 0.3;
  }
}

typedef struct mean {
  int r, g, b;
} mean;

static mean mean_of(const canvas *c) {
  uint8_t rgba[4 * SIDE * SIDE];
  mean m = {0, 0, 0};
  enum { FROM = SIDE / 4, TO = SIDE * 3 / 4, COUNT = (TO - FROM) * (TO - FROM) };
  canvas_picture(c, rgba);
  for (int y = FROM; y < TO; y++)
    for (int x = FROM; x < TO; x++) {
      const uint8_t *p = rgba + 4 * (y * SIDE + x);
      m.r += p[0];
      m.g += p[1];
      m.b += p[2];
    }
  return (mean){m.r / COUNT, m.g / COUNT, m.b / COUNT};
}

static mean one_over_other(int below, int above, double pressure) {
  painting p = {.pressure = pressure};
  assert_int_equal(canvas_create(&p.canvas, SIDE, SIDE, 1, wash_text, NULL), OK);
  assert_int_equal(canvas_set_brush(p.canvas, "wash"), OK);
  cover(&p, below, true);
  cover(&p, above, false);
  const mean m = mean_of(p.canvas);
  canvas_destroy(p.canvas);
  return m;
}

static void yellow_and_blue_are_green(void **unused) {
  (void)unused;
  for (int thick = 0; thick < 2; thick++)
    for (int blue_last = 0; blue_last < 2; blue_last++) {
      const mean m = one_over_other(
        blue_last ? YELLOW : BLUE, blue_last ? BLUE : YELLOW, thick ? 0.8 : 0.3);
      assert_true(m.g > m.r + 6 && m.g > m.b + 6);
    }
}

static void red_and_yellow_are_orange(void **unused) {
  (void)unused;
  for (int thick = 0; thick < 2; thick++) {
    const mean m = one_over_other(RED, YELLOW, thick ? 0.8 : 0.3);
    assert_true(m.r > m.g + 12 && m.g > m.b + 12);
  }
}

static void red_and_blue_are_violet(void **unused) {
  (void)unused;
  for (int thick = 0; thick < 2; thick++) {
    const mean above = one_over_other(RED, BLUE, thick ? 0.8 : 0.3);
    const mean below = one_over_other(BLUE, RED, thick ? 0.8 : 0.3);
    const int least = thick ? 12 : 5;
    assert_true(above.b > above.g + least && below.r > below.g + least);
    assert_true(above.r + below.r > above.g + below.g + least);
    assert_true(above.b + below.b > above.g + below.g + least);
  }
}

int main(void) {
  size_t size = 0;
  const struct CMUnitTest tests[] = {cmocka_unit_test(yellow_and_blue_are_green),
    cmocka_unit_test(red_and_yellow_are_orange),
    cmocka_unit_test(red_and_blue_are_violet)};
  if (io_load(AT_FDCWD, "assets/brushes/wash.myb", 1 << 20, &wash, &size) != OK) return 1;
  const int failed = cmocka_run_group_tests(tests, NULL, NULL);
  free(wash);
  return failed;
}
