// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base studio
// The papers of a canvas: a new one keeps the one before, by undo and redo, in a state, shared;
// and their grain, on which what is drawn catches.
#include "core/studio/canvas_parts.h"

#include "tests/unit/canvas_hand.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { WIDTH = 200, HEIGHT = 150 };
static hand_brushes brushes;

static canvas *fresh(void) {
  canvas *c = NULL;
  assert_int_equal(canvas_create(&c, WIDTH, HEIGHT, 1, hand_brush, &brushes), OK);
  assert_int_equal(canvas_set_brush(c, "ink"), OK);
  return c;
}

static void paint(canvas *c, uint64_t seed) {
  assert_int_equal(hand_stroke(c, &seed, WIDTH, HEIGHT), OK);
}

static void sheet(canvas *c, const char *what, uint32_t n) {
  assert_int_equal(canvas_sheet(c, what, n), OK);
}

static canvas *round_trip(const canvas *c, bool with_history) {
  uint8_t *bytes = NULL, *again = NULL;
  size_t size = 0, again_size = 0;
  canvas *other = fresh();
  assert_int_equal(canvas_save(c, with_history, &bytes, &size), OK);
  assert_int_equal(canvas_load(other, bytes, size), OK);
  assert_int_equal(canvas_hash(other), canvas_hash(c));
  assert_int_equal(canvas_save(other, with_history, &again, &again_size), OK);
  assert_int_equal(size, again_size);
  assert_memory_equal(bytes, again, size);
  free(bytes);
  free(again);
  return other;
}

// ---- Papers --------------------------------------------------------------------------

static void a_new_paper_keeps_the_old(void **state) {
  (void)state;
  canvas *c = fresh();
  sheet(c, "new", 0); // an empty one is new enough
  assert_int_equal(canvas_papers(c), 1);
  assert_false(canvas_can_undo(c));
  paint(c, 1);
  const uint64_t first = canvas_hash(c);
  sheet(c, "new", 0);
  assert_int_equal(canvas_papers(c), 2);
  assert_int_equal(canvas_paper_here(c), 2);
  assert_true(canvas_paper_is_bare(c, 2));
  assert_false(canvas_paper_is_bare(c, 1));
  paint(c, 2);
  const uint64_t both = canvas_hash(c);
  assert_true(canvas_undo(c));
  assert_true(canvas_undo(c));
  assert_int_equal(canvas_papers(c), 1); // it is not there twice
  assert_int_equal(canvas_hash(c), first);
  assert_true(canvas_redo(c));
  assert_true(canvas_paper_is_bare(c, 2));
  assert_true(canvas_redo(c));
  assert_int_equal(canvas_hash(c), both);
  assert_true(canvas_undo(c));
  assert_true(canvas_undo(c));
  paint(c, 3); // another way from here: the second paper never was
  assert_false(canvas_can_redo(c));
  sheet(c, "new", 0);
  assert_int_equal(canvas_papers(c), 2);
  assert_true(canvas_paper_is_bare(c, 2));
  canvas_destroy(c);
}

// A step that was read may say anything: it must not count papers that were never made.
static void papers_come_one_by_one(void **state) {
  (void)state;
  static const uint8_t bad[][2] = {{0, 24}, {20, 24}, {0, 2}};
  canvas *c = fresh();
  paint(c, 1);
  sheet(c, "new", 0);
  assert_true(canvas_undo(c));
  step *s = &c->easel.past.redo.steps[0];
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    s->lies = bad[i][0];
    s->papers = bad[i][1];
    assert_false(canvas_redo(c));
    assert_int_equal(canvas_trouble(c), BAD_DATA);
    assert_int_equal(canvas_papers(c), 1);
  }
  s->lies = 1;
  s->papers = 2;
  assert_true(canvas_redo(c));
  assert_int_equal(canvas_paper_here(c), 2);
  canvas_destroy(c);
}

