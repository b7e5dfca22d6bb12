// SPDX-License-Identifier: GPL-3.0-or-later
// Lines on the paper, as a hand sees them: never behind it, without gaps, a dot for each tap.
#include "tests/unit/canvas_hand.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
// After those: they are what it needs.
#include <cmocka.h>

enum { SMOOTHINGS = 4, RULERS = 3 };
static const char *const others[] = {"soft-pencil", "charcoal", "pastel", "dip-pen",
  "broad-nib", "felt-pen", "oil", "watercolour", "palette-knife", "airbrush", "splashes",
  "finger"};
enum { OTHERS = sizeof others / sizeof *others, BRUSHES = HAND_BRUSHES + OTHERS };
static hand_brushes brushes;
static char *other_texts[OTHERS];

static const char *brush_text(void *data, const char *name) {
  (void)data;
  for (int i = 0; i < OTHERS; i++) {
    char path[128];
    size_t size;
    if (strcmp(name, others[i]) != 0) continue;
    snprintf(path, sizeof path, "assets/brushes/%s.myb", name);
    if (other_texts[i] == NULL &&
      io_load(AT_FDCWD, path, 1 << 20, &other_texts[i], &size) != OK)
      return NULL;
    return other_texts[i];
  }
  return hand_brush(&brushes, name);
}

static const char *brush_name(int n) {
  return n < HAND_BRUSHES ? hand_brush_names[n] : others[n - HAND_BRUSHES];
}

static canvas *paper(uint32_t width, uint32_t height, const char *brush) {
  canvas *c = NULL;
  assert_int_equal(canvas_create(&c, width, height, 1, brush_text, NULL), OK);
  assert_int_equal(canvas_set_brush(c, brush), OK);
  return c;
}

static void say(canvas *c, uint16_t type, double s, double x, double y, double pressure) {
  const gesto_event e = hand_event(type, s, x, y, pressure);
  assert_int_equal(canvas_stroke(c, &e), OK);
}

// What somebody sees who looks at the window: only what is said to be damaged is looked at.
typedef struct screen {
  uint32_t *pixels;
  uint32_t width, height;
} screen;

static screen screen_of(const canvas *c) {
  screen s = {.pixels = NULL};
  canvas_size(c, &s.width, &s.height);
  s.pixels = calloc((size_t)s.width * s.height, sizeof *s.pixels);
  assert_non_null(s.pixels);
  return s;
}

static void look(screen *s, canvas *c) {
  canvas_rect rects[64];
  const uint32_t n = canvas_take_damage(c, rects, 64);
  for (uint32_t i = 0; i < n; i++) {
    uint32_t *corner = s->pixels + (size_t)rects[i].y * s->width + rects[i].x;
    canvas_render(c, rects[i], corner, s->width * sizeof *corner);
  }
}

static int darkness(uint32_t xrgb) { return 255 - (int)(xrgb >> 8 & 255); }

// The darkest that is within `far` of a place.
static int darkest(const screen *s, double x, double y, double far) {
  int most = 0;
  for (int py = (int)(y - far); py <= (int)(y + far); py++) {
    for (int px = (int)(x - far); px <= (int)(x + far); px++) {
      if (px < 0 || py < 0 || px >= (int)s->width || py >= (int)s->height) continue;
      if (hypot(px + 0.5 - x, py + 0.5 - y) > far) continue;
      const int dark = darkness(s->pixels[(size_t)py * s->width + (size_t)px]);
      most = dark > most ? dark : most;
    }
  }
  return most;
}

// ---- The tip -------------------------------------------------------------------------

// A hand that shakes at 5 Hz goes across; how far behind it the ink is, at its worst.
static double lag(int smoothing, int ruler, bool with_tip) {
  canvas *c = paper(1000, 300, "ink");
  screen s = screen_of(c);
  double worst = 0;
  assert_int_equal(canvas_set_smoothing(c, (uint32_t)smoothing), OK);
  assert_int_equal(canvas_set_ruler(c, (uint32_t)ruler), OK);
  for (int i = 0; i <= 120; i++) {
    const double t = i * 0.008, x = 60 + 7 * i, y = 150 + 6 * sin(31.4 * t);
    say(c, i == 0 ? GESTO_POINTER_DOWN : GESTO_POINTER_MOVE, t, x, y, 0.6);
    if (with_tip) look(&s, c);
    if (!with_tip) canvas_render(c, (canvas_rect){0, 0, 1000, 300}, s.pixels, 4000);
    double far = 0;
    while (far < 900 && darkest(&s, x - far, y, 12) < 100) far++;
    if (with_tip || i > 60) worst = fmax(worst, far);
  }
  free(s.pixels);
  canvas_destroy(c);
  return worst;
}

