// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/desk_replay.h"

#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/base/memory_map.h"
#include "core/keeper/beginning.h"
#include "core/keeper/feed.h"
#include "core/keeper/player_proc.h"
#include "core/keeper/start_state.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TURN_US = 16 * 1000, TOLD_US = 200 * 1000 };

struct desk_replay {
  int link, dir;
  double speed;
  story story;
  beginning begun;
  feed feed;
  snapshot start; // what it began with, if that is a copy
  ring empty;     // the player's live ring, in which nothing ever comes
  int empty_fd;
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
  *m = (link_message){.kind = TO_DESK_PLAYER, .big = r->story.end_us, .fd_count = 2};
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

static result make_ring(desk_replay *r) {
  static const uint8_t no_session[16];
  const size_t bytes = sizeof(ring_head) + sizeof(ring_slot);
  result done = memory_create_shared("gesto-empty", bytes, &r->empty_fd);
  return done == OK ? ring_init(&r->empty, r->empty_fd, bytes, no_session) : done;
}

// The stage of then, in as many pixels as there are now.
static void fit(desk_replay *r, const desk_replay_wish *wish) {
  float across = (float)wish->width / r->begun.width;
  float down = (float)wish->height / r->begun.height;
  float scale = across < down ? across : down;
  r->scale = scale > 0 ? scale : r->begun.scale;
  r->width = (uint32_t)(r->begun.width * r->scale);
  r->height = (uint32_t)(r->begun.height * r->scale);
}

static result order(desk_replay *r, const exercise_entry *entry) {
  const beginning *b = &r->begun;
  const exercise_entry with = beginning_entry(b, entry);
  player_order how = {.exercise = &with,
    .creation = b->creation,
    .seed = b->seed,
    .width = b->width,
    .height = b->height,
    .scale = b->scale,
    .look_flags = b->look_flags,
    .text_scale = b->text_scale,
    .mode = MODE_REPLAY,
    .ring_fd = r->empty_fd,
    .bell = &r->empty,
    .first_seq = r->story.last_seq + 1,
    .feed_fd = r->feed.fd,
    .feed_count = r->feed.count,
    .with_frame = true};
  start_state_order(b, &r->start, &how);
  const player_calls calls = {.data = r, .loaded = hear_loaded};
  result done = player_proc_start(&r->player, entry->wants_voices);
  return done == OK ? player_proc_order(r->player, &how, &calls) : done;
}

static result open_creation(desk_replay *r, const char *path, char *why, size_t room) {
  result done = io_open_dir(AT_FDCWD, path, &r->dir);
  if (done == OK) done = story_open(&r->story, r->dir);
  if (done == OK) done = beginning_read(&r->begun, r->story.begin_json);
  if (done == NOT_FOUND) {
    snprintf(why, room, "How this was made was not kept; its finished works are there.");
  } else if (done != OK) {
    snprintf(why, room, "How this was made cannot be read (%s).", result_text(done));
  }
  return done;
}

result desk_replay_begin(
  desk_replay **made, const desk_replay_wish *wish, char *why, size_t room) {
  *made = NULL;
  desk_replay *r = calloc(1, sizeof *r);
  if (!r) return NO_MEMORY;
  r->link = wish->link;
  r->dir = r->empty_fd = -1;
  r->feed.fd = -1;
  r->speed = wish->speed > 0 && wish->speed <= 1000 ? wish->speed : 1;
  const exercise_entry *entry = NULL;
  result done = open_creation(r, wish->path, why, room);
  if (done == OK) {
    entry = house_exercise(wish->house, r->begun.exercise, why, room);
    done = entry ? OK : NOT_FOUND;
  }
  const feed_options options = {.until_us = UINT64_MAX, .held = true};
  if (done == OK) done = feed_make(&r->feed, &r->story, &options);
  if (done == OK) done = start_state_open(&r->begun, r->dir, &r->start);
  if (done == OK) done = make_ring(r);
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
  ring_finish(&r->empty);
  io_close(r->empty_fd);
  feed_finish(&r->feed);
  snapshot_finish(&r->start);
  beginning_finish(&r->begun);
  story_finish(&r->story);
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
  bool all = feed_release(&r->feed, reached);
  ring_ring(&r->empty); // the desk took a picture, maybe: it has no bell of ours
  if (reached > r->story.end_us) reached = r->story.end_us;
  if (all && !r->ended) {
    r->ended = true;
    tell(r, r->story.end_us, true);
  } else if (!r->ended && now - r->told_us >= TOLD_US) {
    tell(r, reached, false);
  }
}

bool desk_replay_turn(desk_replay *r) {
  player_proc_handle(r->player);
  if (r->loaded) feed_on(r);
  return player_proc_state(r->player) >= PLAYER_ENDED;
}
