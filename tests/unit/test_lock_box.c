// SPDX-License-Identifier: GPL-3.0-or-later
// needs: keeper
// The archive's lock outlives whoever had it, as long as the box is there.
#include "core/keeper/lock_box.h"

#include "core/base/link.h"
#include "core/record/archive.h"
#include "tests/unit/scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <unistd.h>

#include <cmocka.h>

static lock_box box_new(void) {
  int ends[2];
  assert_int_equal(link_pair(ends), OK);
  return (lock_box){.in = ends[0], .out = ends[1]};
}

static void box_close(lock_box box) {
  io_close(box.in);
  io_close(box.out);
}

static archive *open_at(const scratch *at, const char *name) {
  archive *a = NULL;
  char why[512], path[128];
  snprintf(path, sizeof path, "%s/%s", at->path, name);
  assert_int_equal(archive_open(&a, path, true, why, sizeof why), OK);
  return a;
}

static void what_lies_in_it_stays_there(void **state) {
  (void)state;
  const lock_box box = box_new();
  assert_int_equal(lock_box_look(&box), -1);
  const int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
  assert_int_equal(lock_box_put(&box, fd), OK);
  io_close(fd);
  for (int i = 0; i < 3; i++) {
    const int seen = lock_box_look(&box);
    assert_true(seen >= 0);
    assert_true(fcntl(seen, F_GETFD) & FD_CLOEXEC);
    io_close(seen);
  }
  box_close(box);
}

static void the_lock_outlives_its_keeper(void **state) {
  (void)state;
  scratch at;
  assert_int_equal(scratch_make(&at), 0);
  const lock_box box = box_new();
  archive *first = open_at(&at, "one"), *other = open_at(&at, "one");
  assert_int_equal(archive_lock(first), OK);
  assert_int_equal(lock_box_put(&box, archive_lock_fd(first)), OK);
  archive_close(first);
  assert_int_equal(archive_lock(other), NOT_NOW);
  archive *next = open_at(&at, "one");
  assert_int_equal(archive_lock_again(next, lock_box_look(&box)), OK);
  assert_int_equal(archive_lock(next), OK); // it has it
  assert_int_equal(archive_lock(other), NOT_NOW);
  archive_close(next);
  box_close(box);
  assert_int_equal(archive_lock(other), OK);
  archive_close(other);
  scratch_remove(&at);
}

static void a_lock_of_another_archive_is_none_of_this(void **state) {
  (void)state;
  scratch at;
  assert_int_equal(scratch_make(&at), 0);
  archive *a = open_at(&at, "one"), *b = open_at(&at, "two");
  assert_int_equal(archive_lock(b), OK);
  assert_int_equal(archive_lock_again(a, dup(archive_lock_fd(b))), OK);
  archive *other = open_at(&at, "one");
  assert_int_equal(archive_lock(other), NOT_NOW);
  archive_close(other);
  archive_close(a);
  archive_close(b);
  scratch_remove(&at);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(what_lies_in_it_stays_there),
    cmocka_unit_test(the_lock_outlives_its_keeper),
    cmocka_unit_test(a_lock_of_another_archive_is_none_of_this),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