static void each_has_its_own_sheets_and_kind(void **state) {
  (void)state;
  canvas *c = fresh();
  sheet(c, "paper", 0x24324F);
  sheet(c, "texture", CANVAS_ROUGH);
  sheet(c, "add", 0);
  sheet(c, "opacity 40", 2);
  paint(c, 4);
  sheet(c, "new", 0);
  canvas_look look;
  canvas_see(c, &look);
  assert_int_equal(look.sheets, 1);
  assert_int_equal(look.chosen, 1);
  assert_int_equal(look.paper, 0x24324F); // of the same kind
  assert_int_equal(look.texture, CANVAS_ROUGH);
  sheet(c, "paper", 0xFFFFFF);
  paint(c, 5);
  sheet(c, "turn", 1);
  canvas_see(c, &look);
  assert_int_equal(look.sheets, 2);
  assert_int_equal(look.chosen, 2);
  assert_int_equal(look.opacity[1], 40);
  assert_int_equal(look.paper, 0x24324F);
  assert_int_equal(canvas_sheet(c, "turn", 3), NOT_FOUND);
  assert_int_equal(canvas_sheet(c, "turn", 0), NOT_FOUND);
  const uint64_t steps = canvas_steps(c);
  sheet(c, "turn", 1); // it lies there
  assert_int_equal(canvas_steps(c), steps);
  assert_true(canvas_undo(c));
  assert_int_equal(canvas_paper_here(c), 2);
  canvas_destroy(c);
}

static canvas *three_papers(void) {
  canvas *c = fresh();
  for (uint32_t i = 0; i < 3; i++) {
    if (i > 0) sheet(c, "new", 0);
    paint(c, 10 + i);
    paint(c, 20 + i);
  }
  sheet(c, "turn", 2);
  paint(c, 30);
  return c;
}

static void states_have_all_papers(void **state) {
  (void)state;
  canvas *c = three_papers();
  for (int i = 0; i < 6; i++) assert_true(canvas_undo(c)); // into the second paper
  assert_int_equal(canvas_papers(c), 2);
  canvas *other = round_trip(c, true);
  while (canvas_redo(c)) {
    assert_true(canvas_redo(other));
    assert_int_equal(canvas_hash(other), canvas_hash(c));
  }
  assert_false(canvas_redo(other));
  assert_int_equal(canvas_papers(other), 3);
  while (canvas_undo(c)) {
    assert_true(canvas_undo(other));
    assert_int_equal(canvas_hash(other), canvas_hash(c));
  }
  canvas_destroy(other);
  canvas_destroy(c);
}

// What was taken back with a paper is not in it.
static void without_history_a_paper_undone_never_was(void **state) {
  (void)state;
  canvas *c = three_papers(), *plain = fresh();
  for (int i = 0; i < 6; i++) assert_true(canvas_undo(c));
  paint(plain, 10);
  paint(plain, 20);
  sheet(plain, "new", 0);
  paint(plain, 11);
  assert_int_equal(canvas_hash(plain), canvas_hash(c));
  uint8_t *bytes[2];
  size_t size[2];
  assert_int_equal(canvas_save(c, false, &bytes[0], &size[0]), OK);
  assert_int_equal(canvas_save(plain, false, &bytes[1], &size[1]), OK);
  assert_int_equal(size[0], size[1]);
  assert_memory_equal(bytes[0], bytes[1], size[0]);
  free(bytes[0]);
  free(bytes[1]);
  canvas_destroy(round_trip(c, false));
  canvas_destroy(plain);
  canvas_destroy(c);
}

static void any_paper_can_be_shared(void **state) {
  (void)state;
  enum { BYTES = WIDTH * HEIGHT * 4 };
  canvas *c = three_papers(), *shared = NULL;
  static uint8_t lies[BYTES], alone[BYTES];
  for (uint32_t n = 1; n <= 3; n++) {
    assert_int_equal(canvas_share_paper(c, n, &shared), OK);
    canvas_picture(shared, alone);
    canvas_destroy(shared);
    sheet(c, "turn", n);
    canvas_picture(c, lies);
    assert_memory_equal(lies, alone, BYTES);
  }
  assert_int_equal(canvas_share_paper(c, 4, &shared), NOT_FOUND);
  assert_null(shared);
  assert_int_equal(canvas_share_paper(c, 0, &shared), NOT_FOUND);
  canvas_destroy(c);
}