static void the_tip_is_where_the_hand_is(void **state) {
  (void)state;
  for (int how = 0; how < SMOOTHINGS; how++) {
    const double with = lag(how, 0, true), without = lag(how, 0, false);
    printf(
      "# way %d: %.0f px behind the hand, %.0f px without the tip\n", how, with, without);
    assert_true(with < 7); // a sample
    if (how > 1) assert_true(without > 100);
  }
  for (int ruler = 1; ruler < RULERS; ruler++) assert_true(lag(0, ruler, true) < 7);
}

// A hand that shakes goes along a curve: sample n.
static void curve(canvas *c, int n) {
  const double t = n * 0.008, way = 4 * t;
  const double x = 210 + 150 * sin(way) + 4 * sin(37.7 * t);
  const double y = 160 + 120 * sin(1.7 * way + 0.5) + 4 * cos(42.1 * t);
  say(c, n == 0 ? GESTO_POINTER_DOWN : GESTO_POINTER_MOVE, t, x, y, 0.6);
}

// Each dark place of one is near a dark place of the other.
static bool lies_along(const screen *s, const screen *other) {
  for (uint32_t y = 0; y < s->height; y++)
    for (uint32_t x = 0; x < s->width; x++)
      if (darkness(s->pixels[y * s->width + x]) > 150 &&
        darkest(other, x + 0.5, y + 0.5, 4) < 100)
        return false;
  return true;
}

static void see_all(screen *s, const canvas *c) {
  canvas_render(c, (canvas_rect){0, 0, (int32_t)s->width, (int32_t)s->height}, s->pixels,
    s->width * 4);
}

// Somebody looks at each sample, somebody else at the last one alone.
static void the_tip_goes_on_as_if_it_were_painted_anew(void **state) {
  (void)state;
  for (int how = 1; how < SMOOTHINGS; how++) {
    canvas *c = paper(420, 320, "ink");
    assert_int_equal(canvas_set_smoothing(c, (uint32_t)how), OK);
    screen s = screen_of(c), whole = screen_of(c), anew = screen_of(c);
    for (int n = 0; n <= 150; n++) {
      curve(c, n);
      look(&s, c);
      if (n % 7 != 0) continue;
      see_all(&whole, c);
      assert_memory_equal(s.pixels, whole.pixels, 420 * 320 * sizeof *s.pixels);
      canvas *other = paper(420, 320, "ink");
      assert_int_equal(canvas_set_smoothing(other, (uint32_t)how), OK);
      for (int i = 0; i <= n; i++) curve(other, i);
      canvas_rect all;
      canvas_take_damage(other, &all, 1);
      see_all(&anew, other);
      assert_true(lies_along(&s, &anew) && lies_along(&anew, &s));
      canvas_destroy(other);
    }
    free(anew.pixels);
    free(whole.pixels);
    free(s.pixels);
    canvas_destroy(c);
  }
}

// Along a straight way most pictures bring only what the hand went since the one before.
static void a_tip_goes_on_where_it_lies_right(void **state) {
  (void)state;
  canvas *c = paper(1400, 60, "ink");
  int short_ones = 0;
  assert_int_equal(canvas_set_smoothing(c, SMOOTHINGS - 1), OK);
  for (int n = 0; n <= 120; n++) {
    canvas_rect changed;
    const uint16_t type = n == 0 ? GESTO_POINTER_DOWN : GESTO_POINTER_MOVE;
    say(c, type, n * 0.008, 50 + 10 * n, 30, 0.6);
    if (canvas_take_damage(c, &changed, 1) == 1 && changed.w < 40) short_ones++;
  }
  assert_true(short_ones > 90);
  canvas_destroy(c);
}

