// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base
// File calls: what each promises, and what is left when the Nth of them does not succeed.
#include "core/base/io.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[128];
static int dir = -1;

static int make_folder(void **state) {
  (void)state;
  const char *base = getenv("TMPDIR");
  (void)snprintf(folder, sizeof folder, "%.100s/gesto-XXXXXX", base ? base : "/tmp");
  if (!mkdtemp(folder)) return -1;
  return io_open_dir(AT_FDCWD, folder, &dir) == OK ? 0 : -1;
}

static int remove_folder(void **state) {
  (void)state;
  io_fail_at(0, 0);
  io_close(dir);
  return io_remove_tree(AT_FDCWD, folder) == OK ? 0 : -1;
}

static void holds(const char *name, const char *expected) {
  char *bytes = NULL;
  size_t size = 0;
  assert_int_equal(io_load(dir, name, 1 << 20, &bytes, &size), OK);
  assert_int_equal(size, strlen(expected));
  assert_string_equal(bytes, expected);
  free(bytes);
}

static result count_entry(void *data, int at, const char *name, bool is_dir) {
  (void)at;
  (void)name;
  (void)is_dir;
  ++*(int *)data;
  return OK;
}

static int entries(void) {
  int count = 0;
  assert_int_equal(io_each(dir, ".", count_entry, &count), OK);
  return count;
}

static void a_file_is_saved_and_loaded(void **state) {
  (void)state;
  assert_int_equal(io_save(dir, "a", "one", 3), OK);
  holds("a", "one");
  assert_int_equal(io_save(dir, "a", "", 0), OK);
  holds("a", "");
  assert_int_equal(entries(), 1);
}

static void a_save_that_was_cut_off_is_no_hindrance(void **state) {
  (void)state;
  assert_int_equal(io_save(dir, ".a.new", "half", 4), OK);
  assert_int_equal(io_save(dir, "a", "whole", 5), OK);
  holds("a", "whole");
  assert_int_equal(entries(), 1);
}

static void names_that_cannot_be_are_refused(void **state) {
  (void)state;
  char name[300];
  memset(name, 'n', sizeof name - 1);
  name[sizeof name - 1] = 0;
  assert_int_equal(io_save(dir, name, "x", 1), TOO_LARGE);
  assert_int_equal(io_save(dir, "a/b", "x", 1), TOO_LARGE);
  assert_int_equal(entries(), 0);
}

// The old file or the new one, and nothing beside it, whichever call does not succeed.
static void a_save_is_all_or_nothing(void **state) {
  (void)state;
  const int causes[] = {ENOSPC, EIO, EDQUOT, EROFS};
  const result expected[] = {NO_SPACE, FAILED, NO_SPACE, NOT_ALLOWED};
  for (size_t c = 0; c < 4; c++) {
    uint64_t calls = 0;
    for (uint64_t nth = 1;; nth++) {
      io_fail_at(0, 0);
      assert_int_equal(io_save(dir, "a", "old", 3), OK);
      io_fail_at(nth, causes[c]);
      result r = io_save(dir, "a", "brand new", 9);
      int error = errno;
      calls = io_calls();
      io_fail_at(0, 0);
      if (r == OK) break;
      assert_int_equal(r, expected[c]);
      assert_int_equal(error, causes[c]);
      bool last = nth == calls; // the fsync of the folder: the new name stands already
      holds("a", last ? "brand new" : "old");
      assert_int_equal(entries(), 1);
    }
    assert_int_equal(calls, 5); // open, write, sync, rename, sync
  }
}

static void saving_in_pieces_is_all_or_nothing_too(void **state) {
  (void)state;
  io_saving s;
  assert_int_equal(io_save(dir, ".a.new", "half", 4), OK); // left by one that was cut off
  uint64_t calls = 0;
  for (uint64_t nth = 1;; nth++) {
    io_fail_at(0, 0);
    assert_int_equal(io_save(dir, "a", "old", 3), OK);
    io_fail_at(nth, ENOSPC);
    result r = io_save_begin(&s, dir, "a");
    if (r == OK) r = io_save_piece(&s, "brand ", 6);
    if (r == OK) r = io_save_piece(&s, "new", 3);
    if (r == OK)
      r = io_save_end(&s);
    else
      io_save_drop(&s);
    calls = io_calls();
    io_fail_at(0, 0);
    if (r == OK) break;
    assert_int_equal(r, NO_SPACE);
    assert_int_equal(s.fd, -1);
    holds("a", nth == calls ? "brand new" : "old");
    assert_int_equal(entries(), 1);
  }
  assert_int_equal(calls, 7); // open, twice write and sync, rename, sync
  holds("a", "brand new");
  assert_int_equal(io_save_begin(&s, dir, "a"), OK);
  assert_int_equal(io_save_piece(&s, "never", 5), OK);
  io_save_drop(&s);
  io_save_drop(&s);
  holds("a", "brand new");
  assert_int_equal(entries(), 1);
  assert_int_equal(io_save_begin(&s, dir, "a/b"), TOO_LARGE);
  io_save_drop(&s);
}

