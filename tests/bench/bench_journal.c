// SPDX-License-Identifier: GPL-3.0-or-later
// needs: keeper stage
// What an event costs the stage from its stamp to its place in the ring, while a recorder
// journals 1000 of them a second; and how fast journals are read again, beside the mere
// reading of as many bytes.
#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/keeper/recorder.h"
#include "core/keeper/story.h"
#include "core/keeper/track_scan.h"
#include "core/stage/input.h"
#include "tests/bench/figures.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { EVENTS = 5000, SCANNED = 1000000, TAIL = 10000, SCANS = 5 };
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
  double costs_us[EVENTS];
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

// As the window does, and at its pace.
static void *draw(void *data) {
  bench *b = data;
  input in = {0};
  uint64_t next = clock_now_us();
  input_begin(&in, &b->input, 1, 0);
  input_start(&in, next);
  for (uint64_t n = 0; n < EVENTS; n++) {
    next += 1000;
    uint64_t now = clock_now_us();
    if (next > now) clock_sleep_us(next - now);
    const gesto_event e = sample(n).as.event;
    now = clock_now_us();
    uint64_t before = now_ns();
    const bool taken = input_pointer(&in, e, now);
    b->costs_us[n] = (double)(now_ns() - before) / 1e3;
    need(taken ? OK : NO_SPACE, "the ring");
    input_flush(&in);
  }
  b->done = true;
  return NULL;
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
  figures_at_most("journal-event", figure_of(b->costs_us, EVENTS, 1), "us", 5);
  figures_at_most(
    "journal-event-p99.9", figure_alone(figures_at(b->costs_us, EVENTS, 999)), "us", 5);
}

static void fill(bench *b) {
  for (uint64_t n = EVENTS; n < SCANNED; n++) {
    ring_slot slot = sample(n);
    while (ring_put(&b->input, &slot) != OK) recorder_turn(b->recorder);
  }
  need(recorder_flush(b->recorder), "the journal");
}

static double scan_seconds(const bench *b) {
  track_findings found = {0};
  const uint64_t before = now_ns();
  need(track_scan(b->dir, &found), "the scan");
  const double seconds = (double)(now_ns() - before) / 1e9;
  free(found.begin_json);
  need(found.last_seq == SCANNED ? OK : BAD_DATA, "the scan");
  return seconds;
}

// The same file out of the page cache, and each byte of it looked at.
static double read_seconds(const bench *b) {
  const uint64_t before = now_ns();
  char *bytes = NULL;
  size_t size = 0;
  uint64_t sum = 0;
  need(io_load(b->dir, "process.journal", 1 << 30, &bytes, &size), "the journal");
  for (size_t i = 0; i < size; i++) sum += (unsigned char)bytes[i];
  const double seconds = (double)(now_ns() - before) / 1e9;
  free(bytes);
  need(sum > 0 ? OK : BAD_DATA, "the journal");
  return seconds;
}

static void bench_scan(bench *b) {
  struct stat s;
  double scan[SCANS], read[SCANS];
  need(fstatat(b->dir, "process.journal", &s, 0) == 0 ? OK : NOT_FOUND, "the journal");
  for (int i = 0; i < SCANS; i++) {
    scan[i] = scan_seconds(b);
    read[i] = read_seconds(b);
  }
  figures_at_most(
    "journal-bytes-per-event", figure_alone((double)s.st_size / SCANNED), "bytes", 13);
  figures_row(&(figure_row){.name = "journal-scan-per-event",
    .unit = "ns",
    .ours = figure_of(scan, SCANS, 1e9 / SCANNED),
    .theirs = figure_of(read, SCANS, 1e9 / SCANNED),
    .peer = "reading it",
    .kind = FIGURE_AT_MOST,
    .goal = 100});
}

static result count_slot(void *data, const ring_slot *slot) {
  (void)slot;
  ++*(uint64_t *)data;
  return OK;
}

static double tail_ms(const bench *b) {
  story told;
  uint64_t count = 0;
  const uint64_t before = now_ns();
  need(story_open_after(&told, b->dir, SCANNED - TAIL), "the story");
  need(story_each(&told, count_slot, &count), "its slots");
  const double ms = (double)(now_ns() - before) / 1e6;
  story_finish(&told);
  need(count == TAIL ? OK : BAD_DATA, "its slots");
  return ms;
}

// What a return from a snapshot reads of a long journal: the last seconds.
static void bench_tail(const bench *b) {
  double ms[SCANS];
  for (int i = 0; i < SCANS; i++) ms[i] = tail_ms(b);
  figures_at_most("journal-tail", figure_of(ms, SCANS, 1), "ms", 40);
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
  bench_tail(&b);
  recorder_destroy(b.recorder);
  need(io_remove_tree(AT_FDCWD, folder), folder);
  return 0;
}
