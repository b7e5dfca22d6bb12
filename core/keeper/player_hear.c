// SPDX-License-Identifier: GPL-3.0-or-later
// What a player says to its keeper, message by message.
#include "core/base/io.h"
#include "core/keeper/plain_text.h"
#include "core/keeper/player_inner.h"
#include "core/record/json_text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { LOGS_MAX = 200, WANTS_MAX = 256 };
static const double SEQ_MOST = 9007199254740992.0; // what a double holds exactly

static void hear_ready(player_proc *p) {
  if (p->state != PLAYER_STARTING) return;
  p->state = PLAYER_SPARE;
  if (p->ordered && player_send_order(p))
    player_condemn(p, "The exercise's program could not be told what to do.");
}

// It goes on to the window and into scripts: an object of a modest size and depth, and of the
// exercise that was ordered.
static bool declares_itself(const player_proc *p) {
  json_t *all = NULL;
  if (json_text_read(p->in.text, p->in.text_size, &all, NULL, 0)) return false;
  const char *id = json_string_value(json_object_get(all, "id"));
  const bool good = id && (!p->exercise || !strcmp(id, p->exercise));
  json_decref(all);
  return good;
}

static void hear_loaded(player_proc *p) {
  if (p->state != PLAYER_LOADING) return;
  if (!declares_itself(p)) {
    player_condemn(p, "The exercise does not say what it is.");
    return;
  }
  p->began = true;
  p->state = p->with_feed ? PLAYER_CATCHING_UP : PLAYER_LIVE;
  player_watch_stands_anew(&p->watch);
  if (p->calls.loaded) p->calls.loaded(p->calls.data, p->in.text);
}

static void hear_caught_up(player_proc *p) {
  if (p->state != PLAYER_CATCHING_UP && p->state != PLAYER_LIVE) return;
  if (p->state == PLAYER_CATCHING_UP) player_watch_stands_anew(&p->watch);
  p->state = PLAYER_LIVE;
  player_take_reports(p);
  if (p->calls.caught_up) p->calls.caught_up(p->calls.data, p->in.big);
}

// When it has begun already, what it was given to go on from is of no use to it.
static void hear_refused(player_proc *p) {
  if (p->state < PLAYER_STARTING || p->state > PLAYER_LIVE) return;
  player_set_why(p, "%s", p->in.text);
  p->state = PLAYER_REFUSED;
}

static bool may_print(player_proc *p) { return p->logs++ < LOGS_MAX; }

// More works than anybody makes, and none that nobody asked for.
static bool may_want(player_proc *p) {
  if (p->works_asked && p->wants++ < WANTS_MAX) return true;
  player_condemn(p, "The exercise's program asked for memory without end.");
  return false;
}

static void hear_want(player_proc *p) {
  int fd = -1;
  if (!may_want(p)) return;
  const result r = lent_memory_give(&p->lent, LENT_WORK, p->in.a, p->in.big, &fd);
  link_message *m = player_blank(p, TO_PLAYER_MEMORY, p->in.a);
  if (!r) {
    m->big = p->in.big;
    m->fds[m->fd_count++] = fd;
  } else if (may_print(p)) {
    fprintf(stderr, "gesto: there is no memory for a work of this exercise: %s.\n",
      result_text(r));
  }
  if (player_say(p, m) == NOT_NOW)
    player_condemn(p, "The exercise's program asks and does not listen.");
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
  if (!p->works_asked) return;
  const uint64_t used = bytes_of(p->in.text);
  const result r = lent_memory_take(&p->lent, LENT_WORK, p->in.a, used, &map, &fd);
  if (r) {
    const bool was_denied = r == NOT_FOUND && used == 0;
    if (!was_denied && may_print(p))
      fprintf(stderr,
        "gesto: a work of this exercise was not taken: its memory is not as "
        "it was lent (%s).\n",
        result_text(r));
    if (p->calls.work) p->calls.work(p->calls.data, p->in.text, NULL, 0, -1);
    return;
  }
  if (p->calls.work)
    p->calls.work(p->calls.data, p->in.text, used ? map.bytes : NULL, (size_t)used, fd);
  memory_map_close(&map);
  io_close(fd);
}

