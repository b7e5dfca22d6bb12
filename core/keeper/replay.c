// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/replay.h"

#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/base/memory_map.h"
#include "core/keeper/beginning.h"
#include "core/keeper/feed.h"
#include "core/keeper/player_proc.h"
#include "core/keeper/start_state.h"
#include "core/record/archive.h"

#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TURN_MS = 5, FIRST_REQUEST = 1, WORKS_ROOM_MS = 120000 };

typedef struct replaying {
  const replay_request *request;
  replay *out;
  story story;
  beginning begun;
  feed feed;
  snapshot start; // what it began with, if that is a copy
  ring empty;     // the ring in which no live slot ever comes
  int empty_fd;
  player_proc *player;
  bool caught_up, done, works_ok;
  char *why;
  size_t room;
} replaying;

PRINTF_LIKE(2, 3) static void say(replaying *run, const char *format, ...) {
  va_list list;
  va_start(list, format);
  vsnprintf(run->why, run->room, format, list);
  va_end(list);
}

// ---- What the player hands back --------------------------------------------------------

static void copy_text(char *to, size_t room, const json_t *about, const char *key) {
  const char *text = json_string_value(json_object_get(about, key));
  snprintf(to, room, "%s", text ? text : "");
}

static bool has_file(const replay *r, const char *file) {
  for (uint32_t i = 0; i < r->count; i++)
    if (!strcmp(r->works[i].file, file)) return true;
  return false;
}

static void take_work(
  void *data, const char *about_json, const void *bytes, size_t size, int fd) {
  replaying *run = data;
  replay *r = run->out;
  (void)fd;
  json_t *about = json_loads(about_json, 0, NULL);
  if (r->count < REPLAY_WORKS_MAX && about && bytes) {
    replay_work *work = &r->works[r->count];
    char name[256];
    copy_text(work->kind, sizeof(work->kind), about, "kind");
    copy_text(work->title, sizeof(work->title), about, "title");
    copy_text(name, sizeof(name), about, strcmp(work->kind, "facts") ? "title" : "name");
    uint32_t index = 0;
    do archive_work_name(work->kind, name, index, work->file);
    while (has_file(r, work->file) && ++index < REPLAY_WORKS_MAX);
    work->bytes = malloc(size);
    work->size = work->bytes ? size : 0;
    if (work->bytes) memcpy(work->bytes, bytes, size);
    r->count += work->bytes != NULL;
  }
  json_decref(about);
}

static void take_works_done(void *data, const works_said *said) {
  replaying *run = data;
  run->done = true;
  run->works_ok = said->good;
}

static void take_caught_up(void *data, uint64_t blocks) {
  replaying *run = data;
  (void)blocks;
  run->caught_up = true;
}

// ---- Making ready ----------------------------------------------------------------------

static result open_story(replaying *run) {
  result r = story_open(&run->story, run->request->dir);
  if (r == NOT_FOUND)
    say(run, "There is no journal; how this creation was made was not kept.");
  else if (r)
    say(
      run, "The journal cannot be read (%s); its finished files stand.", result_text(r));
  if (r) return r;
  r = beginning_read(&run->begun, run->story.begin_json);
  if (r)
    say(run,
      "The beginning of the journal cannot be understood (%s); the finished files stand.",
      result_text(r));
  return r;
}

static const exercise_entry *find_exercise(replaying *run) {
  const exercise_entry *entry =
    exercise_list_find(run->request->exercises, run->begun.exercise);
  if (!entry || entry->refused) {
    say(run,
      "%s made this creation and is not among the exercises that load; install it, see "
      "\"gesto exercises\".",
      run->begun.exercise);
    return NULL;
  }
  json_t *declared = json_loads(entry->declared, 0, NULL);
  const char *version = json_string_value(json_object_get(declared, "version"));
  if (version && strcmp(version, run->begun.version))
    snprintf(run->out->note, sizeof(run->out->note),
      "It was made with version %s of %s; this "
      "is version %s.",
      run->begun.version, run->begun.exercise, version);
  json_decref(declared);
  if (run->story.damaged)
    snprintf(run->out->note, sizeof(run->out->note),
      "The journal is damaged; what can still be read of it is played.");
  return entry;
}

