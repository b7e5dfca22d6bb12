// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/player_proc.h"

#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/keeper/player_memory.h"
#include "core/keeper/player_order.h"
#include "core/keeper/player_watch.h"
#include "core/keeper/program.h"

#include <jansson.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

enum {
  MESSAGES_A_TURN = 256,
  REPORTS_A_TURN = 512,
  BAD_PACKETS_MAX = 16,
  LOGS_MAX = 200,
  STATE_ROOM = 64 << 20,
  FAREWELL_MS = 300,
  START_MS = 10000,
};

struct player_proc {
  pid_t pid;
  int link;
  player_state state;
  bool ordered, told, farewell, quitting, paced, killed;
  uint64_t started_us, last_seq, saved_seq;
  uint32_t bad_packets, logs;
  ordered_memory memory;
  memory_map page;
  ring *bell;
  bool with_feed;
  player_calls calls;
  player_watch watch;
  lent_memory lent;
  char why[512];
  page_report reports[REPORTS_A_TURN];
  link_message in, out, order; // `order` waits while the player is still starting
};

static bool is_over(const player_proc *p) {
  return p->state == PLAYER_ENDED || p->state == PLAYER_REFUSED ||
    p->state == PLAYER_CRASHED;
}

PRINTF_LIKE(2, 3) static void set_why(player_proc *p, const char *format, ...) {
  va_list list;
  va_start(list, format);
  vsnprintf(p->why, sizeof(p->why), format, list);
  va_end(list);
}

// ---- Starting --------------------------------------------------------------------------

static result spawn(player_proc *p, bool voices) {
  int ends[2];
  char home[4096];
  char fonts[4096 + 32];
  result r = program_path("assets/fonts.conf", home, sizeof(home));
  if (!r)
    r = link_pair(ends);
  if (r)
    return r;
  snprintf(fonts, sizeof(fonts), "FONTCONFIG_FILE=%s", home);
  const char *const args[] = {voices ? "--voices" : NULL, NULL};
  const char *const extra[] = {"HOME=/", "LANG=C.UTF-8", "OMP_NUM_THREADS=1", fonts, NULL};
  const program_start start = {
    .name = "gesto-player", .args = args, .extra = extra, .keep = PLAYER_VARIABLES,
    .link = ends[1], .out = -1, .err = -1,
  };
  r = program_spawn(&start, &p->pid);
  io_close(ends[1]);
  p->link = ends[0];
  return r;
}

