// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/replay_frames.h"

#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/keeper/replay_begin.h"

#include <fcntl.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TURN_MS = 1, LIMIT_US = 60 * 1000 * 1000, SIDE_MAX = 8192 };

typedef struct framing {
  const frames_request *request;
  replay_begin begin;
  player_proc *player;
  uint32_t width, height; // pixels
  void *png;              // the last picture; NULL: none yet
  size_t size;
  bool answered;
  uint64_t handed; // newest slot that is in it
  char *why;
  size_t room;
} framing;

static void take_glimpse(void *data, const void *png, size_t size) {
  framing *f = data;
  free(f->png);
  f->png = png ? malloc(size) : NULL;
  f->size = f->png ? size : 0;
  if (f->png) memcpy(f->png, png, size);
  f->answered = true;
}

// ---- Its player ----------------------------------------------------------------------------

static uint32_t pixels(float units, float scale) {
  const float all = roundf(units * scale);
  if (all < 1) return 1;
  return all > (float)SIDE_MAX ? SIDE_MAX : (uint32_t)all;
}

static result begin(framing *f) {
  const replay_wish all = {.dir = f->request->dir, .until_us = UINT64_MAX, .held = true};
  result r = replay_begin_open(&f->begin, &all, f->why, f->room);
  if (r) return r;
  const beginning *b = &f->begin.begun;
  const exercise_entry *entry =
    replay_exercise(f->request->exercises, b->exercise, f->why, f->room);
  if (!entry) return NOT_FOUND;
  f->width = pixels(b->width, b->scale);
  f->height = pixels(b->height, b->scale);
  const exercise_entry with = beginning_entry(b, entry);
  player_order order = replay_begin_order(&f->begin, &with);
  order.held = true;
  const player_calls calls = {.data = f, .glimpse = take_glimpse};
  r = player_proc_start(&f->player, entry->wants_voices);
  if (!r) r = player_proc_order(f->player, &order, &calls);
  if (r)
    snprintf(f->why, f->room, "The replay could not be started (%s).", result_text(r));
  return r;
}

static result turn(framing *f) {
  const result r = player_proc_wait(f->player, 0, TURN_MS);
  if (r != ENDED && player_proc_state(f->player) < PLAYER_ENDED) return OK;
  snprintf(f->why, f->room, "The replay ended early. %s", player_proc_why(f->player));
  return FAILED;
}

static bool has_arrived(const framing *f) {
  const player_page *page = player_proc_page(f->player);
  return player_proc_state(f->player) >= PLAYER_CATCHING_UP &&
    atomic_load(&page->done_seq) >= feed_handed(&f->begin.feed);
}

static result wait_for(framing *f, bool glimpse) {
  const uint64_t until_us = clock_now_us() + LIMIT_US;
  result r = OK;
  while (!r && !(glimpse ? f->answered : has_arrived(f))) {
    r = turn(f);
    if (r || clock_now_us() < until_us) continue;
    snprintf(f->why, f->room, "The replay does not go on.");
    r = FAILED;
  }
  return r;
}

// ---- The pictures --------------------------------------------------------------------------

static result look(framing *f) {
  f->answered = false;
  result r = player_proc_ask_glimpse(f->player, f->width, f->height);
  ring_ring(&f->begin.feed.ring); // it sleeps there until all is handed out
  if (!r) r = wait_for(f, true);
  if (!r && f->png) return OK;
  if (!f->why[0]) snprintf(f->why, f->room, "A picture could not be made.");
  return FAILED;
}

// Where nothing happened the picture before is shown once more.
static result picture_at(framing *f, uint64_t time_us) {
  feed_release(&f->begin.feed, time_us);
  const uint64_t handed = feed_handed(&f->begin.feed);
  if (f->png && handed == f->handed) return OK;
  f->handed = handed;
  const result r = wait_for(f, false);
  return r ? r : look(f);
}

static result put(framing *f, uint64_t number) {
  char name[40];
  int fd = -1;
  snprintf(name, sizeof name, "frame-%06" PRIu64 ".png", number);
  result r =
    io_open(f->request->to, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644, &fd);
  if (!r) r = io_write_all(fd, f->png, f->size);
  io_close(fd);
  if (r == EXISTS)
    snprintf(f->why, f->room, "%s is there already; name a folder without frames.", name);
  else if (r)
    snprintf(f->why, f->room, "%s could not be written (%s).", name, result_text(r));
  return r;
}

static double step_us(const frames_request *q) {
  return q->speed * 1e6 / (double)q->a_second;
}

uint64_t frames_count(const frames_request *q) {
  const double all_us = (double)timelapse_of(q->lapse, q->end_us);
  return (uint64_t)ceil(all_us / step_us(q)) + 1;
}

static uint64_t moment_of(const frames_request *q, uint64_t number) {
  const uint64_t lapse_us = (uint64_t)((double)(number - 1) * step_us(q));
  const uint64_t time_us = timelapse_shows(q->lapse, lapse_us);
  return time_us < q->end_us ? time_us : q->end_us;
}

result frames_write(const frames_request *q, char *why, size_t room) {
  framing f = {.request = q,
    .begin = {.feed = {.fd = -1}, .empty_fd = -1},
    .why = why,
    .room = room};
  const uint64_t count = frames_count(q);
  if (room) why[0] = 0;
  result r = begin(&f);
  for (uint64_t n = 1; n <= count && !r; n++) {
    r = picture_at(&f, n == count ? q->end_us : moment_of(q, n));
    if (!r) r = put(&f, n);
  }
  player_proc_destroy(f.player);
  replay_begin_finish(&f.begin);
  free(f.png);
  return r;
}
