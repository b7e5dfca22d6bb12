// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base studio
// The canvas as an exercise knows it: strokes, undo, sheets, mirrors, fill, damage.
#include "core/studio/canvas.h"

#include "tests/unit/canvas_hand.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { WIDTH = 300, HEIGHT = 200, PIXELS = WIDTH * HEIGHT };
static hand_brushes brushes;

static canvas *fresh(void) {
  canvas *c = NULL;
  assert_int_equal(canvas_create(&c, WIDTH, HEIGHT, 1, hand_brush, &brushes), OK);
  assert_int_equal(canvas_set_brush(c, "ink"), OK);
  return c;
}

static void send(
  canvas *c, uint16_t type, double t, double x, double y, double pressure) {
  gesto_event e = hand_event(type, t, x, y, pressure);
  assert_int_equal(canvas_stroke(c, &e), OK);
}

static void line(canvas *c, double x0, double y0, double x1, double y1) {
  send(c, GESTO_POINTER_DOWN, 0, x0, y0, 0.5);
  for (int i = 1; i <= 20; i++) {
    double f = i / 20.0;
    send(c, GESTO_POINTER_MOVE, 0.008 * i, x0 + (x1 - x0) * f, y0 + (y1 - y0) * f, 0.5);
  }
  send(c, GESTO_POINTER_UP, 0.2, x1, y1, 0.5);
}

static void see(const canvas *c, uint32_t *xrgb) {
  canvas_render(c, (canvas_rect){0, 0, WIDTH, HEIGHT}, xrgb, WIDTH * sizeof *xrgb);
}

// With the tip of a line that is being drawn.
static void look(canvas *c) {
  canvas_rect r;
  canvas_take_damage(c, &r, 1);
}

static uint32_t dark_pixels(const canvas *c, int x0, int y0, int x1, int y1) {
  static uint32_t xrgb[PIXELS];
  uint32_t n = 0;
  see(c, xrgb);
  for (int y = y0; y < y1; y++) {
    for (int x = x0; x < x1; x++) n += (xrgb[y * WIDTH + x] & 255) < 128;
  }
  return n;
}

static void sizes_have_limits(void **state) {
  (void)state;
  canvas *c = NULL;
  assert_int_equal(canvas_create(&c, 0, 5, 1, hand_brush, &brushes), BAD_DATA);
  assert_int_equal(canvas_create(&c, 5, 5, NAN, hand_brush, &brushes), BAD_DATA);
  assert_int_equal(canvas_create(&c, 9000, 5, 1, hand_brush, &brushes), TOO_LARGE);
  assert_int_equal(canvas_create(&c, 8192, 8192, 1, hand_brush, &brushes), TOO_LARGE);
  assert_null(c);
  assert_int_equal(canvas_create(&c, 1, 1, 1, hand_brush, &brushes), OK);
  canvas_destroy(c);
  canvas_destroy(NULL);
}

// A single tap leaves a dot with every brush that paints, from the first touch on.
static void tap_leaves_a_dot(void **state) {
  (void)state;
  for (int i = 0; i < HAND_BRUSHES - 1; i++) {
    canvas *c = fresh();
    assert_int_equal(canvas_set_brush(c, hand_brush_names[i]), OK);
    const uint64_t blank = canvas_hash(c);
    static uint32_t before[PIXELS], touched[PIXELS];
    see(c, before);
    send(c, GESTO_POINTER_DOWN, 3, 100, 100, 0.5);
    look(c);
    see(c, touched);
    assert_memory_not_equal(touched, before, sizeof before);
    send(c, GESTO_POINTER_UP, 3.1, 100, 100, 0.5);
    assert_int_not_equal(canvas_hash(c), blank);
    assert_true(canvas_can_undo(c));
    canvas_destroy(c);
  }
}

// A pen's first touch may have no weight yet; the dot comes when it is lifted.
static void light_tap_leaves_a_dot(void **state) {
  (void)state;
  canvas *c = fresh();
  send(c, GESTO_POINTER_DOWN, 0, 100, 100, 0);
  send(c, GESTO_POINTER_MOVE, 0.01, 100, 100, 0.6);
  send(c, GESTO_POINTER_UP, 0.02, 100, 100, 0);
  assert_true(dark_pixels(c, 90, 90, 110, 110) > 4);
  canvas_destroy(c);
}

