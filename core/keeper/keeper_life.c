// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/keeper_life.h"

#include "core/base/io.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <unistd.h>

// Blocked before any thread starts, so that each of them has them blocked, too.
static int open_signals(void) {
  sigset_t asked;
  sigemptyset(&asked);
  sigaddset(&asked, SIGTERM);
  sigaddset(&asked, SIGINT);
  sigaddset(&asked, SIGHUP);
  pthread_sigmask(SIG_BLOCK, &asked, NULL);
  return signalfd(-1, &asked, SFD_CLOEXEC | SFD_NONBLOCK);
}

result keeper_life_begin(keeper_life *k, const warden_hold *hold) {
  *k = (keeper_life){.hold = *hold, .signals = -1};
  const struct rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none); // a core would hold what clients made
  result done = memory_map_open(&k->page_map, hold->page, true, sizeof(handover));
  if (done != OK) return done;
  k->page = k->page_map.bytes;
  k->signals = open_signals();
  return k->signals < 0 ? result_of_errno(errno) : OK;
}

void keeper_life_wake(const keeper_life *k, wake_set *w) { wake_on(w, k->signals); }

bool keeper_life_asked_to_end(keeper_life *k) {
  struct signalfd_siginfo info;
  bool asked = false;
  while (read(k->signals, &info, sizeof info) == sizeof info) asked = true;
  return asked;
}

void keeper_life_end(keeper_life *k) {
  io_close(k->signals);
  memory_map_close(&k->page_map);
  *k = (keeper_life){.signals = -1};
}
