// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base
// Draw's sheets and papers: what the controls do, that they show what lies there after undo,
// too, and which papers are kept.
#include "tests/unit/draw_hand.h"

static void shows(const easel *a, uint32_t place, uint32_t shown, uint32_t strength) {
  assert_true(a->shown[SHEET] == place);
  assert_true(a->shown[SHEET_SHOWN] == shown);
  assert_true(a->shown[SHEET_OPACITY] == strength);
}

static void sheets_in_the_hand(void **state) {
  (void)state;
  easel a;
  set_up(&a);
  press(&a, ADD_SHEET);
  shows(&a, 1, 1, 100);
  control(&a, SHEET_OPACITY, 80);
  control(&a, SHEET_OPACITY, 60);
  control(&a, SHEET_OPACITY, 40);
  shows(&a, 1, 1, 40);
  press(&a, UNDO); // the slider's whole way
  shows(&a, 1, 1, 100);
  press(&a, REDO);
  shows(&a, 1, 1, 40);
  press(&a, LOWER); // the sheet that is chosen stays chosen
  shows(&a, 0, 1, 40);
  control(&a, SHEET, 1);
  shows(&a, 1, 1, 100);
  press(&a, UNDO);
  shows(&a, 0, 1, 100);
  control(&a, SHEET, 2); // a place where there is none yet
  shows(&a, 2, 1, 100);
  press(&a, ADD_SHEET);
  assert_non_null(strstr(a.said, "three sheets"));
  press(&a, UNDO);
  press(&a, UNDO);
  says(&a, "An empty sheet of paper.");
  put_away(&a);
}

// Nobody paints where nothing shows.
static void drawing_shows_a_hidden_sheet(void **state) {
  (void)state;
  easel a;
  set_up(&a);
  line(&a);
  control(&a, SHEET_SHOWN, 0);
  shows(&a, 0, 0, 100);
  line(&a);
  shows(&a, 0, 1, 100);
  says(&a, "A drawing in teal, 2 strokes.");
  press(&a, UNDO);
  shows(&a, 0, 1, 100);
  press(&a, UNDO);
  shows(&a, 0, 0, 100);
  says(&a, "A drawing in teal, 1 stroke.");
  put_away(&a);
}

static void papers_are_kept(void **state) {
  (void)state;
  easel a;
  set_up(&a);
  press(&a, NEW_PAPER);
  assert_string_equal(a.said, "This paper is still empty.");
  assert_int_equal(a.done, 0);
  line(&a);
  press(&a, NEW_PAPER);
  assert_string_equal(a.said, "Paper 2 of 2");
  control(&a, COLOUR, 0xC42F50);
  control(&a, PAPER, 4);
  assert_int_equal(now(&a)->of[1].colour, 0x24324F);
  line(&a);
  line(&a);
  press(&a, NEW_PAPER);
  press(&a, EARLIER_PAPER);
  says(&a, "A drawing in red, 2 strokes. Paper 2 of 3.");
  assert_true(a.shown[PAPER] == 4);
  press(&a, EARLIER_PAPER);
  assert_true(a.shown[PAPER] == 0);
  says(&a, "A drawing in teal, 1 stroke. Paper 1 of 3.");
  press(&a, UNDO);
  assert_string_equal(a.said, "Paper 2 of 3"); // a step of undo may be to another paper
  press(&a, REDO);
  assert_string_equal(a.said, "Paper 1 of 3");
  press(&a, EARLIER_PAPER);
  assert_string_equal(a.said, "This is the first paper.");
  assert_int_equal(a.draw->works(a.self, &a.host), GESTO_OK);
  assert_string_equal(a.kept,
    "1 Drawing 1: A drawing in teal, 1 stroke.\n"
    "2 Drawing 2: A drawing in red, 2 strokes.\n"); // the empty one is not
  while (now(&a)->count > 1) press(&a, UNDO);
  a.kept[0] = 0;
  assert_int_equal(a.draw->works(a.self, &a.host), GESTO_OK);
  assert_string_equal(a.kept, "1 Drawing: A drawing in teal, 1 stroke.\n");
  press(&a, UNDO);
  a.kept[0] = 0;
  assert_int_equal(a.draw->works(a.self, &a.host), GESTO_OK);
  assert_string_equal(a.kept, "1 Drawing: An empty sheet of paper.\n");
  put_away(&a);
}

