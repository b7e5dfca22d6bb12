// SPDX-License-Identifier: GPL-3.0-or-later
// A child process with the furniture of a player, locked, in which a test tries something.
#ifndef GESTO_TESTS_SANDBOX_CHILD_H
#define GESTO_TESTS_SANDBOX_CHILD_H

#include "core/base/io.h"
#include "core/base/link.h"
#include "core/base/memory_map.h"
#include "core/base/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#ifdef GESTO_SANITIZED
enum { SANITIZED = 1 };
#else
enum { SANITIZED = 0 };
#endif

enum {
  LINK_FD = 40,
  OTHER_SOCKET = 41,
  MEMFD = 42,
  READ_ONLY_FILE = 43,
  LARGEST = 64 << 20
};
enum { THROUGH = 10, HELD = 11, LOCK_REFUSED = 12 };

// Made once: a folder that may be read, and one that may not.
static char home[128], open_dir[160], open_file[192], secret[160];

static inline void write_file(const char *path) {
  int fd = -1;
  assert_int_equal(io_open(AT_FDCWD, path, O_WRONLY | O_CREAT, 0600, &fd), OK);
  assert_int_equal(io_write_all(fd, "quiet\n", 6), OK);
  io_close(fd);
}

static inline int make_files(void **state) {
  (void)state;
  const char *base = getenv("TMPDIR");
  (void)snprintf(home, sizeof home, "%.100s/gesto-XXXXXX", base ? base : "/tmp");
  assert_non_null(mkdtemp(home));
  (void)snprintf(open_dir, sizeof open_dir, "%s/open", home);
  (void)snprintf(open_file, sizeof open_file, "%s/notes", open_dir);
  (void)snprintf(secret, sizeof secret, "%s/secret", home);
  assert_int_equal(io_make_dir(AT_FDCWD, open_dir, 0700), OK);
  write_file(open_file);
  write_file(secret);
  return 0;
}

static inline int remove_files(void **state) {
  (void)state;
  return io_remove_tree(AT_FDCWD, home) == OK ? 0 : -1;
}

typedef struct mode {
  int landlock_at_most;
  bool kill;
} mode;

static inline void place(int fd, int at) {
  dup2(fd, at);
  close(fd);
}

// What a player has when it is locked: a link, shared memory; and more than it would have.
static inline int prepare(void) {
  int ends[2], pair[2], fd = -1;
  if (link_pair(ends) != OK || socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0) return -1;
  if (memory_create("shared", 4096, &fd) != OK) return -1;
  place(fd, MEMFD);
  if (io_open(AT_FDCWD, secret, O_RDONLY, 0, &fd) != OK) return -1;
  place(fd, READ_ONLY_FILE);
  place(ends[0], LINK_FD);
  place(pair[0], OTHER_SOCKET);
  return ends[1];
}

static inline result lock(mode how) {
  const char *const readable[] = {
    open_dir, "/usr/lib", "/usr/share/nowhere", SANITIZED ? "/proc/self" : NULL, NULL};
  sandbox_rules rules = {
    .readable = readable,
    .data_bytes = LARGEST,
    .open_files = 64,
    .landlock_at_most = how.landlock_at_most,
    .kill = how.kill,
    .link_fd = LINK_FD,
  };
  sandbox_report report;
  return sandbox_lock_player(&rules, &report);
}

// A deed answers true if it got through.
typedef bool deed(void);

static inline int run_locked(deed *what, mode how) {
  pid_t child = fork();
  assert_true(child >= 0);
  if (child == 0) {
    if (prepare() < 0 || lock(how) != OK) _exit(LOCK_REFUSED);
    _exit(what() ? THROUGH : HELD);
  }
  int status = 0;
  assert_int_equal(waitpid(child, &status, 0), child);
  return status;
}

static inline bool went(int status, int code) {
  return WIFEXITED(status) && WEXITSTATUS(status) == code;
}

static inline bool opens(const char *path, int flags) {
  int fd = openat(AT_FDCWD, path, flags, 0600);
  if (fd >= 0) close(fd);
  return fd >= 0;
}

#endif
