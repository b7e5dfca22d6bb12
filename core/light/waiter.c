// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/light/waiter.h"

#include "core/base/clock.h"
#include "core/base/io.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <SDL.h>
#include <time.h>
#include <unistd.h>

enum { TOLD = 1, WAITS_FOR_IT };

static void tell(waiter *w) {
  SDL_Event e = {.type = w->post.event};
  atomic_store(&w->told, TOLD);
  while (SDL_PushEvent(&e) < 0 && !atomic_load(&w->stop)) clock_sleep_us(2000);
  doze_wake(w->post.doze);
}

static void until_dealt_with(waiter *w) {
  while (!atomic_load(&w->stop) && atomic_load(&w->told)) {
    uint32_t was = TOLD;
    const bool is_told =
      atomic_compare_exchange_strong(&w->told, &was, WAITS_FOR_IT) || was != 0;
    if (is_told) futex_wait(&w->told, WAITS_FOR_IT, 0);
  }
}

static void *wait_bell(void *data) {
  waiter *w = data;
  uint32_t seen = atomic_load(w->bell) - 1; // what rang before we came counts
  while (!atomic_load(&w->stop)) {
    if (atomic_load(w->bell) == seen) {
      futex_wait(w->bell, seen, 0);
      continue;
    }
    // Mostly it was by the time of the next, so that nobody is woken for that.
    until_dealt_with(w);
    seen = atomic_load(w->bell);
    tell(w);
  }
  return NULL;
}

static void *wait_fd(void *data) {
  waiter *w = data;
  while (!atomic_load(&w->stop)) {
    struct pollfd p[2] = {
      {.fd = w->fd, .events = POLLIN}, {.fd = w->wake[0], .events = POLLIN}};
    if (poll(p, 2, -1) < 0 && errno != EINTR) return NULL;
    if (p[1].revents) return NULL;
    if (p[0].revents) tell(w);
    until_dealt_with(w);
  }
  return NULL;
}

static bool start(waiter *w, void *(*run)(void *)) {
  w->runs = pthread_create(&w->thread, NULL, run, w) == 0;
  return w->runs;
}

bool waiter_start_bell(waiter *w, const _Atomic uint32_t *bell, waiter_post post) {
  *w = (waiter){.bell = bell, .post = post, .fd = -1, .wake = {-1, -1}};
  return start(w, wait_bell);
}

bool waiter_start_fd(waiter *w, int fd, waiter_post post) {
  *w = (waiter){.post = post, .fd = fd};
  return pipe2(w->wake, O_CLOEXEC) == 0 && start(w, wait_fd);
}

void waiter_go_on(waiter *w) {
  if (w->runs && atomic_exchange(&w->told, 0) == WAITS_FOR_IT) futex_wake(&w->told);
}

static bool joined(waiter *w) {
  struct timespec until;
  clock_gettime(CLOCK_REALTIME, &until);
  until.tv_nsec += 5 * 1000 * 1000;
  if (until.tv_nsec >= 1000000000L) {
    until.tv_nsec -= 1000000000L;
    until.tv_sec++;
  }
  return pthread_timedjoin_np(w->thread, NULL, &until) == 0;
}

// A wake that comes between the thread's look at `stop` and its sleep is lost; hence again.
void waiter_stop(waiter *w) {
  if (!w->runs) return;
  atomic_store(&w->stop, true);
  if (w->wake[1] >= 0) io_close(w->wake[1]); // ends the poll
  do {
    futex_wake(&w->told);
    if (w->bell) futex_wake(w->bell);
  } while (!joined(w));
  if (w->wake[0] >= 0) io_close(w->wake[0]);
  w->runs = false;
}
