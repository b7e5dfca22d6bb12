// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/desk_replay.h"

#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/base/memory_map.h"
#include "core/keeper/course.h"
#include "core/keeper/places.h"
#include "core/keeper/replay_begin.h"
#include "core/keeper/spares.h"

#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
  TURN_US = 16 * 1000,    // while it plays
  ARRIVING_US = 3 * 1000, // while the player takes in what it was given
  TOLD_US = 100 * 1000,
  LATE_MAX_US = 50 * 1000,   // more than this is not made up for
  FAR_US = 10 * 1000 * 1000, // so far ahead a snapshot may be nearer
};
static const double SPEED_LEAST = 0.25, SPEED_MOST = 1000;

struct desk_replay {
  int link, dir;
  const exercise_entry *entry;
  course course;
  timelapse lapse;        // its time as it is shown
  uint32_t width, height; // of the frame, pixels
  spares spares;
  replay_begin begin;
  player_proc *player;
  uint32_t players; // there were so far
  bool loaded;
  uint64_t at_us; // what was handed out so far
  uint64_t until_us;
  bool plays, skips, leaves_out;
  double speed;
  uint32_t number; // of the desk's last word
  bool told;       // that it holds where it was sent
  uint64_t turned_us, told_us;
  link_message out;
};

// ---- What the desk is told ---------------------------------------------------------------

static void send_blank(desk_replay *r, uint32_t kind, const int *fds, uint32_t count) {
  link_message *m = &r->out;
  m->fd_count = count;
  for (uint32_t i = 0; i < count; i++) m->fds[i] = fds[i];
  m->kind = kind;
  const result done = link_send(r->link, m);
  (void)done; // a desk that is gone asks again
  m->fd_count = 0;
}

static void tell(desk_replay *r, bool holds) {
  r->out.a = holds;
  r->out.b = r->number;
  r->out.big = r->at_us;
  send_blank(r, TO_DESK_PROGRESS, NULL, 0);
  r->told_us = clock_now_us();
  r->told = holds;
}

static result tell_course(desk_replay *r) {
  char *text = course_json(&r->course);
  const size_t size = text ? strlen(text) : 0;
  int fd = -1;
  result done = text ? memory_create("gesto-course", size + 1, &fd) : NO_MEMORY;
  if (!done) done = io_write_all_at(fd, text, size, 0);
  if (!done) done = memory_seal(fd);
  r->out.big = size;
  if (!done) send_blank(r, TO_DESK_COURSE, &fd, 1);
  io_close(fd);
  free(text);
  return done;
}

static void hear_loaded(void *data, const char *declared_json) {
  desk_replay *r = data;
  const int fds[] = {player_proc_page_fd(r->player), player_proc_frame_fd(r->player)};
  (void)declared_json;
  r->out.big = r->course.end_us;
  send_blank(r, TO_DESK_PLAYER, fds, 2);
  r->loaded = true;
}

// ---- Its player ----------------------------------------------------------------------------

static void let_go(desk_replay *r) {
  if (r->player) player_proc_give_up(r->player, "It is replayed from another moment.");
  player_proc_destroy(r->player);
  r->player = NULL;
  r->loaded = false;
  replay_begin_finish(&r->begin);
}

static result order(desk_replay *r) {
  const exercise_entry with = beginning_entry(&r->begin.begun, r->entry);
  player_order how = replay_begin_order(&r->begin, &with);
  const player_calls calls = {.data = r, .loaded = hear_loaded};
  how.with_frame = true;
  how.frame_w = r->width;
  how.frame_h = r->height;
  how.held = true;
  how.with_wave = r->entry->wants_sound;
  r->players++;
  result done = spares_take(&r->spares, r->entry->wants_voices, &r->player);
  return done ? done : player_proc_order(r->player, &how, &calls);
}

static result open_near(desk_replay *r, uint64_t time_us, replay_begin *b) {
  char why[256];
  const replay_wish wish = {
    .dir = r->dir, .near_us = time_us, .until_us = UINT64_MAX, .held = true};
  return replay_begin_open(b, &wish, why, sizeof why);
}

