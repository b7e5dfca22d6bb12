// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/syncer.h"

#include "core/base/clock.h"
#include "core/base/io.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/eventfd.h>

enum { IDLE = 0, GIVEN, DONE, LEAVING };

struct syncer {
  pthread_t thread;
  int fd;
  _Atomic uint32_t state; // futex; the job belongs to the thread while GIVEN
  syncer_job job;
};

static void sync_all(syncer_job *job) {
  uint64_t began = clock_now_us();
  for (uint32_t i = 0; i < job->count; i++) {
    job->results[i] = job->fds[i] < 0 ? FAILED : io_sync_data(job->fds[i]);
    io_close(job->fds[i]);
  }
  job->took_us = clock_now_us() - began;
}

static void *work(void *data) {
  syncer *s = data;
  for (;;) {
    uint32_t state = atomic_load(&s->state);
    if (state == LEAVING) return NULL;
    if (state != GIVEN) {
      futex_wait(&s->state, state, 0);
      continue;
    }
    sync_all(&s->job);
    // A keeper that leaves meanwhile has changed the state: then nobody asks.
    uint32_t given = GIVEN;
    if (!atomic_compare_exchange_strong(&s->state, &given, DONE)) return NULL;
    futex_wake(&s->state);
    eventfd_write(s->fd, 1);
  }
}

result syncer_create(syncer **made) {
  *made = NULL;
  syncer *s = calloc(1, sizeof *s);
  if (!s) return NO_MEMORY;
  s->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (s->fd < 0) {
    free(s);
    return result_of_errno(errno);
  }
  if (pthread_create(&s->thread, NULL, work, s) != 0) {
    io_close(s->fd);
    free(s);
    return NO_MEMORY;
  }
  *made = s;
  return OK;
}

void syncer_destroy(syncer *s) {
  if (!s) return;
  atomic_store(&s->state, LEAVING);
  futex_wake(&s->state);
  pthread_join(s->thread, NULL);
  io_close(s->fd);
  free(s);
}

bool syncer_idle(const syncer *s) { return atomic_load(&s->state) == IDLE; }

void syncer_give(syncer *s, const syncer_job *job) {
  s->job = *job;
  for (uint32_t i = 0; i < job->count; i++) {
    s->job.fds[i] = fcntl(job->fds[i], F_DUPFD_CLOEXEC, 3);
  }
  atomic_store(&s->state, GIVEN);
  futex_wake(&s->state);
}

int syncer_fd(const syncer *s) { return s->fd; }

bool syncer_take(syncer *s, syncer_job *job) {
  if (atomic_load(&s->state) != DONE) return false;
  eventfd_t count = 0;
  eventfd_read(s->fd, &count);
  *job = s->job;
  atomic_store(&s->state, IDLE);
  return true;
}

bool syncer_take_now(syncer *s, syncer_job *job) {
  while (atomic_load(&s->state) == GIVEN) futex_wait(&s->state, GIVEN, 0);
  return syncer_take(s, job);
}
