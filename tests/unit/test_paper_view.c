// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base player
// Which part of a paper shows: the arithmetic of it, that the paper never gets lost, and the
// lens that pixels go through.
#include "core/base/event.h"
#include "core/base/paper_view.h"
#include "core/player/lens.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const paper_room same = {
  .paper_w = 960, .paper_h = 640, .area_w = 960, .area_h = 640};
static const paper_room wider = {
  .paper_w = 960, .paper_h = 640, .area_w = 1600, .area_h = 640};
static const paper_room upright = {
  .paper_w = 300, .paper_h = 900, .area_w = 1200, .area_h = 600};

static uint32_t thrown;
static int dice(void) {
  thrown = thrown * 1664525 + 1013904223;
  return (int)(thrown >> 8);
}

static void is_near(double a, double b, double by) { assert_true(fabs(a - b) <= by); }

static void is_view(paper_view v, double zoom, double x, double y) {
  is_near(v.zoom, zoom, 1e-9);
  is_near(v.x, x, 1e-9);
  is_near(v.y, y, 1e-9);
}

static void the_whole_paper_lies_in_the_middle(void **state) {
  (void)state;
  is_view(paper_view_within(&same, (paper_view){1, 0, 9999}), 1, 480, 320);
  is_view(paper_view_within(&wider, (paper_view){0, -5, 3}), 1, 480, 320);
  is_view(paper_view_within(&upright, (paper_view){NAN, NAN, INFINITY}), 1, 150, 450);
  assert_true(paper_view_is_whole((paper_view){.zoom = 1}));
  assert_true(paper_view_is_whole((paper_view){.zoom = NAN}));
  assert_false(paper_view_is_whole((paper_view){.zoom = 1.2}));
  is_near(paper_view_scale(&upright, (paper_view){.zoom = 3}), 2, 1e-9);
}

static void no_wish_goes_beyond_eight(void **state) {
  (void)state;
  is_near(paper_view_within(&same, (paper_view){1e30, 0, 0}).zoom, 8, 0);
  is_near(
    paper_view_zoomed(&same, (paper_view){7, 480, 320}, 4, (paper_place){0, 0}).zoom, 8,
    0);
}

// However it is turned, half of the area or more is covered on each axis on which the paper
// is larger than the area, and on the others the paper lies in the middle.
static void holds(const paper_room *r, paper_view v) {
  const paper_view again = paper_view_within(r, v);
  is_view(again, v.zoom, v.x, v.y);
  const double scale = paper_view_scale(r, v);
  const double left = r->area_w / 2 - v.x * scale;
  const double right = left + r->paper_w * scale;
  const double top = r->area_h / 2 - v.y * scale;
  const double bottom = top + r->paper_h * scale;
  assert_true(left <= fmax(96, (r->area_w - r->paper_w * scale) / 2) + 1e-6);
  assert_true(right >= fmin(r->area_w - 96, r->area_w / 2) - 1e-6);
  assert_true(top <= fmax(96, (r->area_h - r->paper_h * scale) / 2) + 1e-6);
  assert_true(bottom >= fmin(r->area_h - 96, r->area_h / 2) - 1e-6);
  if (r->paper_w * scale <= r->area_w) is_near(v.x, r->paper_w / 2, 1e-9);
  if (r->paper_h * scale <= r->area_h) is_near(v.y, r->paper_h / 2, 1e-9);
}

static void it_never_gets_lost(void **state) {
  (void)state;
  const paper_room *rooms[] = {&same, &wider, &upright};
  thrown = 5;
  for (int n = 0; n < 3; n++) {
    paper_view v = {.zoom = 1};
    for (int i = 0; i < 20000; i++) {
      const paper_place at = {dice() % 2000 - 200, dice() % 2000 - 200};
      v = dice() % 2
        ? paper_view_moved(rooms[n], v, dice() % 4000 - 2000, dice() % 900 - 450)
        : paper_view_zoomed(rooms[n], v, 0.5 + dice() % 100 / 66.0, at);
      holds(rooms[n], v);
    }
  }
}

