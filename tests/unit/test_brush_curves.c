// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base studio
// A brush whose curves libmypaint would end the program at is not taken up.
#include "core/base/io.h"
#include "core/studio/brush_curves.h"
#include "core/studio/canvas.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define BRUSH(curve) \
  "{\"version\":3,\"settings\":{\"opaque\":{\"base_value\":1,\"inputs\":{" \
  "\"pressure\":" curve "}}}}"

static const char *one_brush(void *data, const char *name) {
  (void)name;
  return data;
}

static result taken_up(const char *text) {
  canvas *c = NULL;
  assert_int_equal(canvas_create(&c, 64, 64, 1, one_brush, (void *)(uintptr_t)text), OK);
  const result r = canvas_set_brush(c, "one");
  canvas_destroy(c);
  return r;
}

static void curves_that_libmypaint_takes(void **state) {
  (void)state;
  assert_int_equal(taken_up(BRUSH("[]")), OK);
  assert_int_equal(taken_up(BRUSH("[[0, 0], [1, 0.5]]")), OK);
  assert_int_equal(taken_up(BRUSH("[[0,0],[0,1] , [ 1.5e0 , -2 ]]")), OK);
}

static void curves_that_it_does_not(void **state) {
  (void)state;
  static const char *const texts[] = {
    BRUSH("[[1, 0], [0, 0.5]]"), // runs backwards
    BRUSH("[[0, 0], [1, 0.5], [0.9, 1]]"),
    BRUSH("[[0, 0]]"), // of one point
    BRUSH("[[0, 0], [nan, 1]]"),
    BRUSH("[[0, 0], [1]]"),
    BRUSH("[0, 1]"),
    BRUSH("[[0, 0], [1, 1]"),
    BRUSH("[[0, 0], /* [ */ [1, 1]]"),
    "{\"a\":\"[",
    "{'a':'[[1,0],[0,0]]'}",
  };
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    assert_false(brush_curves_hold(texts[i]));
    assert_int_equal(taken_up(texts[i]), BAD_DATA);
  }
}

static void more_points_than_it_has_room_for(void **state) {
  (void)state;
  char text[2048] = "[";
  for (int i = 0; i < 64; i++)
    snprintf(
      text + strlen(text), sizeof text - strlen(text), "%s[%d,0]", i ? "," : "", i);
  const size_t end = strlen(text), room = sizeof text - end;
  snprintf(text + end, room, "]");
  assert_true(brush_curves_hold(text));
  snprintf(text + end, room, ",[64,0]]");
  assert_false(brush_curves_hold(text));
}

static void arrays_in_words_are_words(void **state) {
  (void)state;
  assert_true(brush_curves_hold("{\"comment\":\"a/b \\\"[[1,0],[0,0]]\\\" it's\"}"));
}

static result one_of_ours(void *data, int dir, const char *name, bool is_dir) {
  char *text = NULL;
  size_t size = 0;
  const char *ending = strrchr(name, '.');
  if (is_dir || !ending || strcmp(ending, ".myb") != 0) return OK;
  assert_int_equal(io_load(dir, name, 1 << 20, &text, &size), OK);
  if (!brush_curves_hold(text)) fail_msg("%s does not hold", name);
  free(text);
  ++*(int *)data;
  return OK;
}

static void our_brushes_hold(void **state) {
  (void)state;
  int count = 0;
  assert_int_equal(io_each(AT_FDCWD, "assets/brushes", one_of_ours, &count), OK);
  assert_true(count >= 18);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(curves_that_libmypaint_takes),
    cmocka_unit_test(curves_that_it_does_not),
    cmocka_unit_test(more_points_than_it_has_room_for),
    cmocka_unit_test(arrays_in_words_are_words), cmocka_unit_test(our_brushes_hold)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