static void stroke_begins_where_the_hand_is(void **state) {
  (void)state;
  canvas *c = fresh();
  for (int i = 0; i < HAND_BRUSHES; i++) {
    assert_int_equal(canvas_set_brush(c, hand_brush_names[i]), OK);
    line(c, 150, 180, 260, 150);
  }
  static uint32_t xrgb[PIXELS];
  see(c, xrgb);
  for (int i = 0; i < PIXELS; i++) {
    if (i % WIDTH < 90 || i / WIDTH < 90) assert_int_equal(xrgb[i] & 0xFFFFFF, 0xFFFFFF);
  }
  canvas_destroy(c);
}

static void same_stroke_same_pixels(void **state) {
  (void)state;
  canvas *a = fresh(), *b = fresh();
  line(b, 10, 10, 200, 100); // what came before leaves nothing behind in the brush
  assert_true(canvas_undo(b));
  for (int i = 0; i < HAND_BRUSHES; i++) {
    uint64_t seed_a = 5, seed_b = 5;
    assert_int_equal(canvas_set_brush(a, hand_brush_names[i]), OK);
    assert_int_equal(canvas_set_brush(b, hand_brush_names[i]), OK);
    assert_int_equal(hand_stroke(a, &seed_a, WIDTH, HEIGHT), OK);
    assert_int_equal(hand_stroke(b, &seed_b, WIDTH, HEIGHT), OK);
    assert_int_equal(canvas_hash(a), canvas_hash(b));
  }
  canvas_destroy(a);
  canvas_destroy(b);
}

static void only_the_first_contact_paints(void **state) {
  (void)state;
  canvas *c = fresh();
  send(c, GESTO_POINTER_DOWN, 0, 20, 20, 0.5);
  gesto_event palm = hand_event(GESTO_POINTER_DOWN, 0.01, 200, 150, 0.5);
  palm.source = 2;
  assert_int_equal(canvas_stroke(c, &palm), OK);
  palm.type = GESTO_POINTER_MOVE;
  palm.as.pointer.x = 260;
  assert_int_equal(canvas_stroke(c, &palm), OK);
  palm.type = GESTO_POINTER_UP;
  assert_int_equal(canvas_stroke(c, &palm), OK);
  assert_true(canvas_in_stroke(c));
  send(c, GESTO_POINTER_UP, 0.1, 60, 20, 0);
  assert_false(canvas_in_stroke(c));
  assert_int_equal(dark_pixels(c, 150, 100, WIDTH, HEIGHT), 0);
  send(c, GESTO_POINTER_MOVE, 0.2, 100, 100, 0.5); // without a contact
  send(c, GESTO_POINTER_UP, 0.2, 100, 100, 0.5);
  assert_int_equal(dark_pixels(c, 80, 80, 120, 120), 0);
  canvas_destroy(c);
}

static void cancel_takes_back(void **state) {
  (void)state;
  canvas *c = fresh();
  line(c, 10, 10, 100, 100);
  assert_true(canvas_undo(c));
  uint64_t before = canvas_hash(c);
  send(c, GESTO_POINTER_DOWN, 1, 50, 50, 0.5);
  send(c, GESTO_POINTER_MOVE, 1.1, 150, 150, 0.5);
  assert_int_not_equal(canvas_hash(c), before);
  send(c, GESTO_POINTER_CANCEL, 1.2, 150, 150, 0);
  assert_int_equal(canvas_hash(c), before);
  assert_false(canvas_can_undo(c));
  assert_true(canvas_can_redo(c)); // a palm does not cost what could be redone
  canvas_destroy(c);
}

// Undo in the middle of a stroke takes that stroke; the rest of it paints nothing.
static void undo_in_a_stroke(void **state) {
  (void)state;
  canvas *c = fresh();
  uint64_t blank = canvas_hash(c);
  send(c, GESTO_POINTER_DOWN, 0, 50, 50, 0.5);
  send(c, GESTO_POINTER_MOVE, 0.1, 90, 50, 0.5);
  assert_true(canvas_undo(c));
  assert_int_equal(canvas_hash(c), blank);
  send(c, GESTO_POINTER_MOVE, 0.2, 150, 50, 0.5);
  send(c, GESTO_POINTER_UP, 0.3, 150, 50, 0.5);
  assert_int_equal(canvas_hash(c), blank);
  canvas_destroy(c);
}