// The same events with and without somebody who looks.
static void looking_changes_nothing(void **state) {
  (void)state;
  for (int n = 0; n < SMOOTHINGS * RULERS; n++) {
    canvas *seen = paper(400, 300, brush_name(n % HAND_BRUSHES));
    canvas *unseen = paper(400, 300, brush_name(n % HAND_BRUSHES));
    screen s = screen_of(seen);
    canvas *both[] = {seen, unseen};
    for (int b = 0; b < 2; b++) {
      assert_int_equal(canvas_set_smoothing(both[b], (uint32_t)(n % SMOOTHINGS)), OK);
      assert_int_equal(canvas_set_ruler(both[b], (uint32_t)(n / SMOOTHINGS)), OK);
      assert_int_equal(canvas_set_mirror(both[b], n % 2 ? 2 : 1), OK);
    }
    for (int stroke = 0; stroke < 4; stroke++) {
      for (int i = 0; i <= 60; i++) {
        const double t = stroke + i * 0.008, x = 40 + 5 * i, y = 60 + 40 * stroke + i % 7;
        const uint16_t type = i == 0 ? GESTO_POINTER_DOWN
          : i < 60                   ? GESTO_POINTER_MOVE
          : stroke == 2              ? GESTO_POINTER_CANCEL
                                     : GESTO_POINTER_UP;
        for (int b = 0; b < 2; b++) say(both[b], type, t, x, y, 0.5);
        if (i % 3 == 0) look(&s, seen);
        if (i % 20 == 0) assert_int_equal(canvas_hash(seen), canvas_hash(unseen));
      }
    }
    // Undo in the middle of a line ends it first.
    for (int b = 0; b < 2; b++) {
      say(both[b], GESTO_POINTER_DOWN, 9, 30, 30, 0.5);
      say(both[b], GESTO_POINTER_MOVE, 9.1, 90, 70, 0.5);
      if (b == 0) look(&s, seen);
      assert_true(canvas_undo(both[b]) && canvas_undo(both[b]));
      assert_true(canvas_redo(both[b]) && canvas_redo(both[b]));
    }
    assert_int_equal(canvas_hash(seen), canvas_hash(unseen));
    look(&s, seen); // what was damaged is all that changed
    screen whole = screen_of(seen);
    canvas_render(seen, (canvas_rect){0, 0, 400, 300}, whole.pixels, 1600);
    assert_memory_equal(s.pixels, whole.pixels, 400 * 300 * sizeof *whole.pixels);
    free(whole.pixels);
    free(s.pixels);
    canvas_destroy(seen);
    canvas_destroy(unseen);
  }
}

// ---- Gaps ----------------------------------------------------------------------------

// A way that a hand goes, and how far it is up to each place.
typedef struct ride {
  double x[HAND_SAMPLES_MAX], y[HAND_SAMPLES_MAX], along[HAND_SAMPLES_MAX];
  int count;
} ride;

// The longest stroke of the recording, as large as the paper.
static void longest_stroke(ride *r) {
  static hand_sample samples[HAND_SAMPLES_MAX];
  const int n = hand_recording(samples);
  int best = 0, length = 0;
  for (int i = 0, from = 0; i < n; i++) {
    if (samples[i].pressure <= 0) from = i + 1;
    if (i - from > length) {
      length = i - from;
      best = from;
    }
  }
  *r = (ride){.count = length};
  for (int i = 0; i < length; i++) {
    r->x[i] = (samples[best + i].x - 150) * 1.6;
    r->y[i] = (samples[best + i].y - 40) * 1.6;
    r->along[i] =
      i == 0 ? 0 : r->along[i - 1] + hypot(r->x[i] - r->x[i - 1], r->y[i] - r->y[i - 1]);
  }
}

static void place_at(const ride *r, double along, double *x, double *y) {
  int i = 0;
  while (i + 2 < r->count && r->along[i + 1] < along) i++;
  const double step = r->along[i + 1] - r->along[i];
  const double part = step > 0 ? fmin(1, (along - r->along[i]) / step) : 1;
  *x = r->x[i] + (r->x[i + 1] - r->x[i]) * part;
  *y = r->y[i] + (r->y[i + 1] - r->y[i]) * part;
}

// How far from the way a place lies that can be reached from its beginning over paint, with
// steps of two pixels at most, at the worst place of the way.
static double gap_of(const screen *s, const ride *r) {
  static const int step = 2;
  const size_t pixels = (size_t)s->width * s->height;
  uint32_t *reached = malloc(pixels * sizeof *reached);
  screen seen = {.width = s->width, .height = s->height};
  seen.pixels = malloc(pixels * sizeof *seen.pixels);
  if (reached == NULL || seen.pixels == NULL) abort();
  memset(seen.pixels, 255, pixels * sizeof *seen.pixels);
  reached[0] = (uint32_t)r->y[0] * s->width + (uint32_t)r->x[0];
  for (size_t n = 1, i = 0; i < n; i++) {
    const int x = (int)(reached[i] % s->width), y = (int)(reached[i] / s->width);
    for (int k = 0; k < (2 * step + 1) * (2 * step + 1); k++) {
      const int px = x + k % (2 * step + 1) - step, py = y + k / (2 * step + 1) - step;
      if (px < 0 || py < 0 || px >= (int)s->width || py >= (int)s->height) continue;
      const size_t at = (size_t)py * s->width + (size_t)px;
      if (seen.pixels[at] == 0 || darkness(s->pixels[at]) < 16) continue;
      seen.pixels[at] = 0;
      reached[n++] = (uint32_t)at;
    }
  }
  double worst = 0;
  for (int at = 0; at < r->along[r->count - 1]; at++) {
    double x, y, far = 0;
    place_at(r, at, &x, &y);
    while (far < 900 && darkest(&seen, x, y, far) == 0) far++;
    worst = fmax(worst, far);
  }
  free(seen.pixels);
  free(reached);
  return worst;
}

