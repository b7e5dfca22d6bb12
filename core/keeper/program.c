// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/program.h"

#include "core/base/beside.h"
#include "core/base/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ARGS_MAX = 32, LINK_AT = 3 };

const char *const PLAYER_VARIABLES[] = {
  "GESTO_LANDLOCK_MAX",
  "GESTO_SANDBOX_KILL",
  "GESTO_PATIENCE",
  "ASAN_OPTIONS",
  "UBSAN_OPTIONS",
  "TSAN_OPTIONS",
  "LSAN_OPTIONS",
  NULL,
};

static size_t count_of(const char *const *list) {
  size_t n = 0;
  while (list && list[n]) n++;
  return n;
}

// A zero-ended array of borrowed and (from `own` on) newly made strings.
typedef struct environment {
  char **all;
  size_t count, own;
} environment;

static bool environment_init(environment *e, const program_start *start) {
  const char *const *now = (const char *const *)environ;
  const size_t kept = start->keep ? count_of(start->keep) : count_of(now);
  *e = (environment){.all = calloc(kept + count_of(start->extra) + 1, sizeof(char *))};
  if (!e->all) return false;
  for (size_t i = 0; i < count_of(start->extra); i++)
    e->all[e->count++] = (char *)start->extra[i];
  e->own = e->count;
  for (size_t i = 0; i < kept; i++) {
    const char *value = start->keep ? getenv(start->keep[i]) : NULL;
    if (!start->keep)
      e->all[e->count++] = strdup(now[i]);
    else if (value && asprintf(&e->all[e->count], "%s=%s", start->keep[i], value) >= 0)
      e->count++;
  }
  return true;
}

static void environment_finish(environment *e) {
  for (size_t i = e->own; i < e->count; i++) free(e->all[i]);
  free(e->all);
  *e = (environment){0};
}

static int set_files(posix_spawn_file_actions_t *files, const program_start *start) {
  int bad = posix_spawn_file_actions_addopen(files, 0, "/dev/null", O_RDONLY, 0);
  if (start->out >= 0)
    bad |= posix_spawn_file_actions_adddup2(files, start->out, 1);
  else
    bad |= posix_spawn_file_actions_addopen(files, 1, "/dev/null", O_WRONLY, 0);
  if (start->err == PROGRAM_SILENT)
    bad |= posix_spawn_file_actions_addopen(files, 2, "/dev/null", O_WRONLY, 0);
  if (start->err >= 0) bad |= posix_spawn_file_actions_adddup2(files, start->err, 2);
  if (start->link >= 0)
    bad |= posix_spawn_file_actions_adddup2(files, start->link, LINK_AT);
  return bad;
}

static int set_attributes(posix_spawnattr_t *attributes) {
  sigset_t none, usual;
  sigemptyset(&none);
  sigfillset(&usual);
  sigdelset(&usual, SIGPIPE);
  sigdelset(&usual, SIGXFSZ);
  sigdelset(&usual, SIGKILL);
  sigdelset(&usual, SIGSTOP);
  int bad = posix_spawnattr_setsigmask(attributes, &none);
  bad |= posix_spawnattr_setsigdefault(attributes, &usual);
  bad |= posix_spawnattr_setpgroup(attributes, 0);
  bad |= posix_spawnattr_setflags(
    attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  return bad;
}

static result spawn(
  const char *path, const program_start *start, char *const *env, pid_t *pid) {
  char *args[ARGS_MAX + 2] = {(char *)start->name};
  if (count_of(start->args) > ARGS_MAX) return TOO_LARGE;
  for (size_t i = 0; i < count_of(start->args); i++) args[i + 1] = (char *)start->args[i];
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
  if (posix_spawn_file_actions_init(&files)) return NO_MEMORY;
  if (posix_spawnattr_init(&attributes)) {
    posix_spawn_file_actions_destroy(&files);
    return NO_MEMORY;
  }
  int bad = set_files(&files, start);
  bad = bad ? bad : set_attributes(&attributes);
  bad = bad ? bad : posix_spawn(pid, path, &files, &attributes, args, env);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&files);
  return bad ? result_of_errno(bad) : OK;
}

result program_spawn(const program_start *start, pid_t *pid) {
  char path[4096];
  result r = beside_program(start->name, path, sizeof(path));
  if (r) return r;
  environment env;
  if (!environment_init(&env, start)) return NO_MEMORY;
  r = spawn(path, start, env.all, pid);
  environment_finish(&env);
  return r;
}

void program_kill(pid_t pid) {
  if (pid > 1) kill(pid, SIGKILL);
}

// The end of a child is a descriptor to wait at, so that it is known at once.
static bool ends_within(pid_t pid, uint64_t wait_us) {
  struct pollfd one = {.fd = (int)syscall(SYS_pidfd_open, pid, 0), .events = POLLIN};
  const uint64_t until = clock_now_us() + wait_us;
  if (one.fd < 0) clock_sleep_us(wait_us);
  int n = 0;
  do {
    const uint64_t now = clock_now_us();
    n = poll(&one, 1, now < until ? (int)((until - now + 999) / 1000) : 0);
  } while (n < 0 && errno == EINTR);
  if (one.fd >= 0) close(one.fd);
  return n > 0;
}

int program_wait(pid_t pid, int timeout_ms) {
  int status = -1;
  if (pid <= 1) return -1;
  pid_t got = waitpid(pid, &status, WNOHANG);
  if (got != 0) return got == pid ? status : -1;
  if (!ends_within(pid, timeout_ms > 0 ? (uint64_t)timeout_ms * 1000 : 0))
    program_kill(pid);
  while ((got = waitpid(pid, &status, 0)) < 0 && errno == EINTR)
    ;
  return got == pid ? status : -1;
}