static void rubbing_out(void **state) {
  (void)state;
  canvas *c = fresh();
  line(c, 20, 100, 280, 100);
  uint32_t whole = dark_pixels(c, 0, 0, WIDTH, HEIGHT);
  assert_true(whole > 200);
  assert_int_equal(canvas_set_brush(c, "rub-out"), OK);
  assert_int_equal(canvas_set_size(c, 2), OK);
  line(c, 20, 100, 280, 100);
  assert_true(dark_pixels(c, 0, 0, WIDTH, HEIGHT) < whole / 20);
  assert_int_equal(canvas_set_brush(c, "ink"), OK);
  line(c, 20, 50, 280, 50);
  gesto_event e = hand_event(GESTO_POINTER_DOWN, 5, 150, 50, 1);
  e.as.pointer.tool = GESTO_ERASER; // the other end of the pen
  assert_int_equal(canvas_stroke(c, &e), OK);
  look(c);
  assert_int_equal(dark_pixels(c, 148, 48, 152, 52), 0);
  canvas_destroy(c);
}

static uint32_t broad_at(canvas *c, int x) {
  look(c);
  return dark_pixels(c, x, 0, x + 1, HEIGHT);
}

// What is told of a line before it is painted, for whoever shows it.
static void a_line_is_as_broad_as_told(void **state) {
  (void)state;
  static const float sizes[] = {1, 2, 4};
  float before = 0;
  for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
    canvas *c = fresh();
    assert_int_equal(canvas_set_brush(c, "ink"), OK);
    assert_int_equal(canvas_set_size(c, sizes[i]), OK);
    const float told = canvas_dab(c);
    line(c, 20, 100, 280, 100);
    const float is = (float)broad_at(c, 150);
    assert_true(told > before && told > is * 0.5f - 2 && told < is * 2 + 2);
    before = told;
    canvas_destroy(c);
  }
}

static void tools_refuse_what_is_not(void **state) {
  (void)state;
  canvas *c = fresh();
  assert_int_equal(canvas_set_brush(c, "spoon"), NOT_FOUND);
  assert_int_equal(canvas_set_brush(c, ""), NOT_FOUND);
  assert_int_equal(canvas_set_size(c, 0), BAD_DATA);
  assert_int_equal(canvas_set_size(c, NAN), BAD_DATA);
  assert_int_equal(canvas_set_colour(c, 0x1000000), BAD_DATA);
  assert_int_equal(canvas_set_mirror(c, 3), BAD_DATA);
  assert_int_equal(canvas_sheet(c, "fold", 1), NOT_FOUND);
  assert_int_equal(canvas_sheet(c, "choose", 2), NOT_FOUND);
  assert_int_equal(canvas_sheet(c, "choose", 0), NOT_FOUND);
  const char *const odd[] = {"opacity", "opacity ", "opacity 101", "opacity -1",
    "opacity 5 ", "opacity +5", "opacity 0005", "opacity x"};
  for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
    assert_int_equal(canvas_sheet(c, odd[i], 1), NOT_FOUND);
  assert_int_equal(canvas_sheet(c, "opacity 50", 2), NOT_FOUND);
  assert_int_equal(canvas_sheet(c, "paper", 0x1000000), BAD_DATA);
  send(c, GESTO_POINTER_DOWN, 0, 50, 50, 0.5);
  assert_int_equal(canvas_sheet(c, "add", 0), NOT_NOW);
  assert_int_equal(canvas_fill(c, 5, 5), NOT_NOW);
  canvas_destroy(c);
}

// Whatever a pointer claims: no crash, no noise, and the paper stays in order.
static void odd_pointers(void **state) {
  (void)state;
  canvas *c = fresh();
  const double odd[] = {NAN, INFINITY, -INFINITY, 1e30, -1e9, 0, 3e38};
  uint64_t seed = 3;
  for (int i = 0; i < 400; i++) {
    gesto_event e = hand_event((uint16_t)(1 + hand_chance(&seed, 4)),
      hand_chance(&seed, 100), odd[hand_chance(&seed, 7)], odd[hand_chance(&seed, 7)],
      odd[hand_chance(&seed, 7)]);
    e.as.pointer.tilt_x = (float)odd[hand_chance(&seed, 7)];
    e.source = hand_chance(&seed, 2);
    assert_int_equal(canvas_stroke(c, &e), OK);
  }
  line(c, 10, 10, 20, 20);
  canvas_destroy(c);
}