static void what_is_under_the_pointer_stays(void **state) {
  (void)state;
  const paper_place at = {600, 250};
  paper_view v = paper_view_within(&same, (paper_view){.zoom = 1});
  const paper_place before = paper_view_find(&same, v, at);
  for (int i = 0; i < 6; i++) v = paper_view_zoomed(&same, v, 1.3, at);
  const paper_place after = paper_view_find(&same, v, at);
  is_near(after.x, before.x, 1e-9);
  is_near(after.y, before.y, 1e-9);
  for (int i = 0; i < 6; i++) v = paper_view_zoomed(&same, v, 1 / 1.3, at);
  is_view(v, 1, 480, 320);
}

static void it_moves_with_the_hand(void **state) {
  (void)state;
  const paper_view v = {4, 480, 320};
  is_view(paper_view_moved(&same, v, 40, -20), 4, 470, 325);
}

// So that the first corner can be drawn in though a button lies over it.
static void a_corner_comes_out_from_the_edge(void **state) {
  (void)state;
  const paper_view v = paper_view_moved(&same, (paper_view){4, 480, 320}, 9e4, -9e4);
  const paper_place corner = paper_view_find(&same, v, (paper_place){96, 640 - 96});
  is_near(corner.x, 0, 1e-9);
  is_near(corner.y, 640, 1e-9);
}

static void a_driver_rounds_it(void **state) {
  (void)state;
  gesto_event e = {.type = GESTO_VIEW, .as.view = {3.00001f, 12.03f, -40000}};
  e.as.own[20] = 7;
  gesto_event_round(&e);
  assert_true(e.as.view.zoom == 3 && e.as.view.x == 12 && e.as.view.y == -32768);
  assert_int_equal(e.as.own[20], 0);
  e.as.view.zoom = NAN;
  gesto_event_round(&e);
  assert_true(e.as.view.zoom == 1);
}

// ---- The lens

static void at_its_own_size_nothing_is_moved(void **state) {
  (void)state;
  const lens l = lens_make(&same, (paper_view){.zoom = 1}, 1.25, 1.25);
  assert_int_equal(l.step, LENS_ONE);
  assert_true(l.left == 0 && l.top == 0);
  const paper_place p = lens_find(&l, 100.0625, 7);
  assert_true(p.x == 100.0625 * 1.25 && p.y == 8.75);
}

static void it_finds_what_the_view_shows(void **state) {
  (void)state;
  const paper_view v = paper_view_within(&wider, (paper_view){3.7, 200, 300});
  const lens l = lens_make(&wider, v, 2, 1.5);
  const paper_place by_view = paper_view_find(&wider, v, (paper_place){333, 444});
  const paper_place by_lens = lens_find(&l, 333, 444);
  is_near(by_lens.x / 2, by_view.x, 0.5);
  is_near(by_lens.y / 2, by_view.y, 0.5);
  assert_true(l.left == floor(l.left) && l.top == floor(l.top));
}

static cairo_surface_t *noise(int w, int h) {
  cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_RGB24, w, h);
  uint8_t *at = cairo_image_surface_get_data(s);
  for (int i = 0; i < cairo_image_surface_get_stride(s) * h; i++)
    at[i] = i % 4 == 3 ? 255 : (uint8_t)dice();
  cairo_surface_mark_dirty(s);
  return s;
}

static void paint(const lens *l, cairo_surface_t *onto, cairo_surface_t *paper,
  const stale_rect *part, double scale) {
  cairo_t *cr = cairo_create(onto);
  if (part) {
    cairo_rectangle(cr, floor((double)part->x * scale), floor((double)part->y * scale),
      ceil((double)part->w * scale) + 1, ceil((double)part->h * scale) + 1);
    cairo_clip(cr);
  }
  cairo_set_source_rgb(cr, 0.5, 0.5, 0.5);
  cairo_paint(cr);
  cairo_scale(cr, scale, scale);
  lens_paint(l, cr, paper);
  cairo_destroy(cr);
}

static void scribble(cairo_surface_t *paper, canvas_rect r) {
  uint8_t *at = cairo_image_surface_get_data(paper);
  const int stride = cairo_image_surface_get_stride(paper);
  for (int y = r.y; y < r.y + r.h; y++)
    for (int x = 4 * r.x; x < 4 * (r.x + r.w); x++)
      if (x % 4 < 3) at[y * stride + x] = (uint8_t)dice();
  cairo_surface_mark_dirty(paper);
}

