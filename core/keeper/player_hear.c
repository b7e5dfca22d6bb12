// SPDX-License-Identifier: GPL-3.0-or-later
// What a player says to its keeper, message by message.
#include "core/base/io.h"
#include "core/keeper/player_inner.h"
#include "core/keeper/program.h"

#include <jansson.h>
#include <stdio.h>

enum { LOGS_MAX = 200 };

static void hear_ready(player_proc *p) {
  if (p->state != PLAYER_STARTING) return;
  p->state = PLAYER_SPARE;
  if (p->ordered && player_send_order(p)) program_kill(p->pid);
}

static void hear_loaded(player_proc *p) {
  if (p->state != PLAYER_LOADING) return;
  p->state = p->with_feed ? PLAYER_CATCHING_UP : PLAYER_LIVE;
  if (p->calls.loaded) p->calls.loaded(p->calls.data, p->in.text);
}

static void hear_caught_up(player_proc *p) {
  if (p->state != PLAYER_CATCHING_UP && p->state != PLAYER_LIVE) return;
  p->state = PLAYER_LIVE;
  player_take_reports(p);
  if (p->calls.caught_up) p->calls.caught_up(p->calls.data, p->in.big);
}

static void hear_refused(player_proc *p) {
  player_set_why(p, "%s", p->in.text);
  p->state = PLAYER_REFUSED;
}

static void hear_want(player_proc *p) {
  int fd = -1;
  const result r = lent_memory_give(&p->lent, LENT_WORK, p->in.a, p->in.big, &fd);
  link_message *m = player_blank(p, TO_PLAYER_MEMORY, p->in.a);
  if (!r) {
    m->big = p->in.big;
    m->fds[m->fd_count++] = fd;
  }
  if (player_say(p, m) == NOT_NOW) program_kill(p->pid); // it asks and never listens
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
    fprintf(stderr,
      "gesto: a work of this exercise was not taken: its memory is not as "
      "it was lent.\n");
    return;
  }
  if (p->calls.work && used)
    p->calls.work(p->calls.data, p->in.text, map.bytes, (size_t)used, fd);
  memory_map_close(&map);
  io_close(fd);
}

static void hear_works_done(player_proc *p) {
  player_take_reports(p);
  lent_memory_end_round(&p->lent);
  if (p->calls.works_done) p->calls.works_done(p->calls.data, p->in.a, p->in.b == 0);
}

static void hear_saved(player_proc *p) {
  player_take_reports(p);
  memory_map map = {0};
  int fd = -1;
  const bool good = p->in.b == 0;
  const result r =
    lent_memory_take(&p->lent, LENT_STATE, p->in.a, good ? p->in.big : 0, &map, &fd);
  const bool given = !r && good && p->in.big;
  const saved_state state = {.request = p->in.a,
    .seq = p->in.value > 0 ? (uint64_t)p->in.value : 0,
    .bytes = given ? map.bytes : NULL,
    .size = given ? (size_t)p->in.big : 0,
    .fd = fd,
    .version = p->in.text};
  if (p->calls.saved && r != NOT_FOUND) p->calls.saved(p->calls.data, &state);
  memory_map_close(&map);
  io_close(fd);
}

static void hear_log(player_proc *p) {
  if (p->in.a < GESTO_LOG_WARNING || p->logs++ >= LOGS_MAX) return;
  for (char *c = p->in.text; *c; c++)
    if ((unsigned char)*c < ' ' || *c == 127) *c = ' ';
  fprintf(stderr, "gesto-player: %.500s\n", p->in.text);
}

void player_hear(player_proc *p) {
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
  case FROM_PLAYER_LOG: hear_log(p); break;
  case FROM_PLAYER_FAREWELL: p->farewell = p->quitting; break;
  case FROM_PLAYER_CONTROL:
    if (calls->control) calls->control(calls->data, p->in.a, p->in.value);
    break;
  case FROM_PLAYER_SPOTS:
    if (calls->spots) calls->spots(calls->data, p->in.text);
    break;
  case FROM_PLAYER_GAVE_UP:
    player_set_why(p, "%s", p->in.text);
    if (calls->gave_up) calls->gave_up(calls->data, p->in.text);
    break;
  case FROM_PLAYER_ASSET:
    if (calls->asset) calls->asset(calls->data, p->in.text);
    break;
  default: break; // a later player may say more
  }
}