// Rides along it at 2000 px and so many samples a second.
static double longest_gap(const ride *r, const char *brush, int how, double hz) {
  canvas *c = paper(1600, 1200, brush);
  screen s = screen_of(c);
  const double pace = 2000, whole = r->along[r->count - 1];
  static ride polyline; // what an even hand on that device can have meant
  polyline.count = 0;
  assert_int_equal(canvas_set_smoothing(c, (uint32_t)how), OK);
  for (int i = 0; polyline.count < HAND_SAMPLES_MAX; i++) {
    const double along = fmin(whole, pace * i / hz);
    double x, y;
    place_at(r, along, &x, &y);
    const uint16_t type = i == 0 ? GESTO_POINTER_DOWN
      : along < whole            ? GESTO_POINTER_MOVE
                                 : GESTO_POINTER_UP;
    say(c, type, i / hz, x, y, 0.5);
    polyline.x[polyline.count] = x;
    polyline.y[polyline.count] = y;
    polyline.along[polyline.count] = i == 0
      ? 0
      : polyline.along[i - 1] + hypot(x - polyline.x[i - 1], y - polyline.y[i - 1]);
    polyline.count++;
    if (type == GESTO_POINTER_UP) break;
  }
  look(&s, c);
  const double longest = gap_of(&s, &polyline);
  free(s.pixels);
  canvas_destroy(c);
  return longest;
}

static void no_gaps_at_speed(void **state) {
  (void)state;
  static const char *const lines[] = {"ink", "pencil", "brush", "chalk"};
  static const double rates[] = {60, 125, 1000};
  static ride r;
  longest_stroke(&r);
  assert_true(r.count > 40 && r.along[r.count - 1] > 300);
  for (int b = 0; b < 4; b++) {
    printf("# %s:", lines[b]);
    for (int how = 0; how < 2; how++) {
      for (int k = 0; k < 3; k++) {
        const double gap = longest_gap(&r, lines[b], how, rates[k]);
        printf(" %.1f", gap);
        assert_true(gap < 8); // a smoothed line rounds a corner, none is broken off
      }
    }
    printf(" px off the way at most, smoothing off and light, 60, 125, 1000 samples a "
           "second\n");
  }
}

// ---- Taps ----------------------------------------------------------------------------

typedef struct tap {
  const char *brush;
  double pressure;
  bool moves; // by a pixel, as fingers do
  uint32_t smoothing, ruler;
} tap;

// How much the paper looks different after it.
static int mark_of(const tap *t) {
  canvas *c = paper(120, 120, "ink");
  const bool takes = strcmp(t->brush, "rub-out") == 0 ||
    strcmp(t->brush, "finger") == 0 || strcmp(t->brush, "palette-knife") == 0;
  assert_int_equal(canvas_set_colour(c, 0x802000), OK);
  for (int i = 0; i < 12 && takes; i++) { // something to take away or to smear
    say(c, GESTO_POINTER_DOWN, i, 10, 40 + 4 * i, 1);
    say(c, GESTO_POINTER_MOVE, i + 0.5, 60, 40 + 4 * i, 1);
    say(c, GESTO_POINTER_UP, i + 0.6, 60, 40 + 4 * i, 0);
  }
  screen before = screen_of(c), after = screen_of(c);
  look(&before, c);
  assert_int_equal(canvas_set_brush(c, t->brush), OK);
  assert_int_equal(canvas_set_smoothing(c, t->smoothing), OK);
  assert_int_equal(canvas_set_ruler(c, t->ruler), OK);
  say(c, GESTO_POINTER_DOWN, 20, 60, 60, t->pressure);
  if (t->moves) say(c, GESTO_POINTER_MOVE, 20.04, 60.6, 60.4, t->pressure);
  say(c, GESTO_POINTER_UP, t->moves ? 20.08 : 20, t->moves ? 60.6 : 60, 60, 0);
  canvas_render(c, (canvas_rect){0, 0, 120, 120}, after.pixels, 480);
  int most = 0;
  for (int i = 0; i < 120 * 120; i++) {
    for (int shift = 0; shift < 24; shift += 8) {
      const int d = abs(
        (int)(before.pixels[i] >> shift & 255) - (int)(after.pixels[i] >> shift & 255));
      most = d > most ? d : most;
    }
  }
  free(before.pixels);
  free(after.pixels);
  canvas_destroy(c);
  return most;
}