// A part that changed and is painted by itself gives what painting everything gives.
static void parts_make_the_whole(paper_view v, double paper_scale, double scale) {
  const paper_room room = {.paper_w = 160, .paper_h = 120, .area_w = 200, .area_h = 120};
  const lens l = lens_make(&room, v, paper_scale, scale);
  cairo_surface_t *paper = noise((int)(160 * paper_scale), (int)(120 * paper_scale));
  const int w = (int)(200 * scale), h = (int)(120 * scale);
  cairo_surface_t *shown = cairo_image_surface_create(CAIRO_FORMAT_RGB24, w, h);
  cairo_surface_t *all = cairo_image_surface_create(CAIRO_FORMAT_RGB24, w, h);
  paint(&l, shown, paper, NULL, scale);
  for (int i = 0; i < 40; i++) {
    const canvas_rect r = {dice() % (int)(140 * paper_scale),
      dice() % (int)(100 * paper_scale), 1 + dice() % 20, 1 + dice() % 20};
    scribble(paper, r);
    const stale_rect part = lens_damage(&l, r);
    paint(&l, shown, paper, &part, scale);
    paint(&l, all, paper, NULL, scale);
    cairo_surface_flush(shown);
    cairo_surface_flush(all);
    assert_memory_equal(cairo_image_surface_get_data(shown),
      cairo_image_surface_get_data(all),
      (size_t)cairo_image_surface_get_stride(all) * (size_t)h);
  }
  cairo_surface_destroy(paper);
  cairo_surface_destroy(shown);
  cairo_surface_destroy(all);
}

static void what_changes_is_exactly_damaged(void **state) {
  (void)state;
  thrown = 11;
  parts_make_the_whole((paper_view){.zoom = 1}, 1, 1);
  parts_make_the_whole((paper_view){.zoom = 1}, 3, 1); // smaller than it is
  parts_make_the_whole((paper_view){1.7, 60, 60}, 5, 1);
  for (int i = 0; i < 40; i++) {
    const paper_view v = {1 + dice() % 700 / 100.0, dice() % 160, dice() % 120};
    parts_make_the_whole(v, i % 2 ? 1 : 1.25, i % 3 ? 1 : 2);
  }
}

static void close_up_its_pixels_are_squares(void **state) {
  (void)state;
  const paper_room room = {.paper_w = 40, .paper_h = 40, .area_w = 40, .area_h = 40};
  const lens l = lens_make(&room, (paper_view){4, 20, 20}, 1, 1);
  cairo_surface_t *paper = noise(40, 40);
  cairo_surface_t *onto = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 40, 40);
  paint(&l, onto, paper, NULL, 1);
  cairo_surface_flush(onto);
  const uint8_t *at = cairo_image_surface_get_data(onto);
  const uint8_t *from = cairo_image_surface_get_data(paper);
  const int stride = cairo_image_surface_get_stride(onto);
  for (int y = 0; y < 40; y++)
    for (int x = 0; x < 40; x++)
      assert_memory_equal(
        at + y * stride + 4 * x, from + (15 + y / 4) * stride + 4 * (15 + x / 4), 3);
  cairo_surface_destroy(paper);
  cairo_surface_destroy(onto);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_whole_paper_lies_in_the_middle),
    cmocka_unit_test(no_wish_goes_beyond_eight),
    cmocka_unit_test(it_never_gets_lost),
    cmocka_unit_test(what_is_under_the_pointer_stays),
    cmocka_unit_test(it_moves_with_the_hand),
    cmocka_unit_test(a_corner_comes_out_from_the_edge),
    cmocka_unit_test(a_driver_rounds_it),
    cmocka_unit_test(at_its_own_size_nothing_is_moved),
    cmocka_unit_test(it_finds_what_the_view_shows),
    cmocka_unit_test(what_changes_is_exactly_damaged),
    cmocka_unit_test(close_up_its_pixels_are_squares),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