static result begin_near(desk_replay *r, uint64_t time_us) {
  let_go(r);
  result done = open_near(r, time_us, &r->begin);
  return done ? done : order(r);
}

// A state that is of no use to its player costs time and nothing else.
static bool begins_anew(desk_replay *r) {
  const bool refused = player_proc_state(r->player) == PLAYER_REFUSED;
  return refused && r->begin.from.seq > 0 && begin_near(r, 0) == OK;
}

static bool is_nearer(desk_replay *r, uint64_t time_us) {
  replay_begin b;
  if (time_us < r->at_us + FAR_US || open_near(r, time_us, &b)) return false;
  const bool nearer = b.from_us > r->at_us;
  replay_begin_finish(&b);
  return nearer;
}

static void go_to(desk_replay *r, uint64_t time_us) {
  time_us = timelapse_past_cut(&r->lapse, time_us);
  if (!r->player || time_us < r->at_us || is_nearer(r, time_us)) {
    const result done = begin_near(r, time_us);
    (void)done; // without a player the turn says that it ended
  }
  r->at_us = time_us;
}

// ---- Beginning ---------------------------------------------------------------------------

static result look_whether_kept(const char *path, char *why, size_t room) {
  json_t *facts = place_facts(path, "creation.json");
  const bool kept = json_is_true(json_object_get(facts, "process"));
  json_decref(facts);
  if (kept && !place_is_private(path)) return OK;
  snprintf(why, room,
    "How this was made was not kept, as the client wished. The finished work is in the "
    "list.");
  return NOT_NOW;
}

// The stage of then, in as many pixels as there are now.
static void fit(desk_replay *r, const beginning *b, const desk_replay_ask *ask) {
  const float across = (float)ask->width / b->width;
  const float down = (float)ask->height / b->height;
  const float fits = across < down ? across : down;
  const float scale = fits > 0 ? fits : b->scale;
  r->width = (uint32_t)(b->width * scale + 0.5f);
  r->height = (uint32_t)(b->height * scale + 0.5f);
}

static result begin(desk_replay *r, const desk_replay_ask *ask, char *why, size_t room) {
  const replay_wish all = {.dir = r->dir, .until_us = UINT64_MAX, .held = true};
  result done = replay_begin_open(&r->begin, &all, why, room);
  if (done) return done;
  const beginning *b = &r->begin.begun;
  r->entry = house_exercise(ask->house, b->exercise, why, room);
  if (!r->entry) return NOT_FOUND;
  spares_keep_voiced(&r->spares, r->entry->wants_voices);
  snprintf(why, room, "How this was made cannot be read.");
  fit(r, b, ask);
  done = course_read(&r->course, &r->begin.story, b, r->entry->declared);
  if (!done) done = tell_course(r);
  return done ? done : order(r);
}

result desk_replay_begin(
  desk_replay **made, const desk_replay_ask *ask, char *why, size_t room) {
  *made = NULL;
  result done = look_whether_kept(ask->path, why, room);
  if (done) return done;
  desk_replay *r = calloc(1, sizeof *r);
  if (!r) return NO_MEMORY;
  *r = (desk_replay){.link = ask->link,
    .dir = -1,
    .speed = 1,
    .until_us = UINT64_MAX,
    .told = true,
    .begin = {.feed = {.fd = -1}, .empty_fd = -1}};
  done = io_open_dir(AT_FDCWD, ask->path, &r->dir);
  if (!done) done = begin(r, ask, why, room);
  if (done) {
    desk_replay_destroy(r);
    return done;
  }
  *made = r;
  return OK;
}

void desk_replay_destroy(desk_replay *r) {
  if (!r) return;
  let_go(r);
  spares_finish(&r->spares);
  timelapse_finish(&r->lapse);
  course_finish(&r->course);
  io_close(r->dir);
  free(r);
}

// ---- Going on ------------------------------------------------------------------------------

static bool moment_of(const json_t *wish, const char *key, uint64_t *time_us) {
  const json_t *value = json_object_get(wish, key);
  const json_int_t us = json_integer_value(value);
  if (!json_is_integer(value) || us < 0) return false;
  *time_us = (uint64_t)us;
  return true;
}

