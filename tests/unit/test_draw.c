// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base
// Draw: what the hand holds, what is said of the picture, what is saved.
#include "tests/unit/draw_hand.h"

#include <unistd.h>

static void controls_reach_the_canvas(void **state) {
  (void)state;
  easel a;
  set_up(&a);
  control(&a, BRUSH, 3);
  control(&a, SIZE, 150);
  control(&a, COLOUR, 0xC42F50);
  control(&a, MIRROR, 2);
  assert_string_equal(a.brush, "chalk");
  assert_true(a.size == 1.5f);
  assert_int_equal(a.rgb, 0xC42F50);
  assert_int_equal(a.folds, 4);
  put_away(&a);
}

static void other_brushes(void **state) {
  (void)state;
  easel a;
  set_up(&a);
  control(&a, BRUSH, 5);
  control(&a, MORE, 2);
  assert_string_equal(a.brush, "charcoal");
  line(&a);
  says(&a, "A drawing in teal, 1 stroke."); // nothing is rubbed out
  control(&a, MORE, 0);
  assert_string_equal(a.brush, "rub-out");
  control(&a, MORE, 7);
  assert_int_equal(a.asked, 0);
  control(&a, BRUSH, 5); // the same tool as before
  assert_string_equal(a.brush, "rub-out");
  assert_int_equal(a.asked, 1);
  put_away(&a);
}

// `make strokes` makes them.
static void each_other_brush_has_a_picture(void **state) {
  (void)state;
  easel a;
  set_up(&a);
  const gesto_control *more = a.draw->controls;
  while (more->id != MORE) more++;
  for (int i = 1; more->choices[i].key; i++) {
    char path[128];
    snprintf(path, sizeof path, "assets/brushes/%s.png", more->choices[i].key);
    if (access(path, R_OK) != 0) fail_msg("%s is not there: make strokes", path);
  }
  put_away(&a);
}

static void words_about_the_picture(void **state) {
  (void)state;
  easel a;
  set_up(&a);
  says(&a, "An empty sheet of paper.");
  control(&a, COLOUR, 0x2A7DBF);
  line(&a);
  says(&a, "A drawing in blue, 1 stroke.");
  line(&a);
  control(&a, COLOUR, 0x6F8F55);
  line(&a);
  says(&a, "A drawing in blue and green, 3 strokes.");
  control(&a, COLOUR, 0x123456); // a mixed colour has no name
  line(&a);
  says(&a, "A drawing in blue and green, 4 strokes.");
  press(&a, UNDO);
  press(&a, UNDO);
  says(&a, "A drawing in blue, 2 strokes.");
  press(&a, REDO);
  says(&a, "A drawing in blue and green, 3 strokes.");
  control(&a, BRUSH, 5);
  line(&a);
  says(&a, "A drawing in blue and green, 3 strokes.");
  press(&a, NEW_PAPER);
  says(&a, "An empty sheet of paper. Paper 2 of 2.");
  press(&a, UNDO);
  says(&a, "A drawing in blue and green, 3 strokes.");
  for (int i = 0; i < 10; i++) press(&a, UNDO);
  says(&a, "An empty sheet of paper.");
  put_away(&a);
}

static void taken_back_and_other_hands(void **state) {
  (void)state;
  easel a;
  set_up(&a);
  point(&a, GESTO_POINTER_DOWN, 1);
  point(&a, GESTO_POINTER_DOWN, 2);
  point(&a, GESTO_POINTER_UP, 2);
  point(&a, GESTO_POINTER_CANCEL, 1);
  says(&a, "An empty sheet of paper.");
  line(&a);
  point(&a, GESTO_POINTER_DOWN, 1);
  press(&a, UNDO); // takes the stroke that is under way
  point(&a, GESTO_POINTER_UP, 1);
  says(&a, "A drawing in teal, 1 stroke.");
  point(&a, GESTO_POINTER_DOWN, 1);
  press(&a, NEW_PAPER); // not in a stroke
  point(&a, GESTO_POINTER_UP, 1);
  says(&a, "A drawing in teal, 2 strokes.");
  put_away(&a);
}

static gesto_result take(const gesto_writer *to, const void *bytes, size_t n) {
  easel *a = to->data;
  if (n > sizeof a->state - a->state_size) return GESTO_NO_SPACE;
  memcpy(a->state + a->state_size, bytes, n);
  a->state_size += n;
  return GESTO_OK;
}

static int64_t give(const gesto_reader *from, void *bytes, size_t n) {
  easel *a = from->data;
  size_t left = a->state_size - a->at;
  if (n > 7) n = 7;
  if (n > left) n = left;
  memcpy(bytes, a->state + a->at, n);
  a->at += n;
  return (int64_t)n;
}

static void save(easel *a, bool with_history) {
  const gesto_writer to = {.size = sizeof to, .data = a, .write = take};
  a->state_size = 0;
  assert_int_equal(a->draw->save(a->self, &to, with_history), GESTO_OK);
}

