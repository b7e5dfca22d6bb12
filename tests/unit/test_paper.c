// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base studio media player
// A paper with a view, painted on by Draw itself: lines are where the hand is, the view is in
// the state and in a replay, and states from before there was one are still read.
#include "core/player/frame.h"
#include "core/player/paper.h"
#include "core/player/rehearsal.h"
#include "core/player/state.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { STAGE_W = 640, STAGE_H = 400, MIDDLE_X = 320, MIDDLE_Y = 200 };

static exercise *draw;

static rehearsal *begin(const blob *from) {
  rehearsal *r = calloc(1, sizeof *r);
  char why[512] = "";
  const char *build = getenv("BUILD");
  assert_non_null(r);
  *r = (rehearsal){.of = draw, .from = from};
  snprintf(r->assets, sizeof r->assets, "%s/assets/", build ? build : "build");
  if (!rehearsal_begin(r, why, sizeof why)) fail_msg("%s", why);
  return r;
}

static void end(rehearsal *r) {
  rehearsal_end(r);
  free(r);
}

static void give(rehearsal *r, uint16_t type, double x, double y) {
  gesto_event e = {.type = type, .source = 1, .as.pointer = {.tool = GESTO_PEN}};
  e.as.pointer.x = (float)x;
  e.as.pointer.y = (float)y;
  e.as.pointer.pressure = 0.75f;
  rehearsal_give(r, &e);
  rehearsal_wait(r, 16667);
}

static void look(rehearsal *r, double zoom, double x, double y) {
  const gesto_event e = {
    .type = GESTO_VIEW, .as.view = {(float)zoom, (float)x, (float)y}};
  rehearsal_give(r, &e);
}

// A line on the paper, drawn by a hand that sees it `zoom` times as large around the middle.
static void line(rehearsal *r, double zoom, double x1, double y1, double x2, double y2) {
  for (int i = 0; i <= 16; i++) {
    const double x = x1 + (x2 - x1) * i / 16;
    const double y = y1 + (y2 - y1) * i / 16;
    give(r, i == 0 ? GESTO_POINTER_DOWN : GESTO_POINTER_MOVE,
      MIDDLE_X + (x - MIDDLE_X) * zoom, MIDDLE_Y + (y - MIDDLE_Y) * zoom);
  }
  give(r, GESTO_POINTER_UP, MIDDLE_X + (x2 - MIDDLE_X) * zoom,
    MIDDLE_Y + (y2 - MIDDLE_Y) * zoom);
}

static void save(rehearsal *r, blob *to) {
  assert_int_equal(state_save(r->machine, true, to), GESTO_OK);
}

static void lines_are_where_the_hand_is(void **state) {
  (void)state;
  rehearsal *plain = begin(NULL), *close = begin(NULL);
  look(close, 4, MIDDLE_X, MIDDLE_Y);
  line(plain, 1, 290, 190, 352, 206);
  line(close, 4, 290, 190, 352, 206);
  assert_int_not_equal(rehearsal_picture(plain), rehearsal_picture(close));
  look(close, 1, 0, 0);
  assert_int_equal(rehearsal_picture(plain), rehearsal_picture(close));
  end(plain);
  end(close);
}

static uint32_t pixel(rehearsal *r, int x, int y) {
  cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_RGB24, STAGE_W, STAGE_H);
  const page_rect all = {0, 0, STAGE_W, STAGE_H};
  paper_refresh(r->machine->paper, &r->machine->stale);
  frame_draw_parts(r->machine, s, &all, 1);
  uint32_t found = 0;
  memcpy(&found,
    cairo_image_surface_get_data(s) + y * cairo_image_surface_get_stride(s) + 4 * x, 4);
  cairo_surface_destroy(s);
  return found & 0xFFFFFF;
}

// Whatever was asked for, paper lies in the middle and the line shows where it was drawn.
static void no_view_loses_the_paper(void **state) {
  (void)state;
  rehearsal *r = begin(NULL);
  line(r, 1, 20, 20, 60, 20);
  const uint32_t bare = pixel(r, 600, 380);
  look(r, NAN, NAN, NAN);
  assert_int_equal(pixel(r, 600, 380), bare);
  look(r, 1e20, -1e20, -1e20);
  assert_int_equal(pixel(r, STAGE_W - 40, STAGE_H - 40), bare);
  assert_int_not_equal(pixel(r, 10, 10), bare); // beside it, past its corner
  look(r, 0, 0, 0);
  assert_int_equal(pixel(r, 10, 10), bare);
  assert_int_not_equal(pixel(r, 40, 20), bare);
  end(r);
}

// Half a painting, a view in the middle of it, the rest: at once, or with a new player from
// the state in between.
static void go_on(rehearsal *r) {
  line(r, 1, 100, 300, 500, 320);
  look(r, 6.5, 90, 333);
  line(r, 1, 200, 60, 260, 330);
}

