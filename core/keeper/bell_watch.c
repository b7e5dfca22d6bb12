// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/bell_watch.h"

#include "core/base/clock.h"
#include "core/base/io.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/eventfd.h>

struct bell_watch {
  ring *input;
  int fd;
  pthread_t thread;
  _Atomic uint32_t orders; // futex between keeper and thread: +1 at arm and at the end
  _Atomic uint32_t armed;
  _Atomic uint32_t leaving;
  _Atomic uint64_t seen_seq;
};

static void wait_for_slots(bell_watch *w) {
  uint64_t seen = atomic_load(&w->seen_seq);
  while (!atomic_load(&w->leaving)) {
    uint32_t bell = atomic_load(&w->input->head->bell);
    if (ring_written(w->input) > seen) return;
    futex_wait(&w->input->head->bell, bell, 0);
  }
}

static void *watch(void *data) {
  bell_watch *w = data;
  while (!atomic_load(&w->leaving)) {
    uint32_t order = atomic_load(&w->orders);
    if (!atomic_load(&w->armed)) {
      futex_wait(&w->orders, order, 0);
      continue;
    }
    wait_for_slots(w);
    atomic_store(&w->armed, 0);
    eventfd_write(w->fd, 1);
  }
  return NULL;
}

result bell_watch_create(bell_watch **made, ring *input) {
  *made = NULL;
  bell_watch *w = calloc(1, sizeof *w);
  if (!w) return NO_MEMORY;
  w->input = input;
  w->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (w->fd < 0) {
    free(w);
    return result_of_errno(errno);
  }
  if (pthread_create(&w->thread, NULL, watch, w) != 0) {
    io_close(w->fd);
    free(w);
    return NO_MEMORY;
  }
  *made = w;
  return OK;
}

void bell_watch_destroy(bell_watch *w) {
  if (!w) return;
  atomic_store(&w->leaving, 1);
  atomic_fetch_add(&w->orders, 1);
  futex_wake(&w->orders);
  ring_ring(w->input);
  pthread_join(w->thread, NULL);
  io_close(w->fd);
  free(w);
}

void bell_watch_arm(bell_watch *w, uint64_t seen_seq) {
  if (atomic_load(&w->armed)) return;
  atomic_store(&w->seen_seq, seen_seq);
  atomic_store(&w->armed, 1);
  atomic_fetch_add(&w->orders, 1);
  futex_wake(&w->orders);
}

int bell_watch_fd(const bell_watch *w) { return w->fd; }

void bell_watch_clear(bell_watch *w) {
  eventfd_t count = 0;
  eventfd_read(w->fd, &count);
}
