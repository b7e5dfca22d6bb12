// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/child.h"

#include "core/base/io.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

result child_adopt(child *c, pid_t pid) {
  *c = (child){0};
  int fd = (int)syscall(SYS_pidfd_open, pid, 0); // close-on-exec by itself
  if (fd < 0) return errno == ESRCH ? NOT_FOUND : result_of_errno(errno);
  *c = (child){.pid = pid, .fd = fd};
  return OK;
}

result child_start(child *c, const program_start *start) {
  *c = (child){0};
  pid_t pid = 0;
  result done = program_spawn(start, &pid);
  return done == OK ? child_adopt(c, pid) : done;
}

static bool ends_within(const child *c, int timeout_ms) {
  struct pollfd one = {.fd = c->fd, .events = POLLIN};
  int n = 0;
  do {
    n = poll(&one, 1, timeout_ms);
  } while (n < 0 && errno == EINTR);
  return n > 0;
}

bool child_runs(const child *c) { return c->pid > 0 && !ends_within(c, 0); }

void child_forget(child *c) {
  if (c->pid <= 0) return;
  waitpid(c->pid, NULL, WNOHANG); // one that was taken over is the warden's to bury
  io_close(c->fd);
  *c = (child){0};
}

void child_kill(child *c) {
  if (c->pid <= 0) return;
  if (child_runs(c)) {
    kill(c->pid, SIGKILL);
    ends_within(c, 2000);
  }
  child_forget(c);
}

void child_end(child *c, int timeout_ms) {
  if (c->pid > 0) ends_within(c, timeout_ms);
  child_kill(c);
}
