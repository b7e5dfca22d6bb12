// SPDX-License-Identifier: GPL-3.0-or-later
// The words between keeper and stage.
#include "core/keeper/live_inner.h"

#include "core/base/protocol.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static link_message *blank(live *l, uint32_t kind, uint32_t a) {
  link_message *m = l->out;
  m->kind = kind;
  m->a = a;
  m->b = m->text_size = m->fd_count = 0;
  m->big = 0;
  m->value = 0;
  m->text[0] = 0;
  return m;
}

static void send(live *l) {
  result done = link_send(l->stage.end, l->out);
  l->out->fd_count = 0; // they stay ours
  if (done != OK && done != ENDED) {
    fprintf(
      stderr, "gesto: the window could not be told something: %s.\n", result_text(done));
  }
}

static void set_text(link_message *m, const char *text) {
  size_t size = strlen(text);
  if (size > LINK_TEXT_MAX) size = 0;
  memcpy(m->text, text, size);
  m->text[size] = 0;
  m->text_size = (uint32_t)size;
}

// ---- To the stage ------------------------------------------------------------------------

static bool is_aside(const void *data, const exercise_entry *entry) {
  const live *l = data;
  for (uint32_t i = 0; i < l->aside_count; i++) {
    if (l->aside[i] == entry) return true;
  }
  return false;
}

static json_t *offered(const live *l) {
  return client_room_exercises(&l->room, &l->setup.house->exercises, is_aside, l);
}

// What the window opens at once: only in a session in which nothing was begun yet.
static const char *begins_with(live *l) {
  char why[512];
  bool fresh = !l->now && session_creation_count(l->sitting.session) == 0;
  if (!fresh || !l->setup.exercise || !l->setup.exercise[0]) return "";
  const exercise_entry *entry = live_find_exercise(l, l->setup.exercise, why, sizeof why);
  return entry ? entry->id : "";
}

// For a window that is started anew: nothing that was said is asked twice.
static json_t *said_so_far(live *l) {
  char *facts = session_facts(l->sitting.session);
  json_t *all = facts ? json_loads(facts, 0, NULL) : NULL;
  free(facts);
  return all ? all : json_object();
}

static void say_session(live *l) {
  link_message *m = blank(l, TO_STAGE_SESSION, 0);
  const char *first = begins_with(l);
  json_t *all = json_pack("{s:s, s:b, s:o, s:I, s:[], s:s, s:o}", "session",
    session_name(l->sitting.session), "calm", (int)l->calm, "exercises", offered(l),
    "next_creation", (json_int_t)session_creation_count(l->sitting.session) + 1, "works",
    "begin", first, "room", client_room_words(&l->room));
  if (all) json_object_set_new(all, "said", said_so_far(l));
  const bool due = l->closing && l->last_word_due;
  if (all) json_object_set_new(all, "last_word_due", json_boolean(due));
  if (all) json_object_set_new(all, "ends", json_boolean(l->closing && !due));
  if (all) live_add_choices(l, all);
  char *text = all ? json_dumps(all, JSON_COMPACT) : NULL;
  json_decref(all);
  if (!text) return;
  set_text(m, text);
  free(text);
  m->fds[0] = l->sitting.ring.fd;
  m->fds[1] = l->setup.hold->sound_page;
  m->fd_count = 2;
  send(l);
}

void live_say_player(live *l, bool again) {
  player_proc *player = l->now ? performance_player(l->now) : NULL;
  if (!player || !performance_declared(l->now)[0]) return;
  link_message *m = blank(l, TO_STAGE_PLAYER, performance_creation(l->now));
  m->b = again;
  m->big = performance_time_us(l->now);
  set_text(m, performance_declared(l->now));
  m->fds[0] = player_proc_page_fd(player);
  m->fds[1] = player_proc_frame_fd(player);
  m->fd_count = 2;
  send(l);
}

void live_say_spots(live *l) {
  if (!l->now || !performance_spots(l->now)[0]) return;
  link_message *m = blank(l, TO_STAGE_SPOTS, performance_creation(l->now));
  set_text(m, performance_spots(l->now));
  send(l);
}

void live_say_notice(live *l, const char *sentence) {
  if (sentence != l->notice) snprintf(l->notice, sizeof l->notice, "%s", sentence);
  result done = link_say(l->stage.end, TO_STAGE_NOTICE, 0, l->notice);
  (void)done; // the next stage is told after its HELLO
}

void live_say_settled(live *l) {
  if (l->close_retry_us == 0) return;
  l->close_retry_us = 0;
  live_say_notice(l, "");
}

// ---- From the stage ----------------------------------------------------------------------

static void hear_hello(live *l) {
  live_begin_session(l);
  if (!l->open) return;
  l->setup.page->stage_said_hello = 1;
  say_session(l);
  sound_page *page = l->sound_page.bytes;
  if (page && !l->calm) atomic_store(&page->hush, 0);
  l->calm = false;
  if (l->notice[0]) live_say_notice(l, l->notice);
  live_say_sound(l);
  live_say_note(l);
  live_say_player(l, true);
  live_say_spots(l);
  gallery_tell_again(&l->gallery);
}

static void hear_choose(live *l) {
  live_choice choice = {.carry_on = l->in->b == 1,
    .width = (uint32_t)(l->in->big >> 32),
    .height = (uint32_t)l->in->big,
    .look_flags = l->in->a,
    .scale = (float)l->in->value};
  if (l->in->text_size >= sizeof choice.exercise) return;
  memcpy(choice.exercise, l->in->text, l->in->text_size + 1);
  live_choose(l, &choice);
}