static void mirrors_paint_all_sides(void **state) {
  (void)state;
  canvas *c = fresh();
  assert_int_equal(canvas_set_mirror(c, 4), OK);
  line(c, 20, 20, 60, 40);
  assert_true(dark_pixels(c, 0, 0, 150, 100) > 20);
  assert_true(dark_pixels(c, 150, 0, 300, 100) > 20);
  assert_true(dark_pixels(c, 0, 100, 150, 200) > 20);
  assert_true(dark_pixels(c, 150, 100, 300, 200) > 20);
  canvas_destroy(c);
}

static void sheets_lie_over_each_other(void **state) {
  (void)state;
  canvas *c = fresh();
  assert_int_equal(canvas_set_colour(c, 0x000080), OK);
  line(c, 50, 100, 250, 100);
  uint32_t below = dark_pixels(c, 0, 0, WIDTH, HEIGHT);
  assert_int_equal(below, 0); // blue is not dark in its last byte
  assert_int_equal(canvas_sheet(c, "add", 0), OK);
  assert_int_equal(canvas_set_colour(c, 0x000000), OK);
  line(c, 150, 50, 150, 150);
  assert_true(dark_pixels(c, 148, 98, 152, 102) > 0);
  assert_int_equal(canvas_sheet(c, "lower", 2), OK);
  assert_int_equal(dark_pixels(c, 149, 99, 151, 101), 0);
  assert_int_equal(canvas_sheet(c, "raise", 2), OK);
  assert_int_equal(canvas_sheet(c, "hide", 2), OK);
  assert_int_equal(dark_pixels(c, 0, 0, WIDTH, HEIGHT), 0);
  assert_true(canvas_undo(c));
  assert_true(dark_pixels(c, 0, 0, WIDTH, HEIGHT) > 100);
  assert_int_equal(canvas_sheet(c, "add", 0), OK);
  assert_int_equal(canvas_sheet(c, "add", 0), NO_SPACE);
  assert_int_equal(canvas_sheet(c, "clear", 2), OK);
  assert_int_equal(dark_pixels(c, 0, 0, WIDTH, HEIGHT), 0);
  assert_int_equal(canvas_sheet(c, "paper", 0), OK);
  assert_true(dark_pixels(c, 0, 0, WIDTH, HEIGHT) > PIXELS * 9 / 10);
  canvas_destroy(c);
}

static int channel(const canvas *c, int x, int y) {
  uint32_t xrgb = 0;
  canvas_render(c, (canvas_rect){x, y, 1, 1}, &xrgb, sizeof xrgb);
  return (int)(xrgb >> 8 & 255);
}

// Half of black on white is grey; what lies below shows through.
static void sheets_fade(void **state) {
  (void)state;
  canvas *c = fresh();
  assert_int_equal(canvas_set_colour(c, 0), OK);
  assert_int_equal(canvas_fill(c, 5, 5), OK);
  assert_int_equal(channel(c, 50, 50), 0);
  assert_int_equal(canvas_sheet(c, "opacity 50", 1), OK);
  assert_in_range(channel(c, 50, 50), 126, 129);
  assert_int_equal(canvas_sheet(c, "add", 0), OK);
  assert_int_equal(canvas_set_colour(c, 0xFFFFFF), OK);
  assert_int_equal(canvas_fill(c, 5, 5), OK);
  assert_int_equal(channel(c, 50, 50), 255);
  assert_int_equal(canvas_sheet(c, "opacity 50", 2), OK);
  assert_in_range(channel(c, 50, 50), 189, 193);
  assert_int_equal(canvas_sheet(c, "opacity 0", 2), OK);
  assert_in_range(channel(c, 50, 50), 126, 129);
  canvas_sheet_picture p;
  assert_int_equal(canvas_see_sheet(c, 0, &p), OK);
  assert_int_equal(p.opacity, 50);
  assert_int_equal(p.rgba[3], 255); // what is on it has not changed
  free(p.rgba);
  assert_true(canvas_undo(c));
  assert_in_range(channel(c, 50, 50), 189, 193);
  canvas_destroy(c);
}

