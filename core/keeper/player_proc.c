// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/player_proc.h"

#include "core/base/beside.h"
#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/keeper/player_inner.h"
#include "core/keeper/program.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#ifdef GESTO_SANITIZED
enum { SANITIZED = 1 }; // needs all memory there is, and says what it finds
#else
enum { SANITIZED = 0 };
#endif
enum {
  MESSAGES_A_TURN = 256,
  BAD_PACKETS_MAX = 16,
  TALK_A_SECOND = 32768,
  START_MS = 10000,
};

// What an exercise prints goes nowhere, unless its author wants to see it: a terminal can be
// steered by it, and a log filled.
static bool speaks(void) { return SANITIZED || getenv("GESTO_PLAYER_STDERR"); }

static result spawn(player_proc *p, bool voices) {
  int ends[2];
  char home[4096];
  char fonts[4096 + 32];
  result r = beside_program("assets/fonts.conf", home, sizeof(home));
  if (!r) r = link_pair(ends);
  if (r) return r;
  snprintf(fonts, sizeof(fonts), "FONTCONFIG_FILE=%s", home);
  const char *const args[] = {voices ? "--voices" : NULL, NULL};
  const char *const extra[] = {
    "HOME=/", "LANG=C.UTF-8", "OMP_NUM_THREADS=1", fonts, NULL};
  const program_start start = {
    .name = "gesto-player",
    .args = args,
    .extra = extra,
    .keep = PLAYER_VARIABLES,
    .link = ends[1],
    .out = -1,
    .err = speaks() ? -1 : PROGRAM_SILENT,
  };
  r = program_spawn(&start, &p->pid);
  io_close(ends[1]);
  p->link = ends[0];
  return r;
}

result player_proc_start(player_proc **out, bool voices) {
  *out = NULL;
  player_proc *p = calloc(1, sizeof(*p));
  if (!p) return NO_MEMORY;
  *p = (player_proc){.state = PLAYER_STARTING,
    .link = -1,
    .memory = {-1, -1, -1},
    .started_us = clock_now_us()};
  const result r = spawn(p, voices);
  if (r) {
    io_close(p->link);
    free(p);
    return r;
  }
  *out = p;
  return OK;
}

result player_say(player_proc *p, const link_message *m) {
  if (player_is_over(p)) return ENDED;
  const result r = link_send(p->link, m);
  if (!r && p->bell) ring_ring(p->bell);
  return r;
}

link_message *player_blank(player_proc *p, uint32_t kind, uint32_t a) {
  link_message *m = &p->out;
  m->kind = kind;
  m->a = a;
  m->b = m->text_size = m->fd_count = 0;
  m->big = 0;
  m->value = 0;
  m->text[0] = 0;
  return m;
}

// A spare was started with the most that an exercise may have; from outside it can only sink.
static result limit_memory(const player_proc *p) {
  const struct rlimit most = {p->data_bytes, p->data_bytes};
  if (SANITIZED || !p->data_bytes) return OK;
  return prlimit(p->pid, RLIMIT_DATA, &most, NULL) ? FAILED : OK;
}

result player_send_order(player_proc *p) {
  result r = limit_memory(p);
  if (!r) r = player_say(p, &p->order);
  link_drop_fds(&p->order);
  if (r) return r;
  p->state = PLAYER_LOADING;
  p->ordered_us = clock_now_us();
  return OK;
}

result player_proc_order(
  player_proc *p, const player_order *order, const player_calls *calls) {
  if (p->ordered || (p->state != PLAYER_STARTING && p->state != PLAYER_SPARE))
    return NOT_NOW;
  result r = player_order_pack(order, &p->order, &p->memory);
  if (r) return r;
  r = memory_map_open(&p->page, p->memory.page_fd, true, sizeof(player_page));
  if (r) {
    link_drop_fds(&p->order);
    return r;
  }
  p->ordered = true;
  p->calls = *calls;
  p->bell = order->bell;
  p->paced = order->mode == MODE_LIVE;
  p->follows = order->mode != MODE_REPLAY && order->bell;
  p->first_seq = order->first_seq;
  p->exercise = order->exercise->id ? strdup(order->exercise->id) : NULL;
  p->data_bytes = (uint64_t)order->exercise->memory_mib << 20;
  p->with_feed = order->feed_fd >= 0 && order->feed_count;
  p->held = order->held;
  player_watch_init(&p->watch);
  return p->state == PLAYER_SPARE ? player_send_order(p) : OK;
}