static void as_many_papers_as_there_can_be(void **state) {
  (void)state;
  easel a;
  set_up(&a);
  for (uint32_t i = 0; i < GESTO_PAPERS; i++) {
    line(&a);
    press(&a, NEW_PAPER);
  }
  assert_non_null(strstr(a.said, "All papers are in use."));
  says(&a, "A drawing in teal, 1 stroke. Paper 24 of 24.");
  press(&a, LATER_PAPER);
  assert_non_null(strstr(a.said, "This is the last paper."));
  put_away(&a);
}

// The others are not torn with it.
static void one_of_several_papers_is_torn(void **state) {
  (void)state;
  easel a;
  set_up(&a);
  look(&a, GESTO_STILL);
  line(&a);
  press(&a, NEW_PAPER);
  line(&a);
  press(&a, TEAR);
  says(&a, "An empty sheet of paper. Paper 2 of 2.");
  assert_int_equal(a.draw->works(a.self, &a.host), GESTO_OK);
  assert_string_equal(a.kept, "1 Drawing: A drawing in teal, 1 stroke.\n");
  line(&a);
  press(&a, UNDO);
  press(&a, UNDO);
  says(&a, "A drawing in teal, 1 stroke. Paper 2 of 2.");
  put_away(&a);
}

// Stop may come while it is torn: the others are kept, and it is not.
static void stop_comes_upon_an_ending(void **state) {
  (void)state;
  easel a;
  set_up(&a);
  line(&a);
  press(&a, NEW_PAPER);
  press(&a, TEAR); // nothing is on this one
  assert_int_equal(a.draw->works(a.self, &a.host), GESTO_OK);
  assert_string_equal(a.kept, "1 Drawing: A drawing in teal, 1 stroke.\n");
  press(&a, UNDO);
  control(&a, COLOUR, 0xC42F50);
  line(&a);
  press(&a, TEAR);
  a.kept[0] = 0;
  assert_int_equal(a.draw->works(a.self, &a.host), GESTO_OK);
  assert_string_equal(a.kept, "1 Drawing: A drawing in teal, 1 stroke.\n");
  put_away(&a);
}

static void after_what_is_torn_comes_a_new_paper(void **state) {
  (void)state;
  easel a;
  set_up(&a);
  line(&a);
  press(&a, TEAR);
  press(&a, LATER_PAPER);
  assert_non_null(strstr(a.said, "Torn up."));
  press(&a, NEW_PAPER);
  says(&a, "An empty sheet of paper.");
  press(&a, UNDO);
  says(&a, "A drawing in teal, 1 stroke.");
  put_away(&a);
}

// A stray touch brings none.
static void who_draws_where_it_was_torn_has_a_new_paper(void **state) {
  (void)state;
  easel a;
  set_up(&a);
  look(&a, GESTO_STILL);
  line(&a);
  press(&a, TEAR);
  point_at(&a, GESTO_POINTER_DOWN, 1, 50, 50);
  point_at(&a, GESTO_POINTER_MOVE, 1, 60, 60);
  point_at(&a, GESTO_POINTER_UP, 1, 60, 60);
  assert_non_null(strstr(a.said, "Torn up."));
  says(&a, "A drawing that was torn up.");
  point_at(&a, GESTO_POINTER_DOWN, 1, 50, 50);
  point_at(&a, GESTO_POINTER_MOVE, 2, 90, 90); // another finger
  assert_false(a.in_stroke);
  point_at(&a, GESTO_POINTER_MOVE, 1, 90, 90);
  assert_true(a.in_stroke);
  assert_string_equal(a.said, "A new paper. Undo brings the picture back.");
  point_at(&a, GESTO_POINTER_UP, 1, 90, 90);
  says(&a, "A drawing in teal, 1 stroke.");
  press(&a, UNDO);
  press(&a, UNDO);
  says(&a, "A drawing in teal, 1 stroke."); // the first one
  press(&a, TEAR);
  press(&a, UNDO);
  assert_string_equal(a.said, "Your picture is here again.");
  put_away(&a);
}

