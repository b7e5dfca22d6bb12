// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base
// A list that grows keeps what is in it and is seldom laid anew.
#include "core/base/growing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

enum { MANY = 10000, SELDOM = 16 };

static void all_of_many_stay(void **state) {
  (void)state;
  uint32_t *list = NULL;
  size_t room = 0, times = 0;
  for (uint32_t i = 0; i < MANY; i++) {
    const size_t before = room;
    uint32_t *larger = growing_list(list, i, &room, sizeof *list);
    assert_non_null(larger);
    assert_true(room > i);
    times += room != before;
    list = larger;
    list[i] = i * 7;
  }
  for (uint32_t i = 0; i < MANY; i++) assert_int_equal(list[i], i * 7);
  assert_true(times < SELDOM);
  free(list);
}

static void what_has_room_stays_where_it_is(void **state) {
  (void)state;
  size_t room = 4;
  int list[4] = {1, 2, 3, 4};
  assert_ptr_equal(growing_list(list, 3, &room, sizeof *list), list);
  assert_int_equal(room, 4);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(all_of_many_stay),
    cmocka_unit_test(what_has_room_stays_where_it_is),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