static gesto_result load(easel *a) {
  const gesto_reader from = {.size = sizeof from, .data = a, .read = give};
  a->at = 0;
  return a->draw->load(a->self, &from, "1.0.0");
}

static void lines_are_smoothed_and_ruled(void **state) {
  (void)state;
  easel a;
  set_up(&a);
  control(&a, SMOOTH, 2);
  control(&a, RULER, 1);
  assert_int_equal(a.smoothing, 2);
  assert_int_equal(a.ruler, 1);
  save(&a, true);
  control(&a, SMOOTH, 0);
  control(&a, RULER, 2);
  assert_int_equal(load(&a), GESTO_OK);
  assert_int_equal(a.smoothing, 2);
  assert_int_equal(a.ruler, 1);
  put_away(&a);
}

static void a_shaking_hand_is_steadied(void **state) {
  (void)state;
  easel a;
  set_up(&a);
  look(&a, GESTO_STEADY);
  assert_int_equal(a.smoothing, 3);
  control(&a, SMOOTH, 1); // the client would rather not
  look(&a, GESTO_STEADY | GESTO_EVENING);
  assert_int_equal(a.smoothing, 1);
  save(&a, true);
  assert_int_equal(load(&a), GESTO_OK);
  look(&a, GESTO_STEADY);
  assert_int_equal(a.smoothing, 1);
  look(&a, 0);
  look(&a, GESTO_STEADY);
  assert_int_equal(a.smoothing, 3);
  look(&a, 0);
  assert_int_equal(a.smoothing, 1);
  a.set = "strong"; // was set up for this client
  control(&a, SMOOTH, 2);
  look(&a, GESTO_STEADY);
  assert_int_equal(a.smoothing, 2);
  put_away(&a);
}

static void a_touch_may_fill(void **state) {
  (void)state;
  easel a;
  set_up(&a);
  control(&a, COLOUR, 0x2A7DBF);
  control(&a, MORE, 13);
  point_at(&a, GESTO_POINTER_DOWN, 7, 20, 30);
  point_at(&a, GESTO_POINTER_MOVE, 7, 22, 31);
  assert_int_equal(a.fills, 0); // it may be a palm
  point_at(&a, GESTO_POINTER_CANCEL, 7, 22, 31);
  assert_int_equal(a.fills, 0);
  point_at(&a, GESTO_POINTER_DOWN, 8, 20, 30);
  save(&a, true);
  assert_int_equal(load(&a), GESTO_OK);
  point_at(&a, GESTO_POINTER_UP, 9, 5, 5); // somebody else's
  point_at(&a, GESTO_POINTER_UP, 8, 22, 31);
  assert_int_equal(a.fills, 1);
  assert_true(a.fill_x == 20 && a.fill_y == 30);
  says(&a, "A drawing in blue, 1 stroke.");
  press(&a, UNDO);
  says(&a, "An empty sheet of paper.");
  point_at(
    &a, GESTO_POINTER_DOWN, 1, 1, 1); // another tool while it is down: it fills still
  control(&a, BRUSH, 1);
  point_at(&a, GESTO_POINTER_UP, 1, 1, 1);
  assert_int_equal(a.fills, 2);
  line(&a);
  assert_int_equal(a.fills, 2);
  put_away(&a);
}

static void some_picture(easel *a) {
  control(a, BRUSH, 2);
  control(a, SIZE, 300);
  control(a, COLOUR, 0xEFCB30);
  control(a, MIRROR, 3);
  line(a);
  line(a);
  line(a);
  press(a, UNDO);
}

static void saved_and_loaded(void **state) {
  (void)state;
  easel a, b;
  set_up(&a);
  set_up(&b);
  some_picture(&a);
  save(&a, true);
  memcpy(b.state, a.state, a.state_size);
  b.state_size = a.state_size;
  assert_int_equal(load(&b), GESTO_OK);
  assert_string_equal(b.brush, "ink");
  assert_true(b.size == 3.0f);
  assert_int_equal(b.rgb, 0xEFCB30);
  assert_int_equal(b.folds, 8);
  says(&b, "A drawing in yellow, 2 strokes.");
  memcpy(b.steps, a.steps, sizeof b.steps); // the canvas's part
  b.done = 2;
  b.undone = 1;
  press(&b, REDO);
  says(&b, "A drawing in yellow, 3 strokes.");
  size_t with = a.state_size;
  save(&a, false);
  assert_int_equal(a.state_size, with - 1); // the one that was undone is not in it
  put_away(&a);
  put_away(&b);
}