static void each_tap_leaves_a_dot(void **state) {
  (void)state;
  for (int b = 0; b < BRUSHES; b++) {
    int least[2] = {255, 255};
    for (int n = 0; n < 2 * 2 * SMOOTHINGS * RULERS; n++) {
      const tap t = {.brush = brush_name(b),
        .pressure = n % 2 ? 0.05 : 0.5,
        .moves = n / 2 % 2,
        .smoothing = (uint32_t)(n / 4 % SMOOTHINGS),
        .ruler = (uint32_t)(n / 4 / SMOOTHINGS)};
      const int mark = mark_of(&t);
      least[n % 2] = mark < least[n % 2] ? mark : least[n % 2];
    }
    printf("# %s: %d of 255 by mouse, %d by a pen at 0.05\n", brush_name(b), least[0],
      least[1]);
    assert_true(least[0] >= 30);
    assert_true(least[1] >= 6);
  }
}

static void a_line_may_run_along_the_edge_and_over_it(void **state) {
  (void)state;
  static const double ways[][4] = {{0, 5, 0, 95}, {159.9, 5, 159.9, 95}, {5, 0, 155, 0},
    {5, 119.9, 155, 119.9}, {80, 60, 400, 60}, {-50, 60, 80, 60}, {80, 60, 80, -500}};
  for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
    for (uint32_t n = 0; n < SMOOTHINGS * RULERS; n++) {
      canvas *c = paper(160, 120, "brush");
      screen s = screen_of(c);
      const double *w = ways[i];
      assert_int_equal(canvas_set_smoothing(c, n % SMOOTHINGS), OK);
      assert_int_equal(canvas_set_ruler(c, n / SMOOTHINGS), OK);
      for (int k = 0; k <= 30; k++) {
        const double x = w[0] + (w[2] - w[0]) * k / 30, y = w[1] + (w[3] - w[1]) * k / 30;
        say(c, k == 0 ? GESTO_POINTER_DOWN : GESTO_POINTER_MOVE, k * 0.01, x, y, 0.6);
        look(&s, c);
      }
      say(c, GESTO_POINTER_UP, 0.4, w[2], w[3], 0.6);
      look(&s, c);
      for (int k = 0; k <= 30; k++) {
        const double x = w[0] + (w[2] - w[0]) * k / 30, y = w[1] + (w[3] - w[1]) * k / 30;
        if (x < 0 || y < 0 || x > 160 || y > 120) continue;
        assert_true(darkest(&s, x, y, 3) > 60);
      }
      free(s.pixels);
      canvas_destroy(c);
    }
  }
}

static void what_is_not_known_is_refused(void **state) {
  (void)state;
  canvas *c = paper(64, 64, "ink");
  assert_int_equal(canvas_set_smoothing(c, SMOOTHINGS), BAD_DATA);
  assert_int_equal(canvas_set_ruler(c, RULERS), BAD_DATA);
  for (uint32_t ruler = 0; ruler < RULERS; ruler++) { // no number, and nowhere
    assert_int_equal(canvas_set_smoothing(c, SMOOTHINGS - 1), OK);
    assert_int_equal(canvas_set_ruler(c, ruler), OK);
    say(c, GESTO_POINTER_DOWN, 0, (double)NAN, 5, (double)NAN);
    say(c, GESTO_POINTER_MOVE, 1, 1e30, -1e30, 5);
    canvas_rect r;
    canvas_take_damage(c, &r, 1);
    say(c, GESTO_POINTER_UP, 0.5, (double)INFINITY, 3, -1);
  }
  canvas_destroy(c);
}

static int tidy_up(void **state) {
  (void)state;
  for (int i = 0; i < OTHERS; i++) free(other_texts[i]);
  hand_brushes_finish(&brushes);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_tip_is_where_the_hand_is),
    cmocka_unit_test(the_tip_goes_on_as_if_it_were_painted_anew),
    cmocka_unit_test(a_tip_goes_on_where_it_lies_right),
    cmocka_unit_test(looking_changes_nothing),
    cmocka_unit_test(no_gaps_at_speed),
    cmocka_unit_test(each_tap_leaves_a_dot),
    cmocka_unit_test(a_line_may_run_along_the_edge_and_over_it),
    cmocka_unit_test(what_is_not_known_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, tidy_up);
}
