// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/player_watch.h"

#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/keeper/patience.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
  CALL_US = 250000,
  LONG_CALL_US = 5000000,
  REPORTS_AT_ONCE = 20000,
  REPORTS_A_SECOND = 3000, // of 750 blocks
  REPORTS_A_SLOT = 64,
  BLOCK_LEAP = 1 << 30
};

void player_watch_init(player_watch *w) {
  *w = (player_watch){
    .patience = patience(), .credit = REPORTS_AT_ONCE, .credit_us = clock_now_us()};
}

static uint64_t processor_us(pid_t pid) {
  clockid_t clock;
  struct timespec used;
  if (clock_getcpuclockid(pid, &clock) || clock_gettime(clock, &used)) return 0;
  return (uint64_t)used.tv_sec * 1000000 + (uint64_t)used.tv_nsec / 1000;
}

// A main thread that sleeps inside an exercise's call waits for something that nobody will
// bring; one that is ready to run may only lack a processor.
static bool sleeps(pid_t pid) {
  char path[64];
  snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
  char *text = NULL;
  size_t size = 0;
  if (io_load(AT_FDCWD, path, 4096, &text, &size)) return false;
  const char *end = strrchr(text, ')');
  const bool asleep = end && end[1] == ' ' && end[2] == 'S';
  free(text);
  return asleep;
}

static bool busy_too_long(
  busy_watch *b, uint64_t since_us, uint64_t limit_us, pid_t pid, uint64_t now_us) {
  if (!since_us) {
    b->since_us = 0;
    return false;
  }
  if (since_us != b->since_us) {
    const bool likely = since_us <= now_us && now_us - since_us < limit_us;
    *b = (busy_watch){.since_us = since_us,
      .first_us = likely ? since_us : now_us,
      .cpu_us = processor_us(pid)};
  }
  if (now_us - b->first_us < limit_us) return false;
  return now_us - b->first_us >= 4 * limit_us ||
    processor_us(pid) - b->cpu_us >= limit_us / 2;
}

bool player_watch_hangs(
  player_watch *w, const player_page *page, pid_t pid, uint64_t now_us) {
  const uint32_t kind = atomic_load_explicit(&page->busy_kind, memory_order_relaxed);
  const uint64_t since = atomic_load_explicit(&page->busy_since_us, memory_order_acquire);
  const uint64_t sound =
    atomic_load_explicit(&page->sound_busy_since_us, memory_order_acquire);
  const uint64_t call = kind == BUSY_WORKS || kind == BUSY_LOAD ? LONG_CALL_US : CALL_US;
  const uint64_t limit_us = call * w->patience;
  return busy_too_long(&w->main, since, limit_us, pid, now_us) ||
    (since && now_us - w->main.first_us >= limit_us && sleeps(pid)) ||
    busy_too_long(&w->sound, sound, CALL_US * w->patience, pid, now_us);
}

void player_watch_stands_anew(player_watch *w) { w->best = w->best_us = 0; }

bool player_watch_stands(
  player_watch *w, uint64_t done, uint64_t wanted, uint64_t limit_us, uint64_t now_us) {
  if (done > wanted) done = wanted;
  if (done > w->best || w->best >= wanted || !w->best_us) w->best_us = now_us;
  if (done > w->best) w->best = done;
  return w->best < wanted && now_us - w->best_us > limit_us * w->patience;
}

static bool is_sound(
  const player_watch *w, const page_report *report, uint64_t newest_seq) {
  return report->kind >= REPORT_TOOK && report->kind <= REPORT_REDONE &&
    report->before_seq >= w->before_seq && report->before_seq <= newest_seq + 1 &&
    report->block < ((uint64_t)1 << 40) && report->count < BLOCK_LEAP;
}

// Credit for the time that passed, or for the slots that came.
static void give_credit(player_watch *w, const watch_bounds *bounds) {
  const uint64_t now = clock_now_us();
  const uint64_t slots =
    bounds->newest_seq > w->newest_seq ? bounds->newest_seq - w->newest_seq : 0;
  if (bounds->paced) {
    const uint64_t more = (now - w->credit_us) * REPORTS_A_SECOND / 1000000;
    w->credit = w->credit + more < REPORTS_AT_ONCE ? w->credit + more : REPORTS_AT_ONCE;
    if (more) w->credit_us = now;
  } else {
    w->credit += (slots < REPORTS_AT_ONCE ? slots : REPORTS_AT_ONCE) * REPORTS_A_SLOT;
  }
  w->newest_seq += slots;
}

static result spend(player_watch *w, uint32_t n) {
  if (n > w->credit) return BAD_DATA;
  w->credit -= n;
  return OK;
}

result player_watch_take(player_watch *w, player_page *page, const watch_bounds *bounds,
  page_report *reports, uint32_t room, uint32_t *count) {
  *count = 0;
  const uint64_t written =
    atomic_load_explicit(&page->reports_written, memory_order_acquire);
  const uint64_t taken = w->taken;
  if (written < taken || written - taken > PAGE_REPORTS) return BAD_DATA;
  const uint64_t ready = written - taken;
  const uint32_t n = ready < room ? (uint32_t)ready : room;
  for (uint32_t i = 0; i < n; i++) {
    reports[i] = page->reports[(taken + i) % PAGE_REPORTS];
    if (!is_sound(w, &reports[i], bounds->newest_seq)) return BAD_DATA;
    w->before_seq = reports[i].before_seq;
    *count = i + 1;
  }
  w->taken += n;
  atomic_store_explicit(&page->reports_taken, w->taken, memory_order_release);
  give_credit(w, bounds);
  return spend(w, n);
}