static void raising_the_top_sheet_is_no_step(void **state) {
  (void)state;
  canvas *c = fresh();
  assert_int_equal(canvas_sheet(c, "raise", 1), OK);
  assert_int_equal(canvas_sheet(c, "show", 1), OK);
  assert_int_equal(canvas_sheet(c, "clear", 0), OK);
  assert_false(canvas_can_undo(c));
  canvas_destroy(c);
}

static void box(canvas *c, double gap) {
  line(c, 100, 60, 200, 60);
  line(c, 200, 60, 200, 140);
  line(c, 200, 140, 100, 140);
  line(c, 100, 140, 100, 60 + gap);
}

static void fill_stays_inside(void **state) {
  (void)state;
  canvas *c = fresh();
  box(c, 0);
  assert_int_equal(canvas_set_colour(c, 0x800000), OK);
  assert_int_equal(canvas_fill(c, 150, 100), OK);
  assert_true(dark_pixels(c, 104, 64, 196, 136) == 92 * 72);
  assert_int_equal(dark_pixels(c, 0, 0, 90, HEIGHT), 0);
  // The line keeps its middle: colour went beneath its edge, not over it.
  uint32_t xrgb;
  canvas_render(c, (canvas_rect){150, 60, 1, 1}, &xrgb, 4);
  assert_true((xrgb >> 16 & 255) < 40);
  assert_true(canvas_undo(c));
  assert_int_equal(dark_pixels(c, 104, 64, 196, 136), 0);
  assert_int_equal(canvas_fill(c, 10, 10), OK);
  assert_int_equal(dark_pixels(c, 104, 64, 196, 136), 0);
  assert_true(dark_pixels(c, 0, 0, 90, HEIGHT) == 90 * HEIGHT); // to the rim
  assert_int_equal(canvas_fill(c, -5, 10), OK);
  assert_int_equal(canvas_fill(c, NAN, 1e30f), OK);
  canvas_destroy(c);
}

// A gap of a pixel or two holds; a door does not.
static void fill_minds_small_gaps(void **state) {
  (void)state;
  for (int wide = 0; wide < 2; wide++) {
    canvas *c = fresh();
    // Ink is about five pixels broad: ends this far apart leave one or two open.
    box(c, wide ? 30 : 6.5);
    assert_int_equal(canvas_set_colour(c, 0x800000), OK);
    assert_int_equal(canvas_fill(c, 150, 100), OK);
    uint32_t outside = dark_pixels(c, 0, 0, 90, HEIGHT);
    if (wide)
      assert_true(outside > 1000);
    else
      assert_int_equal(outside, 0);
    canvas_destroy(c);
  }
}

// Pixels outside the damage look as they did; there is no more of it than was asked for.
static void damage_holds_all_that_changed(void **state) {
  (void)state;
  static uint32_t before[PIXELS], after[PIXELS];
  canvas *c = fresh();
  canvas_rect rects[8];
  assert_int_equal(canvas_take_damage(c, rects, 8), 1);
  assert_int_equal(rects[0].w * rects[0].h, PIXELS);
  assert_int_equal(canvas_take_damage(c, rects, 8), 0);
  uint64_t seed = 9;
  for (int i = 0; i < 120; i++) {
    uint32_t room = 1 + hand_chance(&seed, 8);
    see(c, before);
    switch (hand_chance(&seed, 6)) {
    case 0: canvas_undo(c); break;
    case 1: canvas_redo(c); break;
    case 2: assert_int_equal(canvas_sheet(c, "clear", 1), OK); break;
    case 3:
      assert_int_equal(canvas_sheet(c, "paper", hand_chance(&seed, 0xFFFFFF)), OK);
      break;
    default:
      assert_int_equal(canvas_set_brush(c, hand_brush_names[hand_chance(&seed, 6)]), OK);
      assert_int_equal(canvas_set_mirror(c, 1u << hand_chance(&seed, 4)), OK);
      assert_int_equal(hand_stroke(c, &seed, WIDTH, HEIGHT), OK);
    }
    see(c, after);
    uint32_t n = canvas_take_damage(c, rects, room);
    assert_true(n <= room);
    for (uint32_t k = 0; k < n; k++) {
      assert_true(rects[k].x >= 0 && rects[k].y >= 0 && rects[k].w > 0 && rects[k].h > 0);
      assert_true(rects[k].x + rects[k].w <= WIDTH && rects[k].y + rects[k].h <= HEIGHT);
      canvas_render(c, rects[k], before + rects[k].y * WIDTH + rects[k].x, WIDTH * 4);
    }
    assert_memory_equal(before, after, sizeof before);
  }
  canvas_destroy(c);
}

