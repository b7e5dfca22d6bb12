// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/papers_gone.h"

#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/base/memory_map.h"
#include "core/keeper/beginning.h"
#include "core/keeper/player_proc.h"
#include "core/keeper/replay_begin.h"
#include "core/keeper/sitting.h"
#include "core/keeper/works.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { JSON_MOST = 1 << 20, WAIT_US = 8 * 1000 * 1000, TURN_MS = 20, REQUEST = 1 };
static const char STATE[] = "state";

// ---- The works ---------------------------------------------------------------------------

static json_t *about_of(const sitting *s, uint32_t creation) {
  char *bytes = NULL;
  size_t size = 0;
  const int dir = session_creation_dir(s->session, creation);
  if (dir < 0 || io_load(dir, "creation.json", JSON_MOST, &bytes, &size) != OK)
    return NULL;
  json_t *about = json_loadb(bytes, size, 0, NULL);
  free(bytes);
  return about;
}

static uint32_t paper_of(const json_t *work) {
  const uint32_t n = works_paper(work);
  return n > 0 ? UINT32_C(1) << (n - 1) : 0;
}

uint32_t papers_gone_of(const sitting *s, uint32_t creation) {
  uint32_t papers = 0;
  size_t i = 0;
  const json_t *work = NULL;
  json_t *about = about_of(s, creation);
  json_array_foreach(json_object_get(about, "works"), i, work) papers |= paper_of(work);
  json_decref(about);
  return papers;
}

static result drop_works(sitting *s, uint32_t creation, uint32_t papers) {
  result first = OK;
  size_t i = 0;
  const json_t *work = NULL;
  json_t *about = about_of(s, creation);
  json_array_foreach(json_object_get(about, "works"), i, work) {
    const char *file = json_string_value(json_object_get(work, "file"));
    if (!file || !(paper_of(work) & papers)) continue;
    const result done = session_drop_work(s->session, creation, file);
    if (first == OK && done != NOT_FOUND) first = done;
  }
  json_decref(about);
  return first;
}

// ---- The state ---------------------------------------------------------------------------

typedef struct making {
  beginning begun;
  char version[64];
  char *bytes;
  size_t size;
  int state_fd, empty_fd;
  ring empty; // in which nothing ever comes
  player_proc *player;
  char *made;
  size_t made_size;
  bool answered;
} making;

static void take_state(void *data, const saved_state *state) {
  making *m = data;
  m->answered = true;
  if (!state->bytes) return;
  m->made = malloc(state->size);
  if (!m->made) return;
  memcpy(m->made, state->bytes, state->size);
  m->made_size = state->size;
}

static result make_memory(making *m) {
  static const uint8_t no_session[16];
  const size_t bytes = sizeof(ring_head) + sizeof(ring_slot);
  result r = memory_create("gesto-state", m->size, &m->state_fd);
  if (r == OK) r = io_write_all_at(m->state_fd, m->bytes, m->size, 0);
  if (r == OK) r = memory_seal(m->state_fd);
  if (r == OK) r = memory_create_shared("gesto-empty", bytes, &m->empty_fd);
  return r == OK ? ring_init(&m->empty, m->empty_fd, bytes, no_session) : r;
}

static result order(making *m, const exercise_entry *entry) {
  const exercise_entry with = beginning_entry(&m->begun, entry);
  const beginning *b = &m->begun;
  const player_order wanted = {.exercise = &with,
    .creation = b->creation,
    .seed = b->seed,
    .width = b->width,
    .height = b->height,
    .scale = b->scale,
    .look_flags = b->look_flags,
    .text_scale = b->text_scale,
    .mode = MODE_REPLAY,
    .ring_fd = m->empty_fd,
    .bell = &m->empty,
    .first_seq = 1,
    .feed_fd = -1,
    .state_fd = m->state_fd,
    .state_size = m->size,
    .state_version = m->version};
  const player_calls calls = {.data = m, .saved = take_state};
  result r = player_proc_start(&m->player, with.wants_voices);
  return r == OK ? player_proc_order(m->player, &wanted, &calls) : r;
}

static result wait_for_state(making *m, uint32_t papers) {
  const uint64_t until = clock_now_us() + WAIT_US;
  bool asked = false;
  while (!m->answered && clock_now_us() < until) {
    if (player_proc_wait(m->player, 0, TURN_MS) == ENDED) return FAILED;
    const player_state now = player_proc_state(m->player);
    if (now > PLAYER_LIVE) return FAILED;
    if (now != PLAYER_LIVE || asked) continue;
    const result r = player_proc_ask_state_without(m->player, REQUEST, papers);
    if (r != OK) return r;
    asked = true;
  }
  return m->made ? OK : FAILED;
}

static result make(making *m, sitting *s, uint32_t creation, uint32_t papers) {
  char why[512];
  const char *json = recorder_begin_json(s->recorder, creation);
  result r = json && s->exercises ? beginning_read(&m->begun, json) : NOT_FOUND;
  if (r != OK) return r;
  json_t *about = about_of(s, creation);
  const json_t *facts = json_object_get(about, "facts");
  const char *version = json_string_value(json_object_get(facts, "state_version"));
  snprintf(m->version, sizeof m->version, "%s", version ? version : m->begun.version);
  json_decref(about);
  const exercise_entry *entry =
    replay_exercise(s->exercises, m->begun.exercise, why, sizeof why);
  if (!entry) return NOT_FOUND;
  r = make_memory(m);
  if (r == OK) r = order(m, entry);
  return r == OK ? wait_for_state(m, papers) : r;
}

static void making_finish(making *m) {
  player_proc_destroy(m->player);
  ring_finish(&m->empty);
  if (m->empty_fd > 0) io_close(m->empty_fd);
  if (m->state_fd > 0) io_close(m->state_fd);
  beginning_finish(&m->begun);
  free(m->bytes);
  free(m->made);
}

// What cannot be made without them does not stay with them.
static result renew_state(sitting *s, uint32_t creation, uint32_t papers) {
  making m = {0};
  const int dir = session_creation_dir(s->session, creation);
  const result there = io_load(dir, STATE, PLAYER_STATE_MAX, &m.bytes, &m.size);
  if (there == NOT_FOUND) return OK;
  result r = there == OK ? make(&m, s, creation, papers) : there;
  if (r == OK) r = io_save(dir, STATE, m.made, m.made_size);
  making_finish(&m);
  if (r == OK) return OK;
  fprintf(stderr, "gesto: what is left cannot be carried on (%s).\n", result_text(r));
  r = io_unlink(dir, STATE);
  return r == NOT_FOUND ? OK : r;
}

result papers_gone_let_go(sitting *s, uint32_t creation, uint32_t papers) {
  if (papers == 0) return OK;
  const result r = renew_state(s, creation, papers);
  return r == OK ? drop_works(s, creation, papers) : r;
}
