// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/commands.h"
#include "core/keeper/options.h"
#include "core/keeper/program.h"

#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CHECK_MS = 120000 };

int check_command(int argc, char **argv, const char *archive) {
  const char *file = NULL;
  char whole[PATH_MAX];
  (void)archive;
  if (options_take(argc, argv, NULL, &file, 1, 1) < 0) return EXIT_USAGE;
  if (!realpath(file, whole)) {
    fprintf(
      stderr, "gesto check: %s is not there; name the exercise's shared object.\n", file);
    return EXIT_NOT_SO;
  }
  const char *const args[] = {"--check", whole, NULL};
  const char *const extra[] = {"HOME=/", "LANG=C.UTF-8", "OMP_NUM_THREADS=1", NULL};
  const program_start start = {.name = "gesto-player",
    .args = args,
    .extra = extra,
    .keep = PLAYER_VARIABLES,
    .link = -1,
    .out = STDOUT_FILENO,
    .err = -1};
  pid_t pid = -1;
  const result r = program_spawn(&start, &pid);
  if (r) {
    fprintf(stderr,
      "gesto check: gesto-player could not be started (%s); install Gesto "
      "again.\n",
      result_text(r));
    return EXIT_NOT_SO;
  }
  const int status = program_wait(pid, CHECK_MS);
  if (status < 0 || (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL))
    fprintf(stderr,
      "gesto check: %s did not come back within %d seconds; look for an endless loop in "
      "what the last \"# now:\" line names.\n",
      file, CHECK_MS / 1000);
  else if (WIFSIGNALED(status))
    fprintf(stderr,
      "gesto check: %s ended the program that examined it (%s), in what the last "
      "\"# now:\" line names.\n",
      file, strsignal(WTERMSIG(status)));
  return status == 0 ? EXIT_HELD : EXIT_NOT_SO;
}
