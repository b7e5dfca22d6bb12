// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base studio
// What lies under the sheets: seen, not painted on, not rubbed out, undone like a stroke.
#include "core/studio/canvas.h"

#include "tests/unit/canvas_hand.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { WIDTH = 200, HEIGHT = 150, PIXELS = WIDTH * HEIGHT, ROW = WIDTH * 4 };
static const uint32_t blue = 0xFF3060C0, glass = 0x80000080; // half blue, premultiplied
static hand_brushes brushes;
static uint32_t picture[PIXELS], seen[PIXELS];

static canvas *fresh(void) {
  canvas *c = NULL;
  assert_int_equal(canvas_create(&c, WIDTH, HEIGHT, 1, hand_brush, &brushes), OK);
  assert_int_equal(canvas_set_brush(c, "ink"), OK);
  return c;
}

static void put(canvas *c, uint32_t argb) {
  for (int i = 0; i < PIXELS; i++) picture[i] = argb;
  assert_int_equal(canvas_put_under(c, picture, ROW), OK);
}

static uint32_t look(const canvas *c, int x, int y) {
  canvas_render(c, (canvas_rect){0, 0, WIDTH, HEIGHT}, seen, ROW);
  return seen[y * WIDTH + x] & 0xFFFFFF;
}

static void lies_under_all(void **state) {
  (void)state;
  canvas *c = fresh();
  put(c, blue);
  assert_int_equal(look(c, 0, 0), 0x3060C0);
  assert_int_equal(look(c, WIDTH - 1, HEIGHT - 1), 0x3060C0);
  assert_int_equal(canvas_set_colour(c, 0xFF0000), OK);
  assert_int_equal(canvas_fill(c, 5, 5), OK);
  assert_int_equal(look(c, 5, 5), 0xFF0000);
  assert_int_equal(canvas_sheet(c, "clear", 1), OK);
  assert_int_equal(look(c, 5, 5), 0x3060C0);
  assert_int_equal(canvas_sheet(c, "clear", 0), OK);
  assert_int_equal(look(c, 5, 5), 0xFFFFFF);
  assert_true(canvas_undo(c));
  assert_int_equal(look(c, 5, 5), 0x3060C0);
  canvas_destroy(c);
}

static void paper_shows_through(void **state) {
  (void)state;
  canvas *c = fresh();
  put(c, glass);
  assert_in_range(look(c, 9, 9), 0x7F7FFE, 0x8080FF);
  assert_int_equal(canvas_sheet(c, "paper", 0), OK);
  assert_in_range(look(c, 9, 9), 0x00007F, 0x000081);
  canvas_destroy(c);
}

static void is_not_rubbed_out(void **state) {
  (void)state;
  canvas *c = fresh();
  uint64_t seed = 3;
  put(c, blue);
  const uint64_t before = canvas_hash(c);
  assert_int_equal(canvas_set_brush(c, "rub-out"), OK);
  for (int i = 0; i < 5; i++) assert_int_equal(hand_stroke(c, &seed, WIDTH, HEIGHT), OK);
  assert_int_equal(canvas_hash(c), before);
  canvas_destroy(c);
}

static void one_step_each(void **state) {
  (void)state;
  canvas *c = fresh();
  const uint64_t empty = canvas_hash(c);
  put(c, blue);
  const uint64_t with = canvas_hash(c);
  put(c, blue); // the same again is no step
  put(c, glass);
  assert_true(canvas_undo(c));
  assert_int_equal(canvas_hash(c), with);
  assert_int_equal(canvas_put_under(c, NULL, 0), OK);
  assert_false(canvas_has_under(c));
  assert_int_equal(canvas_hash(c), empty);
  assert_true(canvas_undo(c));
  assert_int_equal(canvas_hash(c), with);
  assert_true(canvas_undo(c));
  assert_int_equal(canvas_hash(c), empty);
  assert_false(canvas_can_undo(c));
  assert_true(canvas_redo(c));
  assert_int_equal(canvas_hash(c), with);
  canvas_destroy(c);
}