static void a_refused_write_leaves_half(void **state) {
  (void)state;
  int fd = -1;
  assert_int_equal(io_open(dir, "a", O_RDWR | O_CREAT, 0600, &fd), OK);
  io_fail_at(1, ENOSPC);
  assert_int_equal(io_write_all(fd, "12345678", 8), NO_SPACE);
  io_fail_at(0, 0);
  holds("a", "1234");
  io_fail_at(2, EIO);
  assert_int_equal(io_write_all_at(fd, "ab", 2, 0), OK);
  assert_int_equal(io_write_all_at(fd, "cdef", 4, 4), FAILED);
  holds("a", "ab34cd");
  io_close(fd);
}

static void each_kind_of_change_can_be_made_to_fail(void **state) {
  (void)state;
  int fd = -1, other = -1;
  assert_int_equal(io_open(dir, "a", O_RDWR | O_CREAT, 0600, &fd), OK);
#define REFUSED(call) \
  do { \
    io_fail_at(1, EIO); \
    assert_int_equal(call, FAILED); \
    assert_int_equal(io_calls(), 1); \
  } while (0)
  REFUSED(io_open(dir, "b", O_RDWR | O_CREAT, 0600, &other));
  assert_int_equal(other, -1);
  REFUSED(io_open_dir(dir, ".", &other));
  REFUSED(io_sync(fd));
  REFUSED(io_sync_data(fd));
  REFUSED(io_truncate(fd, 10));
  REFUSED(io_allocate(fd, 4096));
  REFUSED(io_rename(dir, "a", dir, "b"));
  REFUSED(io_unlink(dir, "a"));
  REFUSED(io_make_dir(dir, "d", 0700));
  REFUSED(io_remove_dir(dir, "d"));
#undef REFUSED
  io_fail_at(0, 0);
  assert_int_equal(entries(), 1);
  holds("a", "");
  io_close(fd);
}

static void causes_have_their_names(void **state) {
  (void)state;
  int fd = -1;
  assert_int_equal(io_open(dir, "none", O_RDONLY, 0, &fd), NOT_FOUND);
  assert_int_equal(io_unlink(dir, "none"), NOT_FOUND);
  assert_int_equal(io_make_dir(dir, "d", 0700), OK);
  assert_int_equal(io_make_dir(dir, "d", 0700), EXISTS);
  assert_int_equal(io_open(dir, "d/x", O_RDWR | O_CREAT, 0600, &fd), OK);
  io_close(fd);
  assert_int_equal(io_remove_dir(dir, "d"), EXISTS);
  assert_int_equal(io_open_dir(dir, "d/x", &fd), NOT_FOUND);
  assert_int_equal(io_write_all_at(-1, "x", 1, UINT64_MAX), TOO_LARGE);
}

static void places_and_sizes_are_exact(void **state) {
  (void)state;
  int fd = -1;
  char bytes[16] = {0};
  size_t got = 99;
  assert_int_equal(io_open(dir, "a", O_RDWR | O_CREAT, 0600, &fd), OK);
  assert_int_equal(io_write_all(fd, "abcdef", 6), OK);
  assert_int_equal(io_read_full_at(fd, bytes, 3, 2, &got), OK);
  assert_true(got == 3 && memcmp(bytes, "cde", 3) == 0);
  assert_int_equal(io_read_full_at(fd, bytes, 16, 4, &got), OK);
  assert_int_equal(got, 2);
  assert_int_equal(io_read_full_at(fd, bytes, 16, 40, &got), OK);
  assert_int_equal(got, 0);
  assert_int_equal(io_read_full(fd, bytes, 16, &got), OK); // stands at the end
  assert_int_equal(got, 0);
  assert_int_equal(io_truncate(fd, 2), OK);
  holds("a", "ab");
  assert_int_equal(io_allocate(fd, 9000), OK);
  struct stat info;
  fstat(fd, &info);
  assert_int_equal(info.st_size, 9000);
  assert_true(info.st_blocks * 512 >= 9000);
  assert_true(fcntl(fd, F_GETFD) & FD_CLOEXEC);
  io_close(fd);
}

