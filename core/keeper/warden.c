// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/warden.h"

#include "core/base/clock.h"
#include "core/base/link.h"
#include "core/base/protocol.h"
#include "core/keeper/patience.h"
#include "core/keeper/program.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
  HELD = 8,
  ENDS_MAX = 5,
  ENDS_ROOM = 64,
  ENDS_WITHIN_US = 10 * 1000 * 1000,
  WORDS_MAX = 30
};
static const char VARIABLE[] = "GESTO_HOLD";
static const char FORMAT[] = "%d,%d,%d,%d,%d,%d,%d,%d";

static volatile sig_atomic_t the_keeper; // for the handler alone

static void pass_on(int signal_number) {
  if (the_keeper > 0) kill((pid_t)the_keeper, signal_number);
}

bool warden_inherited(warden_hold *h) {
  const char *text = getenv(VARIABLE);
  if (!text) return false;
  int fd[HELD];
  const int got =
    sscanf(text, FORMAT, &fd[0], &fd[1], &fd[2], &fd[3], &fd[4], &fd[5], &fd[6], &fd[7]);
  if (got != HELD) return false;
  for (int i = 0; i < HELD; i++) fcntl(fd[i], F_SETFD, FD_CLOEXEC);
  *h = (warden_hold){{fd[0], fd[1]}, {fd[2], fd[3]}, fd[4], fd[5], {fd[6], fd[7]}};
  unsetenv(VARIABLE);
  return true;
}

// Out of the way of the descriptors that programs are started with, and inherited.
static int raise_fd(int fd) {
  int high = fcntl(fd, F_DUPFD, 16);
  close(fd);
  return high;
}

static bool make_hold(int fds[HELD]) {
  if (link_pair(&fds[0]) != OK || link_pair(&fds[2]) != OK || link_pair(&fds[6]) != OK)
    return false;
  if (memory_create_shared("gesto-handover", sizeof(handover), &fds[4]) != OK)
    return false;
  if (memory_create_shared("gesto-sound-page", sizeof(sound_page), &fds[5]) != OK)
    return false;
  for (int i = 0; i < HELD; i++) {
    fds[i] = raise_fd(fds[i]);
    if (fds[i] < 0) return false;
  }
  return true;
}

static result start_keeper(
  const int fds[HELD], int argc, char **argv, const char *archive_path) {
  char hold[128], where[4200];
  int length = snprintf(hold, sizeof hold, "%s=", VARIABLE);
  snprintf(hold + length, sizeof hold - (size_t)length, FORMAT, fds[0], fds[1], fds[2],
    fds[3], fds[4], fds[5], fds[6], fds[7]);
  snprintf(where, sizeof where, "GESTO_ARCHIVE=%s", archive_path);
  const char *const extra[] = {hold, where, NULL};
  const char *words[WORDS_MAX + 1] = {NULL};
  for (int i = 0; i < argc && i < WORDS_MAX; i++) words[i] = argv[i];
  const program_start start = {.name = "gesto",
    .args = words,
    .extra = extra,
    .link = -1,
    .out = STDOUT_FILENO,
    .err = -1};
  pid_t pid = 0;
  result done = program_spawn(&start, &pid);
  if (done == OK) the_keeper = pid;
  return done;
}

// Waits for the keeper; whoever else ends was left to us by an earlier one.
static int wait_for_keeper(void) {
  for (;;) {
    int status = 0;
    pid_t pid = waitpid(-1, &status, 0);
    if (pid == (pid_t)the_keeper) return status;
    if (pid < 0 && errno != EINTR) return 0;
  }
}

// Five (times patience) within ten seconds.
static bool too_many_ends(uint64_t ends[ENDS_ROOM], uint32_t count) {
  uint32_t most = ENDS_MAX * patience();
  if (most > ENDS_ROOM) most = ENDS_ROOM;
  uint64_t now = clock_now_us();
  ends[count % ENDS_ROOM] = now;
  if (count + 1 < most) return false;
  uint64_t first = ends[(count + 1 - most) % ENDS_ROOM];
  return now - first < ENDS_WITHIN_US;
}

static int give_up(int page_fd) {
  memory_map page = {0};
  if (memory_map_open(&page, page_fd, false, sizeof(handover)) == OK) {
    const handover *last = page.bytes;
    if (last->stage_pid > 1) kill(last->stage_pid, SIGTERM);
    if (last->desk_pid > 1) kill(last->desk_pid, SIGTERM);
  }
  fputs(
    "gesto: Gesto had to stop: its inner part ended five times in ten seconds. What was "
    "made is safe; please start Gesto again, and the session can be taken up from "
    "there.\n",
    stderr);
  return 1;
}

int warden_run(int argc, char **argv, const char *archive_path) {
  int fds[HELD];
  uint64_t ends[ENDS_ROOM] = {0};
  prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
  if (!make_hold(fds)) {
    fputs("gesto: there is no memory left to begin with; please close other programs.\n",
      stderr);
    return 1;
  }
  const struct sigaction passing = {.sa_handler = pass_on, .sa_flags = SA_RESTART};
  for (int i = 0; i < 3; i++)
    sigaction((int[]){SIGTERM, SIGINT, SIGHUP}[i], &passing, NULL);
  for (uint32_t count = 0;; count++) {
    if (start_keeper(fds, argc, argv, archive_path) != OK) {
      fputs("gesto: the program gesto cannot be started from its own folder.\n", stderr);
      return 1;
    }
    int status = wait_for_keeper();
    if (!WIFSIGNALED(status)) return WEXITSTATUS(status);
    if (too_many_ends(ends, count)) return give_up(fds[4]);
  }
}