static void damage_is_exact(void **state) {
  (void)state;
  canvas *c = fresh();
  canvas_rect rects[64];
  canvas_take_damage(c, rects, 64);
  for (int i = 0; i < PIXELS; i++) picture[i] = 0;
  picture[70 * WIDTH + 130] = blue; // in one tile
  assert_int_equal(canvas_put_under(c, picture, ROW), OK);
  assert_int_equal(canvas_take_damage(c, rects, 64), 1);
  assert_int_equal(rects[0].x, 128);
  assert_int_equal(rects[0].y, 64);
  assert_in_range(rects[0].w, 1, 64);
  assert_in_range(rects[0].h, 1, 64);
  canvas_destroy(c);
}

static void not_in_a_stroke(void **state) {
  (void)state;
  canvas *c = fresh();
  const gesto_event down = {.type = GESTO_POINTER_DOWN,
    .source = 1,
    .as.pointer = {.x = 20, .y = 20, .pressure = 1}};
  assert_int_equal(canvas_stroke(c, &down), OK);
  assert_int_equal(canvas_put_under(c, picture, ROW), NOT_NOW);
  canvas_destroy(c);
}

static void is_kept_and_seen_by_itself(void **state) {
  (void)state;
  canvas *c = fresh(), *loaded = fresh(), *shared = NULL;
  uint64_t seed = 8;
  put(c, blue);
  assert_int_equal(hand_stroke(c, &seed, WIDTH, HEIGHT), OK);
  assert_int_equal(canvas_put_under(c, NULL, 0), OK);
  assert_true(canvas_undo(c));
  uint8_t *bytes = NULL;
  size_t size = 0;
  assert_int_equal(canvas_save(c, true, &bytes, &size), OK);
  assert_int_equal(canvas_load(loaded, bytes, size), OK);
  assert_int_equal(canvas_hash(loaded), canvas_hash(c));
  assert_true(canvas_redo(loaded));
  assert_false(canvas_has_under(loaded));
  assert_int_equal(canvas_share_paper(c, canvas_paper_here(c), &shared), OK);
  canvas_sheet_picture p;
  assert_int_equal(canvas_see_under(shared, &p), OK);
  assert_int_equal(p.where.w, WIDTH);
  assert_int_equal(p.where.h, HEIGHT);
  assert_memory_equal(p.rgba, "\x30\x60\xC0\xFF", 4);
  free(p.rgba);
  free(bytes);
  canvas_destroy(shared);
  canvas_destroy(loaded);
  canvas_destroy(c);
}

// A photo takes three bytes a pixel, not eight, and damage to it is seen or harmless.
static void a_photo_is_small(void **state) {
  (void)state;
  canvas *c = fresh(), *loaded = fresh();
  uint32_t noise = 9;
  for (int i = 0; i < PIXELS; i++) {
    noise = noise * 1664525 + 1013904223;
    picture[i] = 0xFF000000 | noise >> 8;
  }
  assert_int_equal(canvas_put_under(c, picture, ROW), OK);
  uint8_t *bytes = NULL;
  size_t size = 0;
  assert_int_equal(canvas_save(c, false, &bytes, &size), OK);
  const size_t inner = 3 * 2 * 64 * 64 * 3, rim = (12 - 6) * 64 * 64 * 8;
  assert_in_range(size, inner, inner + rim + 2000);
  assert_int_equal(canvas_load(loaded, bytes, size), OK);
  assert_int_equal(canvas_hash(loaded), canvas_hash(c));
  for (int i = 0; i < 300; i++) {
    noise = noise * 1664525 + 1013904223;
    const size_t at = (noise >> 4) % size;
    bytes[at] ^= (uint8_t)(1u << (noise >> 1 & 7));
    const result r = canvas_load(loaded, bytes, size);
    assert_true(r == OK || r == BAD_DATA || r == TOO_NEW);
    bytes[at] ^= (uint8_t)(1u << (noise >> 1 & 7));
  }
  assert_int_equal(canvas_load(loaded, bytes, size - 9000), BAD_DATA);
  free(bytes);
  canvas_destroy(loaded);
  canvas_destroy(c);
}

static int finish(void **state) {
  (void)state;
  hand_brushes_finish(&brushes);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(lies_under_all),
    cmocka_unit_test(paper_shows_through),
    cmocka_unit_test(is_not_rubbed_out),
    cmocka_unit_test(one_step_each),
    cmocka_unit_test(damage_is_exact),
    cmocka_unit_test(not_in_a_stroke),
    cmocka_unit_test(is_kept_and_seen_by_itself),
    cmocka_unit_test(a_photo_is_small),
  };
  return cmocka_run_group_tests(tests, NULL, finish);
}
