// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base
// What it costs the stage to hand over one event so that it outlives every process: a slot
// in a ring that lies in a file, a reader taking them all, a wake for each eighth.
#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/base/ring.h"
#include "tests/bench/figures.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { EVENTS = 400000, WAKE_EACH = 8 };

static void *take(void *data) {
  ring *r = data;
  for (uint64_t seq = 1; seq <= EVENTS;) {
    uint32_t bell = atomic_load(&r->head->bell);
    ring_slot slot;
    if (ring_get(r, seq, &slot) == OK) {
      atomic_store(&r->head->released, seq++);
    } else {
      futex_wait(&r->head->bell, bell, 10000);
    }
  }
  return NULL;
}

static uint64_t now_ns(void) {
  struct timespec t = {0};
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

static void report(const char *name, double *ns, uint32_t count, double limit_us) {
  char row[64];
  snprintf(row, sizeof row, "%s-p99.9", name);
  figures_at_most(name, figure_of(ns, count, 1e-3), "us", limit_us);
  figures_at_most(row, figure_alone(figures_at(ns, count, 999) / 1e3), "us", limit_us);
}

typedef struct costs {
  double put[EVENTS], wake[EVENTS / WAKE_EACH];
} costs;

static void measure(ring *r, costs *all) {
  for (uint32_t i = 0; i < EVENTS; i++) {
    ring_slot slot = {.kind = SLOT_EVENT, .creation = 1, .as.event.time = i};
    uint64_t before = now_ns();
    while (ring_put(r, &slot) != OK) clock_sleep_us(10);
    uint64_t between = now_ns();
    all->put[i] = (double)(between - before);
    if (i % WAKE_EACH != 0) continue;
    ring_ring(r);
    all->wake[i / WAKE_EACH] = (double)(now_ns() - between);
    clock_sleep_us(20); // the hand is slower than a loop
  }
}

int main(void) {
  static costs all;
  static const uint8_t session[16] = {1};
  char path[] = "/dev/shm/gesto-bench-XXXXXX";
  int fd = mkstemp(path);
  ring r;
  pthread_t reader;
  if (fd < 0 || io_unlink(AT_FDCWD, path) != OK ||
    io_allocate(fd, RING_FILE_BYTES) != OK ||
    ring_init(&r, fd, RING_FILE_BYTES, session) != OK ||
    pthread_create(&reader, NULL, take, &r) != 0) {
    (void)fprintf(stderr, "bench_ring: no ring could be made in /dev/shm\n");
    return 1;
  }
  measure(&r, &all);
  ring_ring(&r);
  pthread_join(reader, NULL);
  enum { WAKES = EVENTS / WAKE_EACH };
  report("event-put", all.put, EVENTS, 5);
  report("ring-wake", all.wake, WAKES, 100);
  ring_finish(&r);
  io_close(fd);
  return 0;
}
