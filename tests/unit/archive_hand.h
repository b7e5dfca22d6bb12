// SPDX-License-Identifier: GPL-3.0-or-later
// Where an archive is made and looked at, for tests of the record: a folder of its own, what
// stands in it, and whether all of it holds.
#ifndef GESTO_TESTS_ARCHIVE_HAND_H
#define GESTO_TESTS_ARCHIVE_HAND_H

#include "core/record/verify.h"
#include "tests/unit/session_hand.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/stat.h>

#include <cmocka.h>

typedef struct room {
  scratch s;
  char path[128]; // of the archive
  hand_run h;
} room;

static inline int setup(void **state) {
  static room r;
  r = (room){0};
  *state = &r;
  if (scratch_make(&r.s) != 0) return -1;
  snprintf(r.path, sizeof r.path, "%s/archive", r.s.path);
  return 0;
}

static inline int teardown(void **state) {
  room *r = *state;
  hand_finish(&r->h);
  scratch_remove(&r->s);
  return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

static inline bool there(const char *folder, const char *name) {
  char path[8192];
  struct stat info;
  snprintf(path, sizeof path, "%s/%s", folder, name);
  return lstat(path, &info) == 0;
}

// What verify told of.
typedef struct findings {
  uint32_t count;
  char all[4096];
} findings;

static inline void find(void *data, const char *path, const char *what) {
  findings *f = data;
  f->count++;
  const size_t size = strlen(f->all);
  snprintf(f->all + size, sizeof f->all - size, "%s: %s\n", path, what);
}

static inline void holds(const char *path) {
  findings f = {0};
  const result r = verify_path(path, find, &f);
  if (r != OK) print_error("%s", f.all);
  assert_int_equal(r, OK);
  assert_int_equal(f.count, 0);
}

#endif