result player_proc_start(player_proc **out, bool voices) {
  *out = NULL;
  player_proc *p = calloc(1, sizeof(*p));
  if (!p)
    return NO_MEMORY;
  *p = (player_proc){.state = PLAYER_STARTING, .link = -1, .memory = {-1, -1, -1},
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

// ---- Saying ----------------------------------------------------------------------------

// The player sleeps at the bell of its ring, not at its link.
static result say(player_proc *p, const link_message *m) {
  if (is_over(p))
    return ENDED;
  const result r = link_send(p->link, m);
  if (!r && p->bell)
    ring_ring(p->bell);
  return r;
}

static link_message *blank(player_proc *p, uint32_t kind, uint32_t a) {
  link_message *m = &p->out;
  m->kind = kind;
  m->a = a;
  m->b = m->text_size = m->fd_count = 0;
  m->big = 0;
  m->value = 0;
  m->text[0] = 0;
  return m;
}

static result send_order(player_proc *p) {
  const result r = say(p, &p->order);
  link_drop_fds(&p->order);
  if (!r)
    p->state = PLAYER_LOADING;
  return r;
}

result player_proc_order(player_proc *p, const player_order *order, const player_calls *calls) {
  if (p->ordered || (p->state != PLAYER_STARTING && p->state != PLAYER_SPARE))
    return NOT_NOW;
  result r = player_order_pack(order, &p->order, &p->memory);
  if (r)
    return r;
  r = memory_map_open(&p->page, p->memory.page_fd, true, sizeof(player_page));
  if (r) {
    link_drop_fds(&p->order);
    return r;
  }
  p->ordered = true;
  p->calls = *calls;
  p->bell = order->bell;
  p->paced = order->mode == MODE_LIVE;
  p->with_feed = order->feed_fd >= 0 && order->feed_count;
  player_watch_init(&p->watch);
  return p->state == PLAYER_SPARE ? send_order(p) : OK;
}

result player_proc_resize(player_proc *p, uint32_t w, uint32_t h, float scale) {
  int fd = -1;
  result r = p->memory.frame_fd < 0 ? NOT_NOW : player_order_frame(w, h, &fd);
  if (r)
    return r;
  link_message *m = blank(p, TO_PLAYER_FRAME, w);
  m->b = h;
  m->value = (double)scale;
  m->fds[m->fd_count++] = fd;
  r = say(p, m);
  if (r) {
    io_close(fd);
    return r;
  }
  io_close(p->memory.frame_fd);
  p->memory.frame_fd = fd;
  return OK;
}

result player_proc_ask_works(player_proc *p, uint32_t request) {
  return say(p, blank(p, TO_PLAYER_WORKS, request));
}

result player_proc_ask_state(player_proc *p, uint32_t request, bool with_history) {
  int fd = -1;
  memory_map map;
  result r = lent_memory_give(&p->lent, LENT_STATE, request, STATE_ROOM, &fd);
  if (r)
    return r;
  link_message *m = blank(p, TO_PLAYER_SAVE, request);
  m->b = with_history;
  m->big = STATE_ROOM;
  m->fds[m->fd_count++] = fd;
  r = say(p, m);
  if (r && !lent_memory_take(&p->lent, LENT_STATE, request, 0, &map, &fd)) {
    memory_map_close(&map);
    io_close(fd);
  }
  return r;
}

void player_proc_quit(player_proc *p) {
  p->quitting = true;
  if (!is_over(p) && say(p, blank(p, TO_PLAYER_QUIT, 0)))
    kill(p->pid, SIGKILL);
}

// ---- The end ---------------------------------------------------------------------------

static void note_place(player_proc *p) {
  if (!p->page.bytes)
    return;
  const player_page *page = p->page.bytes;
  if (atomic_load(&page->busy_since_us))
    p->last_seq = atomic_load(&page->busy_seq);
}

static void take_reports(player_proc *p) {
  uint32_t count = 0;
  if (!p->page.bytes || p->state == PLAYER_LOADING)
    return;
  do {
    const result r = player_watch_take(&p->watch, p->page.bytes, p->paced, p->reports,
                                       REPORTS_A_TURN, &count);
    if (count && p->calls.reports)
      p->calls.reports(p->calls.data, p->reports, count);
    if (r && !is_over(p)) {
      set_why(p, "The exercise damaged the memory that it shares with Gesto.");
      kill(p->pid, SIGKILL);
      return;
    }
  } while (count == REPORTS_A_TURN);
}

static void describe_end(player_proc *p, int status) {
  if (p->why[0])
    return;
  if (status >= 0 && WIFSIGNALED(status))
    set_why(p, "The exercise's program ended by signal %d (%s).", WTERMSIG(status),
            strsignal(WTERMSIG(status)));
  else
    set_why(p, "The exercise's program ended by itself (status %d).",
            status >= 0 ? WEXITSTATUS(status) : -1);
}

// It is gone or has closed its link; reports that it wrote before still count.
static void finish(player_proc *p) {
  const int status = program_wait(p->pid, p->farewell ? FAREWELL_MS : 20);
  p->killed = !p->why[0] && status >= 0 && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
  p->pid = -1;
  note_place(p);
  take_reports(p);
  if (p->farewell)
    p->state = PLAYER_ENDED;
  else if (p->state != PLAYER_REFUSED)
    p->state = PLAYER_CRASHED;
  if (p->state == PLAYER_CRASHED)
    describe_end(p, status);
  io_close(p->link);
  p->link = -1;
}

static void tell_end(player_proc *p) {
  if (p->told || p->pid >= 0)
    return;
  p->told = true;
  if (p->calls.ended)
    p->calls.ended(p->calls.data, p->state);
}

static void end_hanging(player_proc *p) {
  set_why(p, "The exercise did not answer any more.");
  note_place(p);
  kill(p->pid, SIGKILL);
  finish(p);
}

// ---- Hearing ---------------------------------------------------------------------------

static void hear_ready(player_proc *p) {
  if (p->state != PLAYER_STARTING)
    return;
  p->state = PLAYER_SPARE;
  if (p->ordered && send_order(p))
    kill(p->pid, SIGKILL);
}

static void hear_loaded(player_proc *p) {
  if (p->state != PLAYER_LOADING)
    return;
  p->state = p->with_feed ? PLAYER_CATCHING_UP : PLAYER_LIVE;
  if (p->calls.loaded)
    p->calls.loaded(p->calls.data, p->in.text);
}

static void hear_caught_up(player_proc *p) {
  if (p->state != PLAYER_CATCHING_UP && p->state != PLAYER_LIVE)
    return;
  p->state = PLAYER_LIVE;
  take_reports(p);
  if (p->calls.caught_up)
    p->calls.caught_up(p->calls.data, p->in.big);
}

static void hear_refused(player_proc *p) {
  set_why(p, "%s", p->in.text);
  p->state = PLAYER_REFUSED;
}

static void hear_want(player_proc *p) {
  int fd = -1;
  const result r = lent_memory_give(&p->lent, LENT_WORK, p->in.a, p->in.big, &fd);
  link_message *m = blank(p, TO_PLAYER_MEMORY, p->in.a);
  if (!r) {
    m->big = p->in.big;
    m->fds[m->fd_count++] = fd;
  }
  if (say(p, m) == NOT_NOW)
    kill(p->pid, SIGKILL); // it asks and never listens
}

static uint64_t bytes_of(const char *text) {
  json_t *about = json_loads(text, 0, NULL);
  const json_int_t n = json_integer_value(json_object_get(about, "bytes"));
  json_decref(about);
  return n > 0 ? (uint64_t)n : 0;
}

static void hear_work(player_proc *p) {
  memory_map map;
  int fd = -1;
  const uint64_t used = bytes_of(p->in.text);
  if (lent_memory_take(&p->lent, LENT_WORK, p->in.a, used, &map, &fd)) {
    fprintf(stderr, "gesto: a work of this exercise was not taken: its memory is not as "
      "it was lent.\n");
    return;
  }
  if (p->calls.work && used)
    p->calls.work(p->calls.data, p->in.text, map.bytes, (size_t)used, fd);
  memory_map_close(&map);
  io_close(fd);
}

static void hear_works_done(player_proc *p) {
  take_reports(p);
  lent_memory_end_round(&p->lent);
  if (p->calls.works_done)
    p->calls.works_done(p->calls.data, p->in.a, p->in.b == 0);
}

static void hear_saved(player_proc *p) {
  take_reports(p);
  memory_map map = {0};
  int fd = -1;
  const bool good = p->in.b == 0;
  const result r =
    lent_memory_take(&p->lent, LENT_STATE, p->in.a, good ? p->in.big : 0, &map, &fd);
  const bool given = !r && good && p->in.big;
  p->saved_seq = p->in.value > 0 ? (uint64_t)p->in.value : 0;
  if (p->calls.saved && r != NOT_FOUND)
    p->calls.saved(p->calls.data, p->in.a, given ? map.bytes : NULL,
                   given ? (size_t)p->in.big : 0, p->in.text);
  memory_map_close(&map);
  io_close(fd);
}

static void hear_tape(player_proc *p) {
  int fd = -1;
  uint64_t size = 0;
  const result r = lent_memory_tape(&p->lent, p->in.big, &fd, &size);
  link_message *m = blank(p, TO_PLAYER_TAPE, p->in.a);
  if (!r) {
    m->big = size;
    m->fds[m->fd_count++] = fd;
  }
  if (say(p, m) == NOT_NOW)
    kill(p->pid, SIGKILL);
  if (!r)
    io_close(fd);
}

static void hear_log(player_proc *p) {
  if (p->in.a < GESTO_LOG_WARNING || p->logs++ >= LOGS_MAX)
    return;
  for (char *c = p->in.text; *c; c++)
    if ((unsigned char)*c < ' ' || *c == 127)
      *c = ' ';
  fprintf(stderr, "gesto-player: %.500s\n", p->in.text);
}

static void hear(player_proc *p) {
  const player_calls *calls = &p->calls;
  switch (p->in.kind) {
  case FROM_PLAYER_READY: hear_ready(p); break;
  case FROM_PLAYER_LOADED: hear_loaded(p); break;
  case FROM_PLAYER_REFUSED: hear_refused(p); break;
  case FROM_PLAYER_CAUGHT_UP: hear_caught_up(p); break;
  case FROM_PLAYER_WANT: hear_want(p); break;
  case FROM_PLAYER_WORK: hear_work(p); break;
  case FROM_PLAYER_WORKS_DONE: hear_works_done(p); break;
  case FROM_PLAYER_SAVED: hear_saved(p); break;
  case FROM_PLAYER_TAPE: hear_tape(p); break;
  case FROM_PLAYER_LOG: hear_log(p); break;
  case FROM_PLAYER_FAREWELL: p->farewell = p->quitting; break;
  case FROM_PLAYER_CONTROL:
    if (calls->control)
      calls->control(calls->data, p->in.a, p->in.value);
    break;
  case FROM_PLAYER_GAVE_UP:
    set_why(p, "%s", p->in.text);
    if (calls->gave_up)
      calls->gave_up(calls->data, p->in.text);
    break;
  case FROM_PLAYER_ASSET:
    if (calls->asset)
      calls->asset(calls->data, p->in.text);
    break;
  default: break; // a later player may say more
  }
}

static void take_messages(player_proc *p) {
  for (int i = 0; i < MESSAGES_A_TURN; i++) {
    const result r = link_receive(p->link, &p->in, 0);
    if (r == NOT_NOW)
      return;
    if (r == BAD_DATA && ++p->bad_packets < BAD_PACKETS_MAX)
      continue;
    if (r) {
      finish(p);
      return;
    }
    hear(p);
    link_drop_fds(&p->in);
  }
}

void player_proc_handle(player_proc *p) {
  if (p->pid < 0)
    return;
  take_reports(p);
  take_messages(p);
  const uint64_t now = clock_now_us();
  const bool started = p->state != PLAYER_STARTING;
  if (p->pid >= 0 && !started && now - p->started_us > (uint64_t)START_MS * 1000)
    end_hanging(p);
  else if (p->pid >= 0 && p->page.bytes && started &&
    player_watch_hangs(&p->watch, p->page.bytes, p->pid, now))
    end_hanging(p);
  tell_end(p);
}

result player_proc_wait(player_proc *p, uint32_t mask, int timeout_ms) {
  const uint64_t until = clock_now_us() + (uint64_t)(timeout_ms < 0 ? 0 : timeout_ms) * 1000;
  for (;;) {
    player_proc_handle(p);
    if (mask & 1u << p->state && (p->pid < 0 || !is_over(p)))
      return OK;
    const uint64_t now = clock_now_us();
    if (p->pid < 0)
      return ENDED;
    if (timeout_ms >= 0 && now >= until)
      return NOT_NOW;
    struct pollfd one = {.fd = p->link, .events = POLLIN};
    const uint64_t left_ms = timeout_ms < 0 ? 20 : (until - now) / 1000 + 1;
    poll(&one, 1, left_ms < 20 ? (int)left_ms : 20);
  }
}

void player_proc_destroy(player_proc *p) {
  if (!p)
    return;
  p->calls = (player_calls){0};
  if (p->pid >= 0) {
    player_proc_quit(p);
    if (p->state == PLAYER_STARTING)
      kill(p->pid, SIGKILL); // it would answer only once it is warm
    if (player_proc_wait(p, 0, FAREWELL_MS) == NOT_NOW)
      kill(p->pid, SIGKILL);
  }
  if (p->pid >= 0)
    program_wait(p->pid, 0);
  io_close(p->link);
  link_drop_fds(&p->order);
  memory_map_close(&p->page);
  io_close(p->memory.page_fd);
  io_close(p->memory.frame_fd);
  io_close(p->memory.wave_fd);
  lent_memory_finish(&p->lent);
  free(p);
}

// ---- Asking ----------------------------------------------------------------------------

int player_proc_fd(const player_proc *p) {
  return p->link;
}

pid_t player_proc_pid(const player_proc *p) {
  return p->pid;
}

player_state player_proc_state(const player_proc *p) {
  return p->state;
}

const char *player_proc_why(const player_proc *p) {
  return p->why;
}

int player_proc_page_fd(const player_proc *p) {
  return p->memory.page_fd;
}

int player_proc_frame_fd(const player_proc *p) {
  return p->memory.frame_fd;
}

int player_proc_wave_fd(const player_proc *p) {
  return p->memory.wave_fd;
}

const player_page *player_proc_page(const player_proc *p) {
  return p->page.bytes;
}

uint64_t player_proc_last_seq(const player_proc *p) {
  return p->last_seq;
}

bool player_proc_was_killed(const player_proc *p) {
  return p->killed;
}

uint64_t player_proc_saved_seq(const player_proc *p) {
  return p->saved_seq;
}