static void hear_works_done(player_proc *p) {
  if (!p->works_asked) return;
  p->works_asked = false;
  player_take_reports(p);
  lent_memory_end_round(&p->lent);
  const works_said said = {.request = p->in.a, .good = p->in.b == 0, .ended = p->in.big};
  if (p->calls.works_done) p->calls.works_done(p->calls.data, &said);
}

static void hear_saved(player_proc *p) {
  player_take_reports(p);
  memory_map map = {0};
  int fd = -1;
  const bool good = p->in.b == 0;
  const result r =
    lent_memory_take(&p->lent, LENT_STATE, p->in.a, good ? p->in.big : 0, &map, &fd);
  const bool given = !r && good && p->in.big;
  const bool is_seq = p->in.value > 0 && p->in.value < SEQ_MOST;
  const saved_state state = {.request = p->in.a,
    .seq = is_seq ? (uint64_t)p->in.value : 0,
    .bytes = given ? map.bytes : NULL,
    .size = given ? (size_t)p->in.big : 0,
    .fd = fd,
    .version = p->in.text};
  if (p->calls.saved && r != NOT_FOUND) p->calls.saved(p->calls.data, &state);
  memory_map_close(&map);
  io_close(fd);
}

static void hear_glimpse(player_proc *p) {
  memory_map map = {0};
  int fd = -1;
  const uint64_t size = p->in.b == 1 ? p->in.big : 0;
  const result r = lent_memory_take(&p->lent, LENT_GLIMPSE, p->in.a, size, &map, &fd);
  if (p->calls.glimpse && r != NOT_FOUND)
    p->calls.glimpse(p->calls.data, r || !size ? NULL : map.bytes, (size_t)size);
  memory_map_close(&map);
  io_close(fd);
}

static void hear_log(player_proc *p) {
  if (p->in.a < GESTO_LOG_WARNING || !may_print(p)) return;
  plain_text(p->in.text);
  fprintf(stderr, "gesto-player: %.500s\n", p->in.text);
}

static void hear_control(player_proc *p) {
  if (p->calls.control && isfinite(p->in.value))
    p->calls.control(p->calls.data, p->in.a, p->in.value);
}

// A replay says nothing; whether it is text, and how much of it, is looked at further on.
static void hear_say(player_proc *p) {
  if (p->state != PLAYER_LIVE || !p->calls.said || p->in.text_size > SAY_BYTES) return;
  p->calls.said(p->calls.data, p->in.text, p->in.a == 1, p->in.big);
}

static void hear_cue(player_proc *p) {
  const bool known =
    p->in.a == CHIME_STEP || p->in.a == CHIME_BREATH_IN || p->in.a == CHIME_BREATH_OUT;
  if (p->state == PLAYER_LIVE && p->calls.cue && known && isfinite(p->in.value))
    p->calls.cue(p->calls.data, p->in.a, p->in.value);
}

static void hear_gave_up(player_proc *p) {
  if (p->gave_up || p->state == PLAYER_STARTING) return;
  p->gave_up = true;
  player_set_why(p, "%s", p->in.text);
  if (p->calls.gave_up) p->calls.gave_up(p->calls.data, p->why);
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
  case FROM_PLAYER_GLIMPSE: hear_glimpse(p); break;
  case FROM_PLAYER_LOG: hear_log(p); break;
  case FROM_PLAYER_FAREWELL: p->farewell = p->quitting; break;
  case FROM_PLAYER_CONTROL: hear_control(p); break;
  case FROM_PLAYER_SAY: hear_say(p); break;
  case FROM_PLAYER_CUE: hear_cue(p); break;
  case FROM_PLAYER_SPOTS:
    if (calls->spots) calls->spots(calls->data, p->in.text);
    break;
  case FROM_PLAYER_GAVE_UP: hear_gave_up(p); break;
  case FROM_PLAYER_ASSET:
    if (calls->asset) calls->asset(calls->data, p->in.text);
    break;
  case FROM_PLAYER_PICTURED:
    if (calls->pictured) calls->pictured(calls->data);
    break;
  default: break; // a later player may say more
  }
}