result player_proc_resize(player_proc *p, uint32_t w, uint32_t h, float scale) {
  int fd = -1;
  result r = p->memory.frame_fd < 0 ? NOT_NOW : player_order_frame(w, h, &fd);
  if (r) return r;
  link_message *m = player_blank(p, TO_PLAYER_FRAME, w);
  m->b = h;
  m->value = (double)scale;
  m->fds[m->fd_count++] = fd;
  r = player_say(p, m);
  if (r) {
    io_close(fd);
    return r;
  }
  io_close(p->memory.frame_fd);
  p->memory.frame_fd = fd;
  return OK;
}

result player_proc_ask_works(player_proc *p, uint32_t request) {
  const result r = player_say(p, player_blank(p, TO_PLAYER_WORKS, request));
  if (!r) p->works_asked = true;
  if (!r) p->wants = 0;
  return r;
}

static result ask_state(
  player_proc *p, uint32_t request, bool with_history, uint64_t value) {
  int fd = -1;
  memory_map map;
  result r = lent_memory_give(&p->lent, LENT_STATE, request, PLAYER_STATE_MAX, &fd);
  if (r) return r;
  link_message *m = player_blank(p, TO_PLAYER_SAVE, request);
  m->b = with_history;
  m->big = PLAYER_STATE_MAX;
  m->value = (double)value;
  m->fds[m->fd_count++] = fd;
  r = player_say(p, m);
  if (r && !lent_memory_take(&p->lent, LENT_STATE, request, 0, &map, &fd)) {
    memory_map_close(&map);
    io_close(fd);
  }
  return r;
}

result player_proc_ask_state(
  player_proc *p, uint32_t request, bool with_history, uint64_t oldest) {
  return ask_state(p, request, with_history, with_history ? oldest : 0);
}

result player_proc_ask_state_without(player_proc *p, uint32_t request, uint32_t papers) {
  return ask_state(p, request, false, papers);
}

// As room_for of player/jobs.c: more than an encoder of ours writes.
static uint64_t glimpse_room(uint32_t width, uint32_t height) {
  return (uint64_t)width * height * 4 * 101 / 100 + height + (64 << 10);
}

result player_proc_ask_glimpse(player_proc *p, uint32_t width, uint32_t height) {
  int fd = -1;
  memory_map map;
  result r =
    lent_memory_give(&p->lent, LENT_GLIMPSE, 1, glimpse_room(width, height), &fd);
  if (r) return r;
  link_message *m = player_blank(p, TO_PLAYER_GLIMPSE, 1);
  m->big = (uint64_t)width << 32 | height;
  m->fds[m->fd_count++] = fd;
  r = player_say(p, m);
  if (r && !lent_memory_take(&p->lent, LENT_GLIMPSE, 1, 0, &map, &fd)) {
    memory_map_close(&map);
    io_close(fd);
  }
  return r;
}

void player_proc_quit(player_proc *p) {
  p->quitting = true;
  if (!player_is_over(p) && player_say(p, player_blank(p, TO_PLAYER_QUIT, 0)))
    program_kill(p->pid);
}

// Each message costs us time, a long one more.
static bool talks_without_end(player_proc *p) {
  const uint64_t now = clock_now_us();
  if (now - p->second_us >= 1000000) {
    p->second_us = now;
    p->in_second = 0;
  }
  p->in_second += 1 + p->in.text_size / 1024;
  return p->in_second > TALK_A_SECOND;
}

// False: it is gone, or has to go.
static bool take_message(player_proc *p, result got) {
  if (got && got != BAD_DATA) return false;
  if (talks_without_end(p))
    player_condemn(p, "The exercise's program talks without end.");
  else if (got && ++p->bad_packets >= BAD_PACKETS_MAX)
    player_condemn(p, "The exercise's program said what nobody understands.");
  else if (!got)
    player_hear(p);
  link_drop_fds(&p->in);
  return !p->condemned && p->state != PLAYER_REFUSED;
}

static void take_messages(player_proc *p) {
  for (int i = 0; i < MESSAGES_A_TURN; i++) {
    const result r = link_receive(p->link, &p->in, 0);
    if (r == NOT_NOW) return;
    if (take_message(p, r)) continue;
    player_finish(p);
    return;
  }
}

// What it has done so far, as a number that rises; of a feed also what lies between slots.
static uint64_t progress(const player_proc *p) {
  const player_page *page = p->page.bytes;
  const uint64_t done = atomic_load(&page->done_seq);
  if (p->state == PLAYER_CATCHING_UP) return done + atomic_load(&page->sound_block);
  return done < p->first_seq ? p->first_seq - 1 : done;
}

