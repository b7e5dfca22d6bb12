// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base studio
// A canvas where memory runs out: what cannot be done whole is not done at all, and what was
// done last can be taken back.
#include "core/studio/canvas.h"
#include "core/studio/history.h"
#include "tests/unit/canvas_hand.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

// ---- Memory --------------------------------------------------------------------------

// So many more times there is some; this program's own calls alone are counted.
static uint32_t memory_left = UINT32_MAX;

#ifndef GESTO_SANITIZED
void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t n);
void *__libc_memalign(size_t alignment, size_t n);

static bool has_memory(void) {
  if (memory_left == UINT32_MAX) return true;
  if (memory_left == 0) return false;
  memory_left--;
  return true;
}

// NOLINTBEGIN(readability-inconsistent-declaration-parameter-name)
void *malloc(size_t n) { return has_memory() ? __libc_malloc(n) : NULL; }
void *calloc(size_t n, size_t size) {
  return has_memory() ? __libc_calloc(n, size) : NULL;
}
void *realloc(void *p, size_t n) { return has_memory() ? __libc_realloc(p, n) : NULL; }
void *aligned_alloc(size_t alignment, size_t n) {
  return has_memory() ? __libc_memalign(alignment, n) : NULL;
}
// NOLINTEND(readability-inconsistent-declaration-parameter-name)
#endif

static void skip_where_memory_cannot_run_out(void) {
#ifdef GESTO_SANITIZED
  skip();
#endif
}

// ---- The canvas ----------------------------------------------------------------------

static void a_fill_is_whole_or_not_there(void **state) {
  (void)state;
  skip_where_memory_cannot_run_out();
  canvas *c = NULL;
  assert_int_equal(canvas_create(&c, 400, 300, 1, NULL, NULL), OK);
  assert_int_equal(canvas_set_colour(c, 0xB03020), OK);
  const uint64_t bare = canvas_hash(c);
  uint32_t refused = 0;
  for (result r = NO_MEMORY; r != OK; refused++) {
    memory_left = refused;
    r = canvas_fill(c, 200, 150);
    memory_left = UINT32_MAX;
    if (r == OK) break;
    assert_int_equal(r, NO_MEMORY);
    assert_true(canvas_hash(c) == bare);
    assert_false(canvas_can_undo(c));
    assert_int_equal(canvas_steps(c), 0);
  }
  assert_true(refused > 10);
  assert_false(canvas_hash(c) == bare);
  assert_true(canvas_undo(c));
  assert_true(canvas_hash(c) == bare);
  canvas_destroy(c);
}

static void the_newest_step_is_kept(void **state) {
  (void)state;
  skip_where_memory_cannot_run_out();
  history h;
  assert_int_equal(history_init(&h, 1, 1 << 20), OK);
  uint32_t made = 0;
  do {
    step s = {.stack.paper = made++};
    assert_int_equal(history_push(&h, &s), OK);
  } while (h.undo.count < h.undo.room);
  step s = {.stack.paper = made};
  memory_left = 0;
  const result r = history_push(&h, &s);
  memory_left = UINT32_MAX;
  assert_int_equal(r, OK);
  assert_int_equal(h.undo.count, made);
  assert_int_equal(h.undo.steps[0].stack.paper, 1);
  assert_int_equal(h.undo.steps[made - 1].stack.paper, made);
  history_finish(&h);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_fill_is_whole_or_not_there),
    cmocka_unit_test(the_newest_step_is_kept),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
