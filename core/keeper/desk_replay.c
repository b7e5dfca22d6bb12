// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/desk_replay.h"

#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/keeper/replay_begin.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TURN_US = 16 * 1000, TOLD_US = 200 * 1000 };

struct desk_replay {
  int link, dir;
  double speed;
  replay_begin begin;
  player_proc *player;
  bool loaded, ended;
  uint64_t began_us, told_us;
  uint32_t width, height; // of the frame
  float scale;
  link_message out;
};

static void hear_loaded(void *data, const char *declared_json) {
  desk_replay *r = data;
  result fits = player_proc_resize(r->player, r->width, r->height, r->scale);
  (void)fits; // else it is shown in the size it was made in
  link_message *m = &r->out;
  *m =
    (link_message){.kind = TO_DESK_PLAYER, .big = r->begin.story.end_us, .fd_count = 2};
  m->fds[0] = player_proc_page_fd(r->player);
  m->fds[1] = player_proc_frame_fd(r->player);
  size_t size = strlen(declared_json);
  if (size <= LINK_TEXT_MAX) {
    memcpy(m->text, declared_json, size + 1);
    m->text_size = (uint32_t)size;
  }
  result done = link_send(r->link, m);
  (void)done; // a desk that is gone asks again
  m->fd_count = 0;
  r->loaded = true;
  r->began_us = clock_now_us();
}

// The stage of then, in as many pixels as there are now.
static void fit(desk_replay *r, const desk_replay_wish *wish) {
  float across = (float)wish->width / r->begin.begun.width;
  float down = (float)wish->height / r->begin.begun.height;
  float scale = across < down ? across : down;
  r->scale = scale > 0 ? scale : r->begin.begun.scale;
  r->width = (uint32_t)(r->begin.begun.width * r->scale);
  r->height = (uint32_t)(r->begin.begun.height * r->scale);
}

static result order(desk_replay *r, const exercise_entry *entry) {
  const exercise_entry with = beginning_entry(&r->begin.begun, entry);
  player_order how = replay_begin_order(&r->begin, &with);
  how.with_frame = true;
  const player_calls calls = {.data = r, .loaded = hear_loaded};
  result done = player_proc_start(&r->player, entry->wants_voices);
  return done == OK ? player_proc_order(r->player, &how, &calls) : done;
}

result desk_replay_begin(
  desk_replay **made, const desk_replay_wish *wish, char *why, size_t room) {
  *made = NULL;
  desk_replay *r = calloc(1, sizeof *r);
  if (!r) return NO_MEMORY;
  r->link = wish->link;
  r->dir = -1;
  r->speed = wish->speed > 0 && wish->speed <= 1000 ? wish->speed : 1;
  const exercise_entry *entry = NULL;
  result done = io_open_dir(AT_FDCWD, wish->path, &r->dir);
  const replay_wish all = {.dir = r->dir, .until_us = UINT64_MAX, .held = true};
  if (done == OK) done = replay_begin_open(&r->begin, &all, why, room);
  if (done == OK) {
    entry = house_exercise(wish->house, r->begin.begun.exercise, why, room);
    done = entry ? OK : NOT_FOUND;
  }
  if (done == OK) fit(r, wish);
  if (done == OK) done = order(r, entry);
  if (done != OK) {
    desk_replay_destroy(r);
    return done;
  }
  *made = r;
  return OK;
}

void desk_replay_destroy(desk_replay *r) {
  if (!r) return;
  player_proc_destroy(r->player);
  replay_begin_finish(&r->begin);
  io_close(r->dir);
  free(r);
}

void desk_replay_wake(desk_replay *r, wake_set *w) {
  wake_on(w, player_proc_fd(r->player));
  wake_by(w, clock_now_us() + TURN_US);
}

static void tell(desk_replay *r, uint64_t reached_us, bool at_end) {
  link_message *m = &r->out;
  *m = (link_message){.kind = TO_DESK_PROGRESS, .a = at_end, .big = reached_us};
  result done = link_send(r->link, m);
  (void)done; // the next one comes soon
  r->told_us = clock_now_us();
}

static void feed_on(desk_replay *r) {
  uint64_t now = clock_now_us();
  uint64_t reached = (uint64_t)((double)(now - r->began_us) * r->speed);
  bool all = feed_release(&r->begin.feed, reached);
  ring_ring(&r->begin.empty); // the desk took a picture, maybe: it has no bell of ours
  if (reached > r->begin.story.end_us) reached = r->begin.story.end_us;
  if (all && !r->ended) {
    r->ended = true;
    tell(r, r->begin.story.end_us, true);
  } else if (!r->ended && now - r->told_us >= TOLD_US) {
    tell(r, reached, false);
  }
}

bool desk_replay_turn(desk_replay *r) {
  player_proc_handle(r->player);
  if (r->loaded) feed_on(r);
  return player_proc_state(r->player) >= PLAYER_ENDED;
}