static void a_state_goes_on_with_its_view(void **state) {
  (void)state;
  rehearsal *r = begin(NULL);
  line(r, 1, 100, 100, 500, 120);
  look(r, 2.5, 120, 77);
  line(r, 1, 50, 100, 500, 350);
  blob between = {0};
  save(r, &between);
  const uint64_t seen = rehearsal_picture(r);
  go_on(r);
  const uint64_t first = rehearsal_picture(r), own = rehearsal_state_hash(r);
  blob first_state = {0}, second_state = {0};
  save(r, &first_state);
  const uint64_t at = r->machine->now_us;
  end(r);
  r = begin(&between);
  r->time_us = r->machine->now_us;
  r->seq = r->machine->seq;
  assert_int_equal(rehearsal_picture(r), seen);
  go_on(r);
  assert_int_equal(r->machine->now_us, at);
  assert_int_equal(rehearsal_picture(r), first);
  assert_int_equal(rehearsal_state_hash(r), own);
  save(r, &second_state);
  assert_int_equal(second_state.size, first_state.size);
  assert_memory_equal(second_state.at, first_state.at, first_state.size);
  end(r);
  blob_finish(&between);
  blob_finish(&first_state);
  blob_finish(&second_state);
}

// The number of the layout stands behind the magic and the slot; the view's three numbers
// are found by what they are.
static void before_there_was_a_view(void **state) {
  (void)state;
  rehearsal *r = begin(NULL);
  line(r, 1, 100, 100, 500, 120);
  const uint64_t whole = rehearsal_picture(r);
  look(r, 3.25, 111.5, 222.25);
  assert_int_not_equal(rehearsal_picture(r), whole);
  blob now = {0}, then = {0};
  save(r, &now);
  end(r);
  const double view[3] = {3.25, 111.5, 222.25};
  const uint8_t *found = memmem(now.at, now.size, view, sizeof view);
  assert_non_null(found);
  const size_t before = (size_t)(found - (const uint8_t *)now.at);
  blob_put(&then, now.at, before);
  blob_put(&then, found + sizeof view, now.size - before - sizeof view);
  const uint32_t layout = STATE_LAYOUT_OLDEST;
  memcpy((uint8_t *)then.at + 16, &layout, sizeof layout);
  r = begin(&then);
  assert_int_equal(rehearsal_picture(r), whole);
  end(r);
  blob_finish(&now);
  blob_finish(&then);
}

// What a stage of another size shows follows from what was asked for, not from the sizes that
// were in between.
static void another_size_comes_back(void **state) {
  (void)state;
  rehearsal *r = begin(NULL);
  line(r, 1, 100, 100, 500, 120);
  look(r, 2, 20, 20);
  const uint64_t before = rehearsal_picture(r);
  const gesto_event other = {.type = GESTO_STAGE, .as.stage = {320, 480, 1}};
  const gesto_event again = {.type = GESTO_STAGE, .as.stage = {STAGE_W, STAGE_H, 1}};
  rehearsal_give(r, &other);
  rehearsal_give(r, &again);
  assert_int_equal(rehearsal_picture(r), before);
  end(r);
}

static void set_strong_smoothing(rehearsal *r) {
  const gesto_control *c = draw->controls;
  while (strcmp(c->key, "smoothing") != 0) c++;
  const gesto_event e = {
    .type = GESTO_CONTROL_SET, .as.control = {.id = c->id, .value = 2}};
  rehearsal_give(r, &e);
}

// A journal may say any of them. A line there comes to its end, and the state after it is read.
static void no_time_is_too_late(void **state) {
  (void)state;
  rehearsal *r = begin(NULL);
  blob saved = {0};
  char why[512] = "";
  set_strong_smoothing(r);
  const uint64_t bare = rehearsal_picture(r);
  gesto_event e = {.type = GESTO_POINTER_DOWN, .source = 1, .as.pointer = {.x = 90}};
  r->time_us = UINT64_MAX - 100004;
  rehearsal_give(r, &e);
  e = (gesto_event){.type = GESTO_POINTER_UP, .source = 1, .as.pointer = {.y = 90}};
  r->time_us = UINT64_MAX;
  rehearsal_give(r, &e);
  save(r, &saved);
  const uint64_t drawn = rehearsal_picture(r);
  assert_int_not_equal(drawn, bare);
  end(r);
  r = begin(&saved);
  assert_int_equal(rehearsal_picture(r), drawn);
  end(r);
  memset((uint8_t *)saved.at + 20, 0xFF, 8); // the time of the state itself
  r = calloc(1, sizeof *r);
  assert_non_null(r);
  *r = (rehearsal){.of = draw, .from = &saved};
  assert_false(rehearsal_begin(r, why, sizeof why));
  assert_non_null(strstr(why, "cannot be used"));
  free(r);
  blob_finish(&saved);
}

static int load_draw(void **state) {
  char path[512], why[512] = "";
  const char *build = getenv("BUILD");
  (void)state;
  draw = calloc(1, sizeof *draw);
  snprintf(path, sizeof path, "%s/plugins/draw.so", build ? build : "build");
  if (!draw || exercise_load(draw, path, why, sizeof why) != OK) fail_msg("%s", why);
  return 0;
}

static int free_draw(void **state) {
  (void)state;
  free(draw);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(lines_are_where_the_hand_is),
    cmocka_unit_test(no_view_loses_the_paper),
    cmocka_unit_test(a_state_goes_on_with_its_view),
    cmocka_unit_test(before_there_was_a_view),
    cmocka_unit_test(another_size_comes_back),
    cmocka_unit_test(no_time_is_too_late),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, load_draw, free_draw);
}