static void as_many_as_there_can_be(void **state) {
  (void)state;
  canvas *c = fresh();
  for (uint32_t i = 1; i < PAPERS_MAX; i++) {
    paint(c, i);
    sheet(c, "new", 0);
  }
  paint(c, 99);
  const uint64_t full = canvas_hash(c);
  assert_int_equal(canvas_sheet(c, "new", 0), NO_SPACE);
  assert_int_equal(canvas_hash(c), full);
  assert_int_equal(canvas_papers(c), PAPERS_MAX);
  canvas_destroy(round_trip(c, true));
  while (canvas_undo(c)) continue;
  assert_int_equal(canvas_papers(c), 1);
  assert_true(canvas_paper_is_bare(c, 1));
  canvas_destroy(c);
}

// ---- Grain ---------------------------------------------------------------------------

static uint32_t sum_of(const grain *g) {
  uint32_t sum = 2166136261u; // FNV-1a
  for (uint32_t i = 0; i < GRAIN_SIDE * GRAIN_SIDE; i++)
    sum = (sum ^ g->height[i]) * 16777619u;
  return sum;
}

// A picture that was kept can be made again on any machine: the grain is the same for ever.
static void a_grain_never_changes(void **state) {
  (void)state;
  static const struct {
    canvas_texture texture;
    float scale;
    uint32_t sum;
  } known[] = {{CANVAS_FINE, 1, 0x8214D8DB}, {CANVAS_ROUGH, 1, 0x92EDAF61},
    {CANVAS_WOVEN, 1, 0xF6D60C97}, {CANVAS_ROUGH, 2, 0xAC06F6D7},
    {CANVAS_WOVEN, 3, 0x54238477}};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
    grain *g = grain_create(known[i].texture, known[i].scale);
    assert_non_null(g);
    if (sum_of(g) != known[i].sum)
      fail_msg("texture %d at %g: 0x%08X", known[i].texture, known[i].scale, sum_of(g));
    grain_release(g);
  }
}

static uint64_t drawn_on(uint32_t texture, const char *brush) {
  canvas *c = fresh();
  sheet(c, "texture", texture);
  assert_int_equal(canvas_set_brush(c, brush), OK);
  paint(c, 6);
  sheet(c, "texture", CANVAS_SMOOTH);
  const uint64_t hash = canvas_hash(c);
  canvas_destroy(c);
  return hash;
}

static void chalk_catches_and_ink_does_not(void **state) {
  (void)state;
  for (uint32_t t = CANVAS_FINE; t < CANVAS_TEXTURES; t++) {
    assert_int_not_equal(drawn_on(t, "chalk"), drawn_on(CANVAS_SMOOTH, "chalk"));
    assert_int_not_equal(drawn_on(t, "wash"), drawn_on(CANVAS_SMOOTH, "wash"));
    assert_int_equal(drawn_on(t, "ink"), drawn_on(CANVAS_SMOOTH, "ink"));
  }
}

static uint64_t ink_of(const canvas *c) {
  uint64_t sum = 0;
  canvas_sheet_picture p;
  assert_int_equal(canvas_see_sheet(c, 0, &p), OK);
  for (int32_t i = 0; i < p.where.w * p.where.h; i++) sum += p.rgba[4 * i + 3];
  free(p.rgba);
  return sum;
}

// The valleys fill when one goes over them again, and one stroke rubs all of it out.
static void valleys_fill_and_rub_out(void **state) {
  (void)state;
  canvas *rough = fresh(), *smooth = fresh();
  sheet(rough, "texture", CANVAS_ROUGH);
  assert_int_equal(canvas_set_brush(rough, "chalk"), OK);
  assert_int_equal(canvas_set_brush(smooth, "chalk"), OK);
  paint(rough, 7);
  paint(smooth, 7);
  const uint64_t once = ink_of(rough);
  assert_true(once < ink_of(smooth));
  for (int i = 0; i < 4; i++) paint(rough, 7);
  assert_true(ink_of(rough) > once);
  assert_int_equal(canvas_set_brush(rough, "rub-out"), OK);
  assert_int_equal(canvas_set_size(rough, 4), OK);
  for (int i = 0; i < 4; i++) paint(rough, 7);
  assert_int_equal(ink_of(rough), 0);
  canvas_destroy(rough);
  canvas_destroy(smooth);
}

