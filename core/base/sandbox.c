// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/sandbox.h"

#include "core/base/landlock.h"
#include "core/base/sandbox_calls.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { CALL_CLOSE_RANGE = 436 };

void sandbox_close_from(int first) {
  if (syscall(CALL_CLOSE_RANGE, first, ~0u, 0) == 0) return;
  struct rlimit files = {0};
  getrlimit(RLIMIT_NOFILE, &files);
  for (int fd = first; fd < (int)files.rlim_cur; fd++) close(fd);
}

// The folder has a link for itself, one for its parent and one for each thread.
uint32_t sandbox_thread_count(void) {
  struct stat info;
  if (stat("/proc/self/task", &info) != 0 || info.st_nlink < 3) return 0;
  return (uint32_t)info.st_nlink - 2;
}

int sandbox_landlock_abi(void) { return landlock_abi(); }

static bool limit(int what, uint64_t most) {
  struct rlimit now;
  if (getrlimit((__rlimit_resource_t)what, &now) != 0) return false;
  rlim_t value = now.rlim_max < most ? now.rlim_max : most;
  return setrlimit((__rlimit_resource_t)what, &(struct rlimit){value, value}) == 0;
}

static bool set_limits(const sandbox_rules *rules) {
  signal(SIGXFSZ, SIG_IGN); // a write over the limit answers EFBIG instead
  return limit(RLIMIT_CORE, 0) && limit(RLIMIT_NOFILE, rules->open_files) &&
    limit(RLIMIT_FSIZE, rules->data_bytes) &&
    (!SANDBOX_LIMITS_DATA || limit(RLIMIT_DATA, rules->data_bytes));
}

// Landlock covers the calling thread and its children alone, so another thread would stay
// outside; "cannot tell" counts as another thread.
static bool is_alone(void) {
  return !SANDBOX_NEEDS_ONE_THREAD || sandbox_thread_count() == 1;
}

result sandbox_lock_player(const sandbox_rules *rules, sandbox_report *report) {
  *report = (sandbox_report){0};
  if (!is_alone()) return NOT_NOW;
  if (!set_limits(rules)) return FAILED;
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return FAILED;
  int abi = landlock_abi();
  if (rules->landlock_at_most >= 0 && abi > rules->landlock_at_most) {
    abi = rules->landlock_at_most;
  }
  if (abi > 0 && landlock_read_only(rules->readable, abi) != OK) return FAILED;
  report->landlock_abi = abi;
  if (sandbox_calls_lock(rules->link_fd, rules->kill) != OK) return FAILED;
  report->seccomp = true;
  return OK;
}

result sandbox_lock_code(void) { return sandbox_calls_lock_code() == OK ? OK : FAILED; }

int sandbox_landlock_mask(void) {
  const char *mask = getenv("GESTO_LANDLOCK_MAX");
  return mask && mask[0] >= '0' && mask[0] <= '9' ? atoi(mask) : -1;
}