static uint32_t ended; // how, as the host is told

static gesto_result hear_ended(const gesto_host *host, uint32_t how) {
  (void)host;
  ended = how;
  return GESTO_OK;
}

static const void *with_creations(const gesto_host *host, const char *id) {
  static const gesto_creations c = {.size = sizeof c, .ended = hear_ended};
  return strcmp(id, GESTO_CREATIONS) == 0 ? &c : extension(host, id);
}

static uint32_t ends_as(easel *a) {
  ended = 0;
  a->host.extension = with_creations;
  assert_int_equal(a->draw->works(a->self, &a->host), GESTO_OK);
  return ended;
}

static void drag(easel *a) {
  point_at(a, GESTO_POINTER_DOWN, 1, 50, 50);
  point_at(a, GESTO_POINTER_MOVE, 1, 90, 90);
  point_at(a, GESTO_POINTER_UP, 1, 90, 90);
}

// What is buried stays in the ground while another is drawn.
static void who_draws_where_it_was_buried_has_a_new_paper(void **state) {
  (void)state;
  easel a;
  set_up(&a);
  look(&a, GESTO_STILL);
  line(&a);
  press(&a, BURY);
  drag(&a);
  assert_string_equal(a.said,
    "A new paper. What is buried stays in the ground, and all papers stay private.");
  says(&a, "A drawing in teal, 1 stroke. Paper 2 of 2.");
  assert_int_equal(ends_as(&a), GESTO_BURIED);
  press(&a, EARLIER_PAPER);
  says(&a, "A drawing that was buried.");
  assert_int_equal(ends_as(&a), GESTO_BURIED);
  press(&a, LATER_PAPER);
  says(&a, "A drawing in teal, 1 stroke. Paper 2 of 2.");
  press(&a, TEAR); // how this one was made is not kept either
  assert_int_equal(ends_as(&a), GESTO_PARTLY_GONE);
  put_away(&a);
}

// Step by step: the stroke, the new paper, then the ground.
static void undo_digs_up_what_was_buried_before(void **state) {
  (void)state;
  easel a;
  set_up(&a);
  look(&a, GESTO_STILL);
  line(&a);
  press(&a, BURY);
  press(&a, NEW_PAPER);
  line(&a);
  press(&a, UNDO);
  says(&a, "An empty sheet of paper. Paper 2 of 2.");
  press(&a, UNDO);
  says(&a, "A drawing that was buried.");
  assert_non_null(strstr(a.said, "Buried."));
  press(&a, UNDO);
  assert_string_equal(a.said, "Your picture is here again.");
  says(&a, "A drawing in teal, 1 stroke.");
  assert_int_equal(ends_as(&a), 0);
  put_away(&a);
}

static void an_empty_paper_leaves_nothing_in_the_ground(void **state) {
  (void)state;
  easel a;
  set_up(&a);
  look(&a, GESTO_STILL);
  press(&a, BURY);
  drag(&a);
  says(&a, "A drawing in teal, 1 stroke.");
  assert_int_equal(ends_as(&a), 0);
  put_away(&a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(sheets_in_the_hand),
    cmocka_unit_test(drawing_shows_a_hidden_sheet),
    cmocka_unit_test(papers_are_kept),
    cmocka_unit_test(as_many_papers_as_there_can_be),
    cmocka_unit_test(one_of_several_papers_is_torn),
    cmocka_unit_test(who_draws_where_it_was_torn_has_a_new_paper),
    cmocka_unit_test(who_draws_where_it_was_buried_has_a_new_paper),
    cmocka_unit_test(undo_digs_up_what_was_buried_before),
    cmocka_unit_test(an_empty_paper_leaves_nothing_in_the_ground),
    cmocka_unit_test(stop_comes_upon_an_ending),
    cmocka_unit_test(after_what_is_torn_comes_a_new_paper),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