static void hear_resize(live *l) {
  if (!l->now) return;
  uint32_t w = l->in->a;
  uint32_t h = l->in->b;
  float scale = (float)l->in->value;
  l->setup.page->width = w;
  l->setup.page->height = h;
  l->setup.page->scale = scale;
  if (performance_resize(l->now, w, h, scale) != OK) return;
  link_message *m = blank(l, TO_STAGE_FRAME, w);
  m->b = h;
  m->fds[0] = player_proc_frame_fd(performance_player(l->now));
  m->fd_count = 1;
  send(l);
}

// Words of a client belong into session.json; the flow only says that there were some.
static void take_fact(live *l, const char *key, const json_t *value) {
  char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
  result done = text ? session_set_fact(l->sitting.session, key, text) : NO_MEMORY;
  if (done == OK) done = session_save(l->sitting.session);
  free(text);
  if (done != OK) fprintf(stderr, "gesto: a fact was not kept: %s.\n", result_text(done));
}

static void flow(live *l, const json_t *line) {
  char *text = line ? json_dumps(line, JSON_COMPACT) : NULL;
  result done = text ? session_flow(l->sitting.session, text) : NO_MEMORY;
  free(text);
  if (done != OK)
    fprintf(stderr, "gesto: the flow was not kept: %s.\n", result_text(done));
}

static void take_facts(live *l, json_t *all) {
  const char *key = NULL;
  json_t *value = NULL;
  json_object_foreach(all, key, value) {
    take_fact(l, key, value);
    json_t *line = json_pack("{s:s}", "fact", key);
    flow(l, line);
    json_decref(line);
  }
  if (l->answers.settled) live_tell(l);
}

// Not given yet: no line of the flow, nobody reads it.
static void hear_draft(live *l) {
  json_t *draft = json_loads(l->in->text, JSON_REJECT_DUPLICATES, NULL);
  if (json_is_object(draft) && json_object_size(draft) > 0) {
    take_fact(l, "draft", draft);
  } else {
    session_drop_fact(l->sitting.session, "draft");
    result done = session_save(l->sitting.session);
    (void)done; // the next save does without it, too
  }
  json_decref(draft);
}

// What has a "fact" is a line of the flow as it stands.
static void hear_flow(live *l) {
  json_t *all = json_loads(l->in->text, JSON_REJECT_DUPLICATES, NULL);
  if (json_is_string(json_object_get(all, "fact")))
    flow(l, all);
  else
    take_facts(l, all);
  json_decref(all);
}

static void hear_room(live *l) {
  const result done = client_room_change(&l->room, l->in->text);
  if (done != OK)
    fprintf(stderr, "gesto: what was changed in the room was not kept: %s.\n",
      result_text(done));
  live_note_room(l);
}

static void hear_close(live *l) {
  if (l->closing) {
    live_take_last_word(l);
    return;
  }
  l->last_word_due = l->in->a == 1;
  l->setup.page->last_word_due = l->last_word_due;
  snprintf(l->setup.page->close, sizeof l->setup.page->close, "%s", l->in->text);
  result done = closing_read(&l->answers, l->in->text);
  if (done != OK) fprintf(stderr, "gesto: the answers at closing could not be read.\n");
  if (done == OK) done = closing_keep_given(&l->sitting, l->in->text);
  if (done != OK) fprintf(stderr, "gesto: the answers wait in memory for the disk.\n");
  live_close(l);
}

static void hear(live *l) {
  window_heard(&l->stage);
  if (l->in->kind != FROM_STAGE_PONG) window_stirred(&l->stage);
  if (l->in->kind == FROM_STAGE_HELLO) hear_hello(l);
  if (!l->open || l->closed) {
    l->bye = l->bye || l->in->kind == FROM_STAGE_BYE;
    (void)live_hear_sound(l); // the farewell is read aloud, too
    return;
  }
  switch (l->in->kind) {
  case FROM_STAGE_CHOOSE: hear_choose(l); break;
  case FROM_STAGE_RESIZE: hear_resize(l); break;
  case FROM_STAGE_LEAVE: live_leave(l); break;
  case FROM_STAGE_BACK: live_go_back(l, l->in->a); break;
  case FROM_STAGE_TROUBLE: live_write_trouble(l); break;
  case FROM_STAGE_CLOCK: live_set_minutes(l, l->in->a); break;
  case FROM_STAGE_KEEP_NOW:
    if (l->now) performance_keep_now(l->now);
    break;
  case FROM_STAGE_FLOW: hear_flow(l); break;
  case FROM_STAGE_ROOM: hear_room(l); break;
  case FROM_STAGE_DRAFT: hear_draft(l); break;
  case FROM_STAGE_CLOSE: hear_close(l); break;
  case FROM_STAGE_BYE: live_end(l); break;
  default: live_hear_sound(l); break;
  }
}

void live_hear_stage(live *l) {
  enum { WORDS_A_TURN = 64 };
  for (int i = 0; i < WORDS_A_TURN; i++) {
    result done = link_receive(l->stage.end, l->in, 0);
    if (done == BAD_DATA) continue;
    if (done != OK) return;
    link_drop_fds(l->in);
    hear(l);
  }
}
