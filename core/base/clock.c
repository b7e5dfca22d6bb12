// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"

#include <errno.h>
#include <limits.h>
#include <linux/futex.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static uint64_t now_us(clockid_t which) {
  struct timespec t = {0};
  clock_gettime(which, &t);
  return (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000;
}

static struct timespec timespec_of_us(uint64_t us) {
  return (struct timespec){
    .tv_sec = (time_t)(us / 1000000),
    .tv_nsec = (long)(us % 1000000) * 1000,
  };
}

uint64_t clock_now_us(void) { return now_us(CLOCK_MONOTONIC); }

int64_t clock_wall_us(void) { return (int64_t)now_us(CLOCK_REALTIME); }

void clock_sleep_us(uint64_t us) {
  struct timespec left = timespec_of_us(us);
  while (clock_nanosleep(CLOCK_MONOTONIC, 0, &left, &left) == EINTR) {}
}

// Not FUTEX_PRIVATE: the word lies in memory that several processes map, some of them for
// reading only, which the kernel takes for both of these calls.
bool futex_wait(const _Atomic uint32_t *word, uint32_t seen, uint64_t timeout_us) {
  struct timespec limit = timespec_of_us(timeout_us);
  long r =
    syscall(SYS_futex, word, FUTEX_WAIT, seen, timeout_us ? &limit : NULL, NULL, 0);
  return r == 0 || errno != ETIMEDOUT;
}

void futex_wake(const _Atomic uint32_t *word) {
  syscall(SYS_futex, word, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
}