static void damage_of_a_dot_is_small(void **state) {
  (void)state;
  canvas *c = fresh();
  canvas_rect rects[16];
  canvas_take_damage(c, rects, 16);
  send(c, GESTO_POINTER_DOWN, 0, 30, 30, 0.5);
  assert_int_equal(canvas_take_damage(c, rects, 16), 1);
  assert_true(rects[0].w <= 12 && rects[0].h <= 12);
  canvas_destroy(c);
}

static void rendering_is_clipped(void **state) {
  (void)state;
  canvas *c = fresh();
  uint32_t small[9];
  memset(small, 0x11, sizeof small);
  canvas_render(c, (canvas_rect){-1, -1, 3, 3}, small, 12);
  assert_int_equal(small[0], 0x11111111);
  assert_int_equal(small[4] & 0xFFFFFF, 0xFFFFFF);
  canvas_render(c, (canvas_rect){INT32_MAX, INT32_MAX, INT32_MAX, 3}, small, 12);
  canvas_render(c, (canvas_rect){5, 5, -3, 3}, small, 12);
  canvas_destroy(c);
}

static void picture_equals_rendering(void **state) {
  (void)state;
  static uint32_t xrgb[PIXELS];
  static uint8_t rgba[PIXELS * 4];
  canvas *c = fresh();
  assert_int_equal(canvas_sheet(c, "paper", 0xF5F1E8), OK);
  line(c, 10, 10, 290, 190);
  see(c, xrgb);
  canvas_picture(c, rgba);
  for (int i = 0; i < PIXELS; i++) {
    uint32_t p =
      (uint32_t)rgba[4 * i] << 16 | (uint32_t)rgba[4 * i + 1] << 8 | rgba[4 * i + 2];
    assert_int_equal(p, xrgb[i] & 0xFFFFFF);
    assert_int_equal(rgba[4 * i + 3], 255);
  }
  assert_int_equal(xrgb[WIDTH - 1] & 0xFFFFFF, 0xF5F1E8);
  canvas_destroy(c);
}

static int finish(void **state) {
  (void)state;
  hand_brushes_finish(&brushes);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(sizes_have_limits),
    cmocka_unit_test(tap_leaves_a_dot),
    cmocka_unit_test(light_tap_leaves_a_dot),
    cmocka_unit_test(stroke_begins_where_the_hand_is),
    cmocka_unit_test(same_stroke_same_pixels),
    cmocka_unit_test(only_the_first_contact_paints),
    cmocka_unit_test(cancel_takes_back),
    cmocka_unit_test(undo_in_a_stroke),
    cmocka_unit_test(rubbing_out),
    cmocka_unit_test(a_line_is_as_broad_as_told),
    cmocka_unit_test(tools_refuse_what_is_not),
    cmocka_unit_test(odd_pointers),
    cmocka_unit_test(mirrors_paint_all_sides),
    cmocka_unit_test(sheets_lie_over_each_other),
    cmocka_unit_test(sheets_fade),
    cmocka_unit_test(raising_the_top_sheet_is_no_step),
    cmocka_unit_test(fill_stays_inside),
    cmocka_unit_test(fill_minds_small_gaps),
    cmocka_unit_test(damage_holds_all_that_changed),
    cmocka_unit_test(damage_of_a_dot_is_small),
    cmocka_unit_test(rendering_is_clipped),
    cmocka_unit_test(picture_equals_rendering),
  };
  return cmocka_run_group_tests(tests, NULL, finish);
}
