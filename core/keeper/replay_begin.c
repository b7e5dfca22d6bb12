// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/replay_begin.h"

#include "core/base/io.h"
#include "core/base/memory_map.h"
#include "core/keeper/start_state.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// ---- The nearest snapshot ----------------------------------------------------------------

typedef struct search {
  uint64_t near_us, pieces; // pieces: bytes of them that there are
  snapshot best;            // without memory
  uint64_t before_seq;
} search;

// A few hundred heads are read in a few milliseconds.
static result look_at(void *data, int dir, const char *name, bool is_dir) {
  search *s = data;
  snapshot one;
  uint64_t seq = 0;
  if (is_dir || sscanf(name, "snap-%" SCNu64, &seq) != 1) return OK;
  if (seq <= s->best.seq || seq >= s->before_seq) return OK;
  if (snapshot_file_look(dir, seq, &one) != OK) return OK;
  const bool whole = one.tapes == 0 && one.pieces <= s->pieces;
  const bool fits = whole && one.time_us > 0 && one.time_us <= s->near_us;
  if (fits) s->best = one;
  return OK;
}

static bool find_before(int folder, search *s) {
  s->best = (snapshot){0};
  return io_each(folder, ".", look_at, s) == OK && s->best.seq > 0;
}

static void find_snapshot(const replay_wish *wish, snapshot *found) {
  search s = {.near_us = wish->near_us,
    .pieces = piece_memory_filed(wish->dir),
    .before_seq = UINT64_MAX};
  int folder = -1;
  *found = (snapshot){0};
  if (io_open_dir(wish->dir, "snapshots", &folder) != OK) return;
  while (find_before(folder, &s) && snapshot_file_load(folder, s.best.seq, found) != OK)
    s.before_seq = s.best.seq;
  io_close(folder);
}

// ---- Beginning ---------------------------------------------------------------------------

static result open_story(
  replay_begin *b, const replay_wish *wish, char *why, size_t room) {
  result r = story_open_after(&b->story, wish->dir, b->from.seq);
  if (r == NOT_FOUND)
    snprintf(why, room, "There is no journal; how this creation was made was not kept.");
  else if (r)
    snprintf(why, room, "The journal cannot be read (%s); its finished files stand.",
      result_text(r));
  if (r) return r;
  r = beginning_read(&b->begun, b->story.begin_json);
  if (r)
    snprintf(why, room,
      "The beginning of the journal cannot be understood (%s); the finished files stand.",
      result_text(r));
  return r;
}

static result make_ring(replay_begin *b) {
  static const uint8_t no_session[16];
  const size_t bytes = sizeof(ring_head) + sizeof(ring_slot);
  result r = memory_create_shared("gesto-empty", bytes, &b->empty_fd);
  return r ? r : ring_init(&b->empty, b->empty_fd, bytes, no_session);
}

static result make_feed(
  replay_begin *b, const replay_wish *wish, char *why, size_t room) {
  const feed_options options = {
    .after_seq = b->from.seq, .until_us = wish->until_us, .held = wish->held};
  result r = feed_make(&b->feed, &b->story, &options);
  if (!r && b->from.fd <= 0) r = start_state_open(&b->begun, wish->dir, &b->from);
  if (!r) r = creation_picture_open(&b->picture, wish->dir, b->begun.picture);
  if (!r) r = make_ring(b);
  if (!r) r = piece_memory_borrow(&b->pieces, b->from.pieces > 0 ? wish->dir : -1);
  if (r) snprintf(why, room, "The replay could not be started (%s).", result_text(r));
  return r;
}

result replay_begin_open(
  replay_begin *b, const replay_wish *wish, char *why, size_t room) {
  *b = (replay_begin){.feed = {.fd = -1}, .empty_fd = -1};
  if (wish->near_us > 0) find_snapshot(wish, &b->from);
  b->from_us = b->from.time_us;
  result r = open_story(b, wish, why, room);
  if (!r) r = make_feed(b, wish, why, room);
  if (r) replay_begin_finish(b);
  return r;
}

player_order replay_begin_order(replay_begin *b, const exercise_entry *with) {
  const beginning *begun = &b->begun;
  player_order order = {
    .exercise = with,
    .creation = begun->creation,
    .seed = begun->seed,
    .width = begun->width,
    .height = begun->height,
    .scale = begun->scale,
    .look_flags = begun->look_flags,
    .text_scale = begun->text_scale,
    .mode = MODE_REPLAY,
    .ring_fd = b->empty_fd,
    .bell = &b->empty,
    .first_seq = b->story.last_seq + 1,
    .feed_fd = b->feed.fd,
    .feed_count = b->feed.count,
    .pieces = &b->pieces,
    .picture_fd = b->picture.fd,
    .picture_size = b->picture.size,
  };
  if (b->from.seq == 0) {
    start_state_order(begun, &b->from, &order);
    return order;
  }
  order.width = b->from.width;
  order.height = b->from.height;
  order.scale = b->from.scale;
  order.look_flags = b->from.look_flags;
  order.text_scale = b->from.text_scale;
  order.state_fd = b->from.fd;
  order.state_size = b->from.size;
  order.state_version = b->from.version;
  return order;
}

void replay_begin_finish(replay_begin *b) {
  ring_finish(&b->empty);
  if (b->empty_fd > 0) io_close(b->empty_fd);
  feed_finish(&b->feed);
  creation_picture_close(&b->picture);
  snapshot_finish(&b->from);
  piece_memory_finish(&b->pieces);
  beginning_finish(&b->begun);
  story_finish(&b->story);
  *b = (replay_begin){.feed = {.fd = -1}, .empty_fd = -1};
}

const exercise_entry *replay_exercise(
  exercise_list *list, const char *id, char *why, size_t room) {
  const exercise_entry *entry = exercise_list_find(list, id);
  if (entry && !entry->refused) return entry;
  snprintf(why, room,
    "%s made this creation and is not among the exercises that load; install it, see "
    "\"gesto exercises\".",
    id);
  return NULL;
}