// It takes nothing in, though it is in no call that could be timed.
static bool stands_still(player_proc *p, uint64_t now_us) {
  const uint64_t patience = p->watch.patience;
  switch (p->state) {
  case PLAYER_LOADING: return now_us - p->ordered_us > WATCH_STILL_US * patience;
  case PLAYER_CATCHING_UP:
    return !p->held &&
      player_watch_stands(
        &p->watch, progress(p), UINT64_MAX, WATCH_STILL_FEED_US, now_us);
  case PLAYER_LIVE:
    return p->follows &&
      player_watch_stands(
        &p->watch, progress(p), ring_written(p->bell), WATCH_STILL_US, now_us);
  default: return false;
  }
}

static bool hangs(player_proc *p, uint64_t now_us) {
  if (p->state == PLAYER_STARTING)
    return now_us - p->started_us > (uint64_t)START_MS * 1000;
  if (!p->page.bytes) return false;
  return player_watch_hangs(&p->watch, p->page.bytes, p->pid, now_us) ||
    stands_still(p, now_us);
}

void player_proc_handle(player_proc *p) {
  if (p->pid < 0) return;
  player_take_reports(p);
  if (p->condemned)
    player_finish(p);
  else
    take_messages(p);
  if (p->pid >= 0 && hangs(p, clock_now_us())) player_end_hanging(p);
  player_tell_end(p);
}

bool player_proc_rests(const player_proc *p) {
  const player_page *page = p->page.bytes;
  return p->state == PLAYER_LIVE && p->follows && page != NULL &&
    progress(p) >= ring_written(p->bell) && atomic_load(&page->busy_since_us) == 0 &&
    atomic_load(&page->sound_busy_since_us) == 0 && atomic_load(&page->sound_block) == 0;
}

uint32_t player_proc_patience(const player_proc *p) {
  return p->watch.patience ? (uint32_t)p->watch.patience : 1;
}

void player_proc_give_up(player_proc *p, const char *why) { player_condemn(p, why); }

result player_proc_wait(player_proc *p, uint32_t mask, int timeout_ms) {
  const uint64_t until =
    clock_now_us() + (uint64_t)(timeout_ms < 0 ? 0 : timeout_ms) * 1000;
  for (;;) {
    player_proc_handle(p);
    if (mask & 1u << p->state && (p->pid < 0 || !player_is_over(p))) return OK;
    const uint64_t now = clock_now_us();
    if (p->pid < 0) return ENDED;
    if (timeout_ms >= 0 && now >= until) return NOT_NOW;
    struct pollfd one = {.fd = p->link, .events = POLLIN};
    const uint64_t left_ms = timeout_ms < 0 ? 20 : (until - now) / 1000 + 1;
    poll(&one, 1, left_ms < 20 ? (int)left_ms : 20);
  }
}

void player_proc_destroy(player_proc *p) {
  if (!p) return;
  p->calls = (player_calls){0};
  if (p->pid >= 0) {
    player_proc_quit(p);
    if (p->state == PLAYER_STARTING)
      program_kill(p->pid); // it would answer only once it is warm
    if (player_proc_wait(p, 0, PLAYER_FAREWELL_MS) == NOT_NOW) program_kill(p->pid);
  }
  if (p->pid >= 0) program_wait(p->pid, 0);
  io_close(p->link);
  link_drop_fds(&p->order);
  memory_map_close(&p->page);
  io_close(p->memory.page_fd);
  io_close(p->memory.frame_fd);
  io_close(p->memory.wave_fd);
  lent_memory_finish(&p->lent);
  free(p->exercise);
  free(p);
}

int player_proc_fd(const player_proc *p) { return p->link; }

pid_t player_proc_pid(const player_proc *p) { return p->pid; }

player_state player_proc_state(const player_proc *p) { return p->state; }

const char *player_proc_why(const player_proc *p) { return p->why; }

int player_proc_page_fd(const player_proc *p) { return p->memory.page_fd; }

int player_proc_frame_fd(const player_proc *p) { return p->memory.frame_fd; }

int player_proc_wave_fd(const player_proc *p) { return p->memory.wave_fd; }

const player_page *player_proc_page(const player_proc *p) { return p->page.bytes; }

uint64_t player_proc_last_seq(const player_proc *p) { return p->last_seq; }

bool player_proc_was_killed(const player_proc *p) { return p->killed; }

bool player_proc_began(const player_proc *p) { return p->began; }