static void an_ending_lets_the_hand_lift(void **state) {
  (void)state;
  easel a;
  set_up(&a);
  point(&a, GESTO_POINTER_DOWN, 1);
  press(&a, TEAR);
  point(&a, GESTO_POINTER_MOVE, 1);
  point(&a, GESTO_POINTER_UP, 1);
  assert_false(a.in_stroke);
  press(&a, UNDO);
  says(&a, "A drawing in teal, 1 stroke.");
  control(&a, MORE, 13); // fill a shape
  point(&a, GESTO_POINTER_DOWN, 1);
  press(&a, TEAR);
  point(&a, GESTO_POINTER_UP, 1);
  press(&a, UNDO);
  control(&a, MORE, 0);
  point(&a, GESTO_POINTER_DOWN, 1);
  assert_true(a.in_stroke); // it draws again, and fills nothing
  put_away(&a);
}

static void damaged_states_change_nothing(void **state) {
  (void)state;
  easel a;
  set_up(&a);
  some_picture(&a);
  save(&a, true);
  size_t whole = a.state_size;
  for (size_t n = 0; n < whole; n++) {
    a.state_size = n;
    assert_int_equal(load(&a), GESTO_BAD_DATA);
  }
  a.state_size = whole + 1; // something behind it
  assert_int_equal(load(&a), GESTO_BAD_DATA);
  a.state_size = whole;
  const uint8_t mark = a.state[whole - 1];
  a.state[whole - 1] = 30; // a colour that is none
  assert_int_equal(load(&a), GESTO_BAD_DATA);
  a.state[whole - 1] = mark;
  a.state[16] = 200; // a brush that is none: the value in the first pair
  assert_int_equal(load(&a), GESTO_BAD_DATA);
  a.state[16] = 2;
  a.state[4] = 9; // a version to come
  assert_int_equal(load(&a), GESTO_TOO_NEW);
  says(&a, "A drawing in yellow, 2 strokes.");
  a.state[4] = 4;
  assert_int_equal(load(&a), GESTO_OK);
  put_away(&a);
}

// Brush, size, colour, mirror, and from version 2 on the other brushes; two marks that are
// done and one that is not.
static void write_old(easel *a, uint32_t version) {
  const uint32_t values[] = {2, 300, 0xEFCB30, 3, 0}, counts[] = {2, 1};
  const size_t settings = (version < 2 ? 4 : 5) * sizeof *values;
  a->state_size = 0;
  const gesto_writer to = {.size = sizeof to, .data = a, .write = take};
  assert_int_equal(take(&to, "DRAW", 4), GESTO_OK);
  assert_int_equal(take(&to, &version, sizeof version), GESTO_OK);
  assert_int_equal(take(&to, values, settings), GESTO_OK);
  assert_int_equal(take(&to, counts, sizeof counts), GESTO_OK);
  assert_int_equal(take(&to, "\4\4\4", 3), GESTO_OK);
}

static void states_of_earlier_versions(void **state) {
  (void)state;
  for (uint32_t version = 1; version <= 2; version++) {
    easel a;
    set_up(&a);
    control(&a, MORE, 3);
    write_old(&a, version);
    assert_int_equal(load(&a), GESTO_OK);
    assert_string_equal(a.brush, "ink");
    says(&a, "A drawing in yellow, 2 strokes.");
    put_away(&a);
  }
}

// Version 3 had one word less: the first of ten before the marks.
static void a_state_without_papers_in_the_ground(void **state) {
  (void)state;
  easel a;
  set_up(&a);
  look(&a, GESTO_STILL);
  line(&a);
  press(&a, BURY);
  save(&a, true);
  uint8_t *at = a.state + a.state_size - 1 - 10 * sizeof(uint32_t);
  memmove(at, at + sizeof(uint32_t), 1 + 9 * sizeof(uint32_t));
  a.state_size -= sizeof(uint32_t);
  a.state[4] = 3;
  put_away(&a);
  a.self = a.draw->create(&a.host);
  assert_non_null(a.self);
  assert_int_equal(load(&a), GESTO_OK);
  says(&a, "A drawing that was buried.");
  press(&a, NEW_PAPER);
  says(&a, "An empty sheet of paper. Paper 2 of 2.");
  put_away(&a);
}

static void without_a_canvas_it_declines(void **state) {
  (void)state;
  easel a;
  set_up(&a);
  put_away(&a);
  a.without_canvas = true;
  assert_null(a.draw->create(&a.host));
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(controls_reach_the_canvas),
    cmocka_unit_test(lines_are_smoothed_and_ruled),
    cmocka_unit_test(a_shaking_hand_is_steadied),
    cmocka_unit_test(a_touch_may_fill),
    cmocka_unit_test(other_brushes),
    cmocka_unit_test(each_other_brush_has_a_picture),
    cmocka_unit_test(words_about_the_picture),
    cmocka_unit_test(taken_back_and_other_hands),
    cmocka_unit_test(an_ending_lets_the_hand_lift),
    cmocka_unit_test(saved_and_loaded),
    cmocka_unit_test(damaged_states_change_nothing),
    cmocka_unit_test(states_of_earlier_versions),
    cmocka_unit_test(a_state_without_papers_in_the_ground),
    cmocka_unit_test(without_a_canvas_it_declines),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