static result make_ring(replaying *run) {
  static const uint8_t no_session[16];
  const size_t bytes = sizeof(ring_head) + sizeof(ring_slot);
  result r = memory_create_shared("gesto-empty", bytes, &run->empty_fd);
  if (!r) r = ring_init(&run->empty, run->empty_fd, bytes, no_session);
  return r;
}

static result order(replaying *run, const exercise_entry *entry) {
  const exercise_entry with = beginning_entry(&run->begun, entry);
  const beginning *b = &run->begun;
  player_order order = {
    .exercise = &with,
    .creation = b->creation,
    .seed = b->seed,
    .width = b->width,
    .height = b->height,
    .scale = b->scale,
    .look_flags = b->look_flags,
    .text_scale = b->text_scale,
    .mode = MODE_REPLAY,
    .ring_fd = run->empty_fd,
    .bell = &run->empty,
    .first_seq = run->story.last_seq + 1,
    .feed_fd = run->feed.fd,
    .feed_count = run->feed.count,
  };
  start_state_order(b, &run->start, &order);
  const player_calls calls = {.data = run,
    .work = take_work,
    .works_done = take_works_done,
    .caught_up = take_caught_up};
  return player_proc_order(run->player, &order, &calls);
}

static result begin(replaying *run) {
  result r = open_story(run);
  if (r) return r;
  const exercise_entry *entry = find_exercise(run);
  if (!entry) return NOT_FOUND;
  const feed_options options = {
    .until_us = run->request->until_us, .held = run->request->speed > 0};
  r = feed_make(&run->feed, &run->story, &options);
  if (!r) r = start_state_open(&run->begun, run->request->dir, &run->start);
  if (!r) r = make_ring(run);
  if (!r) r = player_proc_start(&run->player, entry->wants_voices);
  if (!r) r = order(run, entry);
  if (r) say(run, "The replay could not be started (%s).", result_text(r));
  return r;
}

// ---- Playing ---------------------------------------------------------------------------

static bool is_gone(const player_proc *p) {
  const player_state state = player_proc_state(p);
  return state == PLAYER_CRASHED || state == PLAYER_REFUSED || state == PLAYER_ENDED;
}

static result turn(replaying *run) {
  const result r = player_proc_wait(run->player, 0, TURN_MS);
  if (r == ENDED || is_gone(run->player)) {
    const char *why = player_proc_why(run->player);
    say(run, "The replay ended early. %s", why[0] ? why : "Its player is gone.");
    return FAILED;
  }
  return OK;
}

static result play(replaying *run) {
  uint64_t begun_us = 0;
  result r = OK;
  while (!r && !run->caught_up) {
    r = turn(run);
    const player_state state = player_proc_state(run->player);
    const bool playing = state == PLAYER_CATCHING_UP || state == PLAYER_LIVE;
    if (!begun_us && playing) begun_us = clock_now_us();
    if (playing && run->request->speed > 0)
      feed_release(&run->feed,
        (uint64_t)((double)(clock_now_us() - begun_us) * run->request->speed));
    if (state == PLAYER_LIVE && !run->feed.count) run->caught_up = true;
  }
  return r;
}

static result collect(replaying *run) {
  const uint64_t until = clock_now_us() + (uint64_t)WORKS_ROOM_MS * 1000;
  result r = player_proc_ask_works(run->player, FIRST_REQUEST);
  while (!r && !run->done && clock_now_us() < until) r = turn(run);
  if (!r && !run->works_ok) {
    say(run, "The exercise could not hand over its works; the finished files stand.");
    r = FAILED;
  }
  return r;
}

result replay_run(replay *out, const replay_request *request, char *why, size_t room) {
  *out = (replay){0};
  replaying run = {.request = request,
    .out = out,
    .feed = {.fd = -1},
    .empty_fd = -1,
    .why = why,
    .room = room};
  if (room) why[0] = 0;
  result r = begin(&run);
  if (!r) r = play(&run);
  if (!r) r = collect(&run);
  if (r && room && !why[0])
    say(&run, "The replay did not go through (%s).", result_text(r));
  out->reached_us = run.feed.end_us;
  player_proc_destroy(run.player);
  ring_finish(&run.empty);
  io_close(run.empty_fd);
  feed_finish(&run.feed);
  snapshot_finish(&run.start);
  beginning_finish(&run.begun);
  story_finish(&run.story);
  return r;
}

void replay_finish(replay *r) {
  for (uint32_t i = 0; i < r->count; i++) free(r->works[i].bytes);
  *r = (replay){0};
}
