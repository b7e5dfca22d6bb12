// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/wake.h"

#include "core/base/clock.h"

#include <stddef.h>
#include <time.h>

void wake_init(wake_set *w) {
  w->count = 0;
  w->until_us = UINT64_MAX;
}

void wake_on(wake_set *w, int fd) {
  if (fd < 0) return;
  if (w->count == WAKE_FDS_MAX) {
    wake_by(w, clock_now_us() + 5000);
    return;
  }
  w->fds[w->count++] = (struct pollfd){.fd = fd, .events = POLLIN};
}

void wake_by(wake_set *w, uint64_t time_us) {
  if (time_us < w->until_us) w->until_us = time_us;
}

void wake_wait(wake_set *w) {
  if (w->until_us == UINT64_MAX) {
    poll(w->fds, w->count, -1);
    return;
  }
  uint64_t now = clock_now_us();
  uint64_t left = w->until_us > now ? w->until_us - now : 0;
  struct timespec limit = {
    .tv_sec = (time_t)(left / 1000000), .tv_nsec = (long)(left % 1000000) * 1000};
  ppoll(w->fds, w->count, &limit, NULL);
}
