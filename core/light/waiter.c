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

static void tell(waiter *w) {
  SDL_Event e = {.type = w->post.event};
  while (SDL_PushEvent(&e) < 0 && !atomic_load(&w->stop)) clock_sleep_us(2000);
  doze_wake(w->post.doze);
  while (sem_wait(&w->dealt_with) != 0 && errno == EINTR) continue;
}

static void *wait_bell(void *data) {
  waiter *w = data;
  uint32_t seen = atomic_load(w->bell) - 1; // what rang before we came counts
  while (!atomic_load(&w->stop)) {
    const uint32_t now = atomic_load(w->bell);
    if (now == seen) {
      futex_wait(w->bell, seen, 0);
      continue;
    }
    seen = now;
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
  }
  return NULL;
}

static bool start(waiter *w, void *(*run)(void *)) {
  if (sem_init(&w->dealt_with, 0, 0) != 0) return false;
  w->runs = pthread_create(&w->thread, NULL, run, w) == 0;
  if (!w->runs) sem_destroy(&w->dealt_with);
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
  if (w->runs) sem_post(&w->dealt_with);
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
    sem_post(&w->dealt_with);
    if (w->bell) futex_wake(w->bell);
  } while (!joined(w));
  if (w->wake[0] >= 0) io_close(w->wake[0]);
  sem_destroy(&w->dealt_with);
  w->runs = false;
}