static void flag_of(const json_t *wish, const char *key, bool *flag) {
  const json_t *value = json_object_get(wish, key);
  if (json_is_boolean(value)) *flag = json_is_true(value);
}

static void show_time_as_wished(desk_replay *r) {
  timelapse_finish(&r->lapse);
  if (course_lapse(&r->course, r->skips, r->leaves_out, &r->lapse) != OK)
    timelapse_finish(&r->lapse); // all of it is shown then
}

void desk_replay_go(desk_replay *r, const char *json) {
  json_t *wish = json_loads(json, JSON_REJECT_DUPLICATES, NULL);
  const double speed = json_number_value(json_object_get(wish, "speed"));
  uint64_t at_us = 0;
  r->number = (uint32_t)json_integer_value(json_object_get(wish, "number"));
  flag_of(wish, "play", &r->plays);
  flag_of(wish, "skip", &r->skips);
  flag_of(wish, "leave_out", &r->leaves_out);
  if (speed >= SPEED_LEAST && speed <= SPEED_MOST) r->speed = speed;
  if (!moment_of(wish, "until", &r->until_us)) r->until_us = UINT64_MAX;
  show_time_as_wished(r);
  if (!moment_of(wish, "at", &at_us)) at_us = r->at_us;
  go_to(r, at_us < r->course.end_us ? at_us : r->course.end_us);
  json_decref(wish);
  r->told = false;
  r->turned_us = clock_now_us();
}

// What was handed out is in the picture, or will be in a moment.
static bool has_arrived(const desk_replay *r) {
  const player_page *page = player_proc_page(r->player);
  return r->loaded && atomic_load(&page->done_seq) >= feed_handed(&r->begin.feed);
}

static uint64_t hold_us(const desk_replay *r) {
  return r->until_us < r->course.end_us ? r->until_us : r->course.end_us;
}

static void go_on(desk_replay *r, uint64_t now_us) {
  const timelapse *lapse = &r->lapse;
  uint64_t passed_us = now_us - r->turned_us;
  if (passed_us > LATE_MAX_US) passed_us = LATE_MAX_US;
  const uint64_t more_us = (uint64_t)((double)passed_us * r->speed);
  uint64_t next_us = timelapse_shows(lapse, timelapse_of(lapse, r->at_us) + more_us);
  if (next_us > hold_us(r)) next_us = hold_us(r);
  if (next_us > r->at_us) r->at_us = next_us;
  if (r->at_us >= hold_us(r)) r->plays = false;
}

static void feed_on(desk_replay *r) {
  const uint64_t now_us = clock_now_us();
  const bool arrived = has_arrived(r);
  if (r->plays && arrived) go_on(r, now_us);
  r->turned_us = now_us;
  feed_release(&r->begin.feed, r->at_us);
  ring_ring(&r->begin.empty); // the desk took a picture, maybe: it has no bell of ours
  const bool holds = !r->plays && has_arrived(r);
  if (holds ? !r->told : arrived && now_us - r->told_us >= TOLD_US) tell(r, holds);
}

int desk_replay_wave(const desk_replay *r, uint32_t *number) {
  const bool as_it_was = r->speed > 0.99 && r->speed < 1.01;
  *number = r->players;
  if (!r->player || !r->loaded || !r->plays || !as_it_was) return -1;
  return player_proc_wave_fd(r->player);
}

void desk_replay_wake(desk_replay *r, wake_set *w) {
  if (!r->player) return;
  wake_on(w, player_proc_fd(r->player));
  // The next player is started while nothing else is to be done.
  if (r->loaded && !r->plays && r->told)
    spares_wake(&r->spares, w);
  else
    wake_by(w, clock_now_us() + (r->plays ? TURN_US : ARRIVING_US));
}

bool desk_replay_turn(desk_replay *r) {
  if (!r->player) return true;
  player_proc_handle(r->player);
  if (player_proc_state(r->player) >= PLAYER_ENDED) return !begins_anew(r);
  if (!r->loaded) return false;
  feed_on(r);
  if (!r->plays && r->told) spares_turn(&r->spares);
  return false;
}
