// SPDX-License-Identifier: GPL-3.0-or-later
// gesto-player: runs one exercise, in a process that was locked before it was loaded.
#include "core/base/protocol.h"
#include "core/player/check.h"
#include "core/player/ext_words.h"
#include "core/player/lock.h"
#include "core/player/player.h"
#include "core/player/probe.h"
#include "core/player/say.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LINK = 3, USAGE = 2 };

typedef struct wish {
  bool voices;
  const char *probe, *check;
} wish;

static bool read_wish(int argc, char **argv, wish *w) {
  for (int i = 1; i < argc; i++) {
    bool file = i + 1 < argc;
    if (strcmp(argv[i], "--voices") == 0)
      w->voices = true;
    else if (strcmp(argv[i], "--probe") == 0 && file)
      w->probe = argv[++i];
    else if (strcmp(argv[i], "--check") == 0 && file)
      w->check = argv[++i];
    else
      return false;
  }
  return true;
}

static void tell_unlocked(result r, int link) {
  char why[256];
  snprintf(why, sizeof why,
    "gesto-player could not give up its rights (%s), so it loads nothing. "
    "Gesto needs Linux with seccomp, and one thread at this point.",
    result_text(r));
  if (link < 0)
    fprintf(stderr, "%s\n", why);
  else
    say(link, &(saying){.kind = FROM_PLAYER_REFUSED, .text = why});
}

static int lock_and_go(const wish *w) {
  char whole[4096];
  const char *file = w->probe ? w->probe : w->check;
  if (file && realpath(file, whole)) file = whole;
  voices *instruments = NULL;
  // Before the lock: it is looked up, and brings libraries of its own.
  if ((w->voices || w->check) && voices_open(&instruments) != OK) instruments = NULL;
  ext_words_prepare();
  sandbox_report report;
  result r = lock_player(file, file ? -1 : LINK, &report);
  if (r != OK) {
    tell_unlocked(r, file ? -1 : LINK);
    return EXIT_FAILURE;
  }
  int status = 0;
  if (w->probe)
    status = probe_run(file);
  else if (w->check)
    status = check_run(file, instruments);
  else
    status = player_run(LINK, instruments, report.landlock_abi);
  voices_destroy(instruments);
  return status;
}

int main(int argc, char **argv) {
  wish w = {0};
  if (!read_wish(argc, argv, &w)) {
    fprintf(
      stderr, "Usage: gesto-player [--voices] | --probe FILE.so | --check FILE.so\n");
    return USAGE;
  }
  if (!w.probe && !w.check && (!lock_to_parent() || isatty(LINK))) {
    fprintf(stderr,
      "gesto-player is started by gesto. To examine an exercise: "
      "gesto check FILE.so\n");
    return USAGE;
  }
  // Whoever gave up an examination must not leave an endless loop behind.
  if (w.check) (void)lock_to_parent();
  // _exit: an exercise's destructors have no business at the end.
  int status = lock_and_go(&w);
  fflush(stdout);
  _exit(status);
}
