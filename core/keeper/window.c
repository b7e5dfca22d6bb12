// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/window.h"

#include "core/base/clock.h"
#include "core/keeper/patience.h"

#include <stdlib.h>

enum {
  PING_US = 700 * 1000, // with its answer and a start: 1.5 s from a hang to a page
  STIRRED_US = 3 * 1000 * 1000,
  REST_PING_US = 60 * 1000 * 1000,
  ANSWER_US = 500 * 1000,
  START_US = 20 * 1000 * 1000, // until its first word
  ENDS_WITHIN_US = 10 * 1000 * 1000,
  ENDS_COUNTED = 5,
  DELAYED_US = 100 * 1000, // we ourselves were kept from looking
};

void window_init(window *w, const char *program, const int ends[2], uint32_t ping_kind) {
  *w = (window){.program = program,
    .end = ends[0],
    .other_end = ends[1],
    .ping_kind = ping_kind,
    .patience = patience()};
}

static void begin_watch(window *w) {
  w->heard = w->awaits = false;
  w->ping_us = w->looked_us = clock_now_us();
}

static void empty_link(const window *w) {
  link_message *m = malloc(sizeof *m);
  if (!m) return;
  for (;;) {
    result done = link_receive(w->other_end, m, 0);
    if (done != OK && done != BAD_DATA) break;
    link_drop_fds(m);
  }
  free(m);
}

result window_start(window *w) {
  empty_link(w);
  begin_watch(w);
  const program_start start = {
    .name = w->program, .link = w->other_end, .out = -1, .err = -1};
  return child_start(&w->child, &start);
}

result window_adopt(window *w, int32_t pid) {
  begin_watch(w);
  w->heard = true;
  return pid > 1 ? child_adopt(&w->child, pid) : NOT_FOUND;
}

void window_heard(window *w) {
  w->heard = true;
  w->awaits = false;
}

void window_stirred(window *w) { w->stirred_us = clock_now_us(); }

static uint64_t ping_after_us(const window *w, uint64_t now) {
  const bool rests = w->stirred_us && now - w->stirred_us > STIRRED_US;
  return rests ? REST_PING_US : PING_US;
}

void window_wake(const window *w, wake_set *set) {
  if (w->child.pid <= 0) return;
  wake_on(set, w->end);
  wake_on(set, w->child.fd);
  uint64_t limit = w->awaits ? ANSWER_US * w->patience : ping_after_us(w, clock_now_us());
  wake_by(set, w->ping_us + limit);
}

static void note_end(window *w) {
  child_kill(&w->child);
  w->ends_us[w->ends++ % WINDOW_ENDS_ROOM] = clock_now_us();
}

static void send_ping(window *w, uint64_t now) {
  w->ping_us = now;
  w->awaits = link_say(w->end, w->ping_kind, ++w->ping, NULL) == OK;
}

static bool hangs(window *w, uint64_t now) {
  if (!w->heard) return now - w->ping_us > START_US * w->patience;
  return w->awaits && now - w->ping_us > ANSWER_US * w->patience;
}

window_news window_look(window *w) {
  if (w->child.pid <= 0) return WINDOW_ENDED;
  uint64_t now = clock_now_us();
  // What kept us from running may well have kept it from answering.
  uint64_t late = now - w->looked_us;
  if (w->awaits && late > PING_US + DELAYED_US) w->ping_us += late;
  w->looked_us = now;
  if (!child_runs(&w->child)) {
    note_end(w);
    return WINDOW_ENDED;
  }
  if (hangs(w, now)) {
    note_end(w);
    return WINDOW_HUNG;
  }
  if (w->heard && !w->awaits && now - w->ping_us >= ping_after_us(w, now))
    send_ping(w, now);
  return WINDOW_WELL;
}

bool window_gives_up(const window *w) {
  uint64_t most = ENDS_COUNTED * w->patience;
  if (most > WINDOW_ENDS_ROOM) most = WINDOW_ENDS_ROOM;
  if (w->ends < most) return false;
  uint64_t first = w->ends_us[(w->ends - most) % WINDOW_ENDS_ROOM];
  return clock_now_us() - first < ENDS_WITHIN_US;
}

void window_finish(window *w, int timeout_ms) { child_end(&w->child, timeout_ms); }