static void loading_stops_at_the_limit_and_at_other_things(void **state) {
  (void)state;
  char *bytes = NULL;
  size_t size = 0;
  assert_int_equal(io_save(dir, "a", "12345", 5), OK);
  assert_int_equal(io_load(dir, "a", 4, &bytes, &size), TOO_LARGE);
  assert_null(bytes);
  assert_int_equal(io_load(dir, "a", 5, &bytes, &size), OK);
  free(bytes);
  assert_int_equal(io_load(dir, "none", 5, &bytes, &size), NOT_FOUND);
  assert_int_equal(io_load(dir, ".", 5, &bytes, &size), BAD_DATA);
  assert_int_equal(mkfifoat(dir, "pipe", 0600), 0);
  assert_int_equal(io_load(dir, "pipe", 5, &bytes, &size), BAD_DATA);
  // A file that says it has no bytes, and has.
  assert_int_equal(io_load(AT_FDCWD, "/proc/self/status", 1 << 16, &bytes, &size), OK);
  assert_true(size > 100 && strstr(bytes, "Pid:") != NULL);
  free(bytes);
  assert_int_equal(io_load(AT_FDCWD, "/proc/self/status", 50, &bytes, &size), TOO_LARGE);
}

typedef struct gathered {
  char text[100];
  size_t size;
} gathered;

static result gather(void *data, int at, const char *name, bool is_dir) {
  gathered *all = data;
  (void)at;
  all->size += (size_t)snprintf(all->text + all->size, sizeof all->text - all->size,
    "%s%s", name, is_dir ? "/ " : " ");
  return strcmp(name, "stop") == 0 ? NOT_NOW : OK;
}

static void entries_come_by_name(void **state) {
  (void)state;
  const char *const names[] = {"c", "a", ".b"};
  for (int i = 0; i < 3; i++) assert_int_equal(io_save(dir, names[i], "", 0), OK);
  assert_int_equal(io_make_dir(dir, "b", 0700), OK);
  assert_int_equal(symlinkat("/", dir, "d"), 0);
  gathered all = {.size = 0};
  assert_int_equal(io_each(dir, ".", gather, &all), OK);
  assert_string_equal(all.text, ".b a b/ c d ");
  assert_int_equal(io_save(dir, "stop", "", 0), OK);
  assert_int_equal(io_save(dir, "zz", "", 0), OK);
  all = (gathered){.size = 0};
  assert_int_equal(io_each(dir, ".", gather, &all), NOT_NOW);
  assert_null(strstr(all.text, "zz"));
}

static void a_tree_goes_and_nothing_beside_it(void **state) {
  (void)state;
  int tree = -1;
  assert_int_equal(io_save(dir, "kept", "kept", 4), OK);
  assert_int_equal(io_make_dir(dir, "t", 0700), OK);
  assert_int_equal(io_make_dir(dir, "t/u", 0700), OK);
  assert_int_equal(io_make_dir(dir, "t/u/v", 0700), OK);
  assert_int_equal(io_open_dir(dir, "t/u", &tree), OK);
  assert_int_equal(io_save(tree, "x", "x", 1), OK);
  assert_int_equal(symlinkat("../../kept", tree, "link"), 0);
  assert_int_equal(symlinkat(folder, tree, "up"), 0);
  io_close(tree);
  assert_int_equal(io_remove_tree(dir, "t"), OK);
  holds("kept", "kept");
  assert_int_equal(entries(), 1);
  assert_int_equal(io_remove_tree(dir, "t"), NOT_FOUND);
  assert_int_equal(io_remove_tree(dir, "kept"), OK); // a file is a small tree
  assert_int_equal(entries(), 0);
}

