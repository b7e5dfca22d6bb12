// SPDX-License-Identifier: GPL-3.0-or-later
// A folder of their own for tests of the record, gone afterwards.
#ifndef GESTO_TESTS_SCRATCH_H
#define GESTO_TESTS_SCRATCH_H

#include "core/base/io.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct scratch {
  char path[64];
  int dir;
} scratch;

// Also where the machine's own number lies while the test runs.
static inline int scratch_make(scratch *s) {
  // In memory where that can be had: these tests sync thousands of times.
  snprintf(s->path, sizeof s->path, "/dev/shm/gesto-test-XXXXXX");
  if (!mkdtemp(s->path)) {
    snprintf(s->path, sizeof s->path, "/tmp/gesto-test-XXXXXX");
    if (!mkdtemp(s->path)) return -1;
  }
  setenv("XDG_STATE_HOME", s->path, 1);
  return io_open_dir(AT_FDCWD, s->path, &s->dir) == OK ? 0 : -1;
}

static inline void scratch_remove(scratch *s) {
  io_close(s->dir);
  if (io_remove_tree(AT_FDCWD, s->path) != OK) fprintf(stderr, "%s stays\n", s->path);
}

static inline char *scratch_load(int dir, const char *name, size_t *size) {
  char *bytes = NULL;
  return io_load(dir, name, 64 << 20, &bytes, size) == OK ? bytes : NULL;
}

#endif