// While it is drawn it shows as it will stay.
static void shown_as_it_stays(void **state) {
  (void)state;
  enum { BYTES = WIDTH * HEIGHT * 4 };
  static uint8_t shown[BYTES], shared_picture[BYTES], stays[BYTES];
  canvas *c = fresh(), *shared = NULL;
  sheet(c, "texture", CANVAS_WOVEN);
  assert_int_equal(canvas_set_brush(c, "chalk"), OK);
  paint(c, 8); // something lies there already
  gesto_event e = hand_event(GESTO_POINTER_DOWN, 0, 40, 40, 0.8);
  assert_int_equal(canvas_stroke(c, &e), OK);
  for (int i = 1; i <= 20; i++) {
    e = hand_event(GESTO_POINTER_MOVE, i * 0.01, 40 + 5 * i, 40 + i, 0.8);
    assert_int_equal(canvas_stroke(c, &e), OK);
  }
  canvas_picture(c, shown);
  assert_int_equal(canvas_share_paper(c, canvas_paper_here(c), &shared), OK);
  canvas_picture(shared, shared_picture);
  canvas_destroy(shared);
  assert_memory_equal(shown, shared_picture, BYTES);
  const uint64_t steps = canvas_steps(c);
  assert_true(canvas_undo(c)); // ends it where it is
  assert_int_equal(canvas_steps(c), steps + 1);
  assert_true(canvas_redo(c));
  canvas_picture(c, stays);
  assert_memory_equal(shown, stays, BYTES);
  canvas_destroy(c);
}

static void the_paper_alone_has_its_grain(void **state) {
  (void)state;
  enum { BYTES = WIDTH * HEIGHT * 4 };
  static uint8_t picture[BYTES], paper[BYTES];
  canvas *c = fresh();
  sheet(c, "paper", 0xC7CAC6);
  canvas_paper_picture(c, paper);
  for (uint32_t i = 0; i < BYTES; i += 4) assert_int_equal(paper[i], 0xC7);
  sheet(c, "texture", CANVAS_FINE);
  canvas_picture(c, picture);
  canvas_paper_picture(c, paper);
  assert_memory_equal(picture, paper, BYTES);
  uint32_t lighter = 0, darker = 0;
  for (uint32_t i = 0; i < BYTES; i += 4) {
    lighter += paper[i] > 0xC7;
    darker += paper[i] < 0xC7;
    assert_in_range(paper[i], 0xC7 - 12, 0xC7 + 12); // subtle
  }
  assert_true(lighter > WIDTH * HEIGHT / 4 && darker > WIDTH * HEIGHT / 4);
  canvas_destroy(c);
}

static int finish(void **state) {
  (void)state;
  hand_brushes_finish(&brushes);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_new_paper_keeps_the_old),
    cmocka_unit_test(papers_come_one_by_one),
    cmocka_unit_test(each_has_its_own_sheets_and_kind),
    cmocka_unit_test(states_have_all_papers),
    cmocka_unit_test(without_history_a_paper_undone_never_was),
    cmocka_unit_test(any_paper_can_be_shared),
    cmocka_unit_test(as_many_as_there_can_be),
    cmocka_unit_test(a_grain_never_changes),
    cmocka_unit_test(chalk_catches_and_ink_does_not),
    cmocka_unit_test(valleys_fill_and_rub_out),
    cmocka_unit_test(shown_as_it_stays),
    cmocka_unit_test(the_paper_alone_has_its_grain),
  };
  return cmocka_run_group_tests(tests, NULL, finish);
}
