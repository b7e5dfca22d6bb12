// SPDX-License-Identifier: GPL-3.0-or-later
// needs: keeper
// What journalling costs the stage for each event, while a recorder drains at 1000 Hz of
// input, and how fast journals are read again.
#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/keeper/recorder.h"
#include "core/keeper/story.h"
#include "core/keeper/track_scan.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { EVENTS = 5000, SCANNED = 1000000 };
static const uint8_t session[16] = "sixteen letters";
static const uint8_t room[8] = "a room";
static const char begin_json[] =
  "{\"exercise\":\"org.gesto.draw\",\"version\":\"1\",\"seed\":1,\"stage\":[100,100,1],"
  "\"look\":{\"flags\":0,\"text_scale\":1},\"settings\":{},\"mode\":\"live\","
  "\"creation\":1,"
  "\"first_seq\":1}";

typedef struct bench {
  ring input;
  int dir;
  recorder *recorder;
  _Atomic bool done;
  uint64_t costs_ns[EVENTS];
} bench;

static void need(result r, const char *what) {
  if (r == OK) return;
  fprintf(stderr, "bench_journal: %s: %s\n", what, result_text(r));
  exit(1);
}

static uint64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

static ring_slot sample(uint64_t n) {
  ring_slot slot = {.kind = SLOT_EVENT, .creation = 1};
  slot.as.event.time = n * 1000;
  slot.as.event.type = n % 300 == 0 ? GESTO_POINTER_DOWN
    : n % 300 == 299                ? GESTO_POINTER_UP
                                    : GESTO_POINTER_MOVE;
  slot.as.event.source = 1;
  slot.as.event.as.pointer.x = (float)(n * 7 % 20000) / 16;
  slot.as.event.as.pointer.y = (float)(n * 3 % 12000) / 16;
  slot.as.event.as.pointer.pressure = (float)(n % 4096) / 4096;
  return slot;
}

static void *draw(void *data) {
  bench *b = data;
  uint64_t next = clock_now_us();
  for (uint64_t n = 0; n < EVENTS; n++) {
    next += 1000;
    uint64_t now = clock_now_us();
    if (next > now) clock_sleep_us(next - now);
    ring_slot slot = sample(n);
    uint64_t before = now_ns();
    need(ring_put(&b->input, &slot), "the ring");
    b->costs_ns[n] = now_ns() - before;
    ring_ring(&b->input);
  }
  b->done = true;
  return NULL;
}

static int by_size(const void *a, const void *b) {
  uint64_t x = *(const uint64_t *)a;
  uint64_t y = *(const uint64_t *)b;
  return (x > y) - (x < y);
}

static void print(const char *name, double value, const char *unit, double limit) {
  printf("%s %.3f %s %.3f goal-%g\n", name, value, unit, value / limit, limit);
}

static void bench_events(bench *b) {
  pthread_t thread;
  pthread_create(&thread, NULL, draw, b);
  while (!b->done) {
    wake_set w;
    wake_init(&w);
    recorder_wake(b->recorder, &w);
    wake_by(&w, clock_now_us() + 20000);
    wake_wait(&w);
    recorder_turn(b->recorder);
  }
  pthread_join(thread, NULL);
  need(recorder_flush(b->recorder), "the journal");
  qsort(b->costs_ns, EVENTS, sizeof b->costs_ns[0], by_size);
  const int middle = EVENTS / 2;
  const int last = EVENTS - EVENTS / 1000 - 1;
  print("journal-event-p50", (double)b->costs_ns[middle] / 1e3, "us", 5);
  print("journal-event-p99.9", (double)b->costs_ns[last] / 1e3, "us", 5);
}

static void fill(bench *b) {
  for (uint64_t n = EVENTS; n < SCANNED; n++) {
    ring_slot slot = sample(n);
    while (ring_put(&b->input, &slot) != OK) recorder_turn(b->recorder);
  }
  need(recorder_flush(b->recorder), "the journal");
}

static void bench_scan(bench *b) {
  struct stat s;
  if (fstatat(b->dir, "process.journal", &s, 0) != 0) exit(1);
  track_findings found = {0};
  uint64_t before = now_ns();
  need(track_scan(b->dir, &found), "the scan");
  double seconds = (double)(now_ns() - before) / 1e9;
  free(found.begin_json);
  if (found.last_seq != SCANNED) exit(1);
  print("journal-bytes-per-event", (double)s.st_size / SCANNED, "bytes", 13);
  print("journal-scan", (double)s.st_size / 1e6 / seconds, "MB/s", 100);
  print("journal-scan-events", SCANNED / seconds / 1e6, "million/s", 10);
}

int main(void) {
  static bench b;
  char folder[] = "/tmp/gesto-bench-XXXXXX";
  int fd = -1;
  if (!mkdtemp(folder)) return 1;
  need(io_open_dir(AT_FDCWD, folder, &b.dir), folder);
  need(memory_create("ring", RING_FILE_BYTES, &fd), "memory");
  need(ring_init(&b.input, fd, RING_FILE_BYTES, session), "the ring");
  const recorder_setup setup = {.input = &b.input, .session = session, .writer = room};
  need(recorder_create(&b.recorder, &setup), "the recorder");
  need(recorder_begin(b.recorder, 1, b.dir, begin_json), "the journal");
  bench_events(&b);
  fill(&b);
  bench_scan(&b);
  recorder_destroy(b.recorder);
  need(io_remove_tree(AT_FDCWD, folder), folder);
  return 0;
}