static void a_link_to_a_folder_is_not_followed(void **state) {
  (void)state;
  int fd = -1;
  assert_int_equal(io_make_dir(dir, "real", 0700), OK);
  assert_int_equal(io_save(dir, "x", "x", 1), OK);
  assert_int_equal(symlinkat("real", dir, "link"), 0);
  assert_int_not_equal(io_open_dir(dir, "link", &fd), OK);
  assert_int_equal(io_remove_tree(dir, "link"), OK);
  assert_int_equal(io_open_dir(dir, "real", &fd), OK);
  io_close(fd);
}

static void a_full_disk_is_no_space(void **state) {
  (void)state;
  int fd = -1;
  assert_int_equal(io_open(AT_FDCWD, "/dev/full", O_WRONLY, 0, &fd), OK);
  assert_int_equal(io_write_all(fd, "x", 1), NO_SPACE);
  io_close(fd);
  struct rlimit kept, small = {10, RLIM_INFINITY};
  getrlimit(RLIMIT_FSIZE, &kept);
  small.rlim_max = kept.rlim_max;
  signal(SIGXFSZ, SIG_IGN);
  setrlimit(RLIMIT_FSIZE, &small);
  result r = io_save(dir, "a", "more than ten bytes", 19);
  setrlimit(RLIMIT_FSIZE, &kept);
  assert_int_equal(r, TOO_LARGE);
  assert_int_equal(entries(), 0);
}

static void a_trace_names_every_call(void **state) {
  (void)state;
  int trace = memfd_create("trace", MFD_CLOEXEC), fd = -1;
  char lines[2048] = "", expected[256];
  size_t got = 0;
  io_trace_to(trace);
  assert_int_equal(io_save(dir, "a", "123", 3), OK);
  assert_int_equal(io_open(dir, "none", O_RDONLY, 0, &fd), NOT_FOUND);
  io_trace_to(-1);
  assert_int_equal(io_unlink(dir, "a"), OK);
  assert_int_equal(io_read_full_at(trace, lines, sizeof lines - 1, 0, &got), OK);
  const char *const starts[] = {"open ", "write ", "sync ", "rename ", "sync ", "open "};
  char *rest = lines;
  for (size_t i = 0; i < 6; i++) {
    char *line = strsep(&rest, "\n");
    assert_non_null(line);
    assert_int_equal(strncmp(line, starts[i], strlen(starts[i])), 0);
    if (i == 5) {
      (void)snprintf(expected, sizeof expected, "open %d:none -1 %d", dir, ENOENT);
      assert_string_equal(line, expected);
    }
  }
  assert_string_equal(rest, "");
  io_close(trace);
}

static void every_result_has_a_text(void **state) {
  (void)state;
  for (int r = OK; r <= ENDED; r++) {
    const char *text = result_text((result)r);
    assert_non_null(text);
    assert_true(strlen(text) > 5 && text[strlen(text) - 1] != '.');
    for (int other = OK; other < r; other++) {
      assert_string_not_equal(text, result_text((result)other));
    }
  }
  assert_string_equal(result_text((result)99), result_text(FAILED));
  assert_int_equal(result_of_errno(0), OK);
  assert_int_equal(result_of_errno(12345), FAILED);
}

#define IN_A_FOLDER(test) \
  cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

int main(void) {
  const struct CMUnitTest tests[] = {
    IN_A_FOLDER(a_file_is_saved_and_loaded),
    IN_A_FOLDER(a_save_that_was_cut_off_is_no_hindrance),
    IN_A_FOLDER(names_that_cannot_be_are_refused),
    IN_A_FOLDER(a_save_is_all_or_nothing),
    IN_A_FOLDER(saving_in_pieces_is_all_or_nothing_too),
    IN_A_FOLDER(a_refused_write_leaves_half),
    IN_A_FOLDER(each_kind_of_change_can_be_made_to_fail),
    IN_A_FOLDER(causes_have_their_names),
    IN_A_FOLDER(places_and_sizes_are_exact),
    IN_A_FOLDER(loading_stops_at_the_limit_and_at_other_things),
    IN_A_FOLDER(entries_come_by_name),
    IN_A_FOLDER(a_tree_goes_and_nothing_beside_it),
    IN_A_FOLDER(a_link_to_a_folder_is_not_followed),
    IN_A_FOLDER(a_full_disk_is_no_space),
    IN_A_FOLDER(a_trace_names_every_call),
    cmocka_unit_test(every_result_has_a_text),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
