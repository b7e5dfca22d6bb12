// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/replay.h"

#include "core/base/clock.h"
#include "core/keeper/replay_begin.h"
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
  replay_begin begin;
  player_proc *player;
  bool refused; // the state that it was to begin with
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
    work->in_front = json_is_true(json_object_get(about, "front"));
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

static const exercise_entry *find_exercise(replaying *run) {
  const exercise_entry *entry = replay_exercise(
    run->request->exercises, run->begin.begun.exercise, run->why, run->room);
  if (!entry) return NULL;
  json_t *declared = json_loads(entry->declared, 0, NULL);
  const char *version = json_string_value(json_object_get(declared, "version"));
  if (version && strcmp(version, run->begin.begun.version))
    snprintf(run->out->note, sizeof(run->out->note),
      "It was made with version %s of %s; this "
      "is version %s.",
      run->begin.begun.version, run->begin.begun.exercise, version);
  json_decref(declared);
  if (run->begin.story.damaged)
    snprintf(run->out->note, sizeof(run->out->note),
      "The journal is damaged; what can still be read of it is played.");
  return entry;
}

static result begin(replaying *run, uint64_t near_us) {
  const replay_request *request = run->request;
  const replay_wish wish = {.dir = request->dir,
    .near_us = near_us,
    .until_us = request->until_us,
    .held = request->speed > 0};
  result r = replay_begin_open(&run->begin, &wish, run->why, run->room);
  if (r) return r;
  const exercise_entry *entry = find_exercise(run);
  if (!entry) return NOT_FOUND;
  const exercise_entry with = beginning_entry(&run->begin.begun, entry);
  const player_order order = replay_begin_order(&run->begin, &with);
  const player_calls calls = {.data = run,
    .work = take_work,
    .works_done = take_works_done,
    .caught_up = take_caught_up};
  r = player_proc_start(&run->player, entry->wants_voices);
  if (!r) r = player_proc_order(run->player, &order, &calls);
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
    run->refused = player_proc_state(run->player) == PLAYER_REFUSED;
    return FAILED;
  }
  return OK;
}

// Where a paced replay has come to by now.
static uint64_t reached_us(const replaying *run, uint64_t begun_us) {
  static const timelapse nothing_skipped;
  const timelapse *lapse = run->request->lapse ? run->request->lapse : &nothing_skipped;
  const double passed_us = (double)(clock_now_us() - begun_us) * run->request->speed;
  return timelapse_shows(
    lapse, timelapse_of(lapse, run->begin.from_us) + (uint64_t)passed_us);
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
      feed_release(&run->begin.feed, reached_us(run, begun_us));
    if (state == PLAYER_LIVE && !run->begin.feed.count) run->caught_up = true;
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

// A state that is of no use to the player (it is of another version, or damaged) costs time
// and nothing else.
static result begin_and_play(replaying *run) {
  const uint64_t until_us = run->request->until_us;
  result r = begin(run, until_us < UINT64_MAX ? until_us : 0);
  if (!r) r = play(run);
  if (!r || !run->refused || run->begin.from.seq == 0) return r;
  player_proc_destroy(run->player);
  run->player = NULL;
  replay_begin_finish(&run->begin);
  if (run->room) run->why[0] = 0;
  r = begin(run, 0);
  return r ? r : play(run);
}

result replay_run(replay *out, const replay_request *request, char *why, size_t room) {
  *out = (replay){0};
  replaying run = {.request = request, .out = out, .why = why, .room = room};
  if (room) why[0] = 0;
  result r = begin_and_play(&run);
  if (!r) r = collect(&run);
  if (r && room && !why[0])
    say(&run, "The replay did not go through (%s).", result_text(r));
  out->reached_us = run.begin.feed.end_us;
  player_proc_destroy(run.player);
  replay_begin_finish(&run.begin);
  return r;
}

void replay_finish(replay *r) {
  for (uint32_t i = 0; i < r->count; i++) free(r->works[i].bytes);
  *r = (replay){0};
}
