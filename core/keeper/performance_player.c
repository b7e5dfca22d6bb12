// SPDX-License-Identifier: GPL-3.0-or-later
// What the player of a performance says. Runs inside player_proc_handle: nothing here may
// destroy the player.
#include "core/keeper/performance_inner.h"

#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/keeper/asset_note.h"
#include "core/keeper/ending.h"
#include "core/record/journal.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_PICTURE_US = 50 * 1000 }; // and then there is time for the next spare

static void go_live(performance *p) {
  if (p->state != PERFORMANCE_LOADING && p->state != PERFORMANCE_COMING_BACK) return;
  p->state = PERFORMANCE_LIVE;
  p->revivals = p->not_begun = 0;
  spares_not_before(p->setup.spares, clock_now_us() + FIRST_PICTURE_US);
}

// The area may have got another size while the player was on its way.
static void fit_frame(performance *p) {
  if (!p->setup.with_frame || p->frame_fits) return;
  result done = player_proc_resize(p->player, p->frame_w, p->frame_h, p->frame_scale);
  (void)done; // one of the wrong size is scaled by the stage
}

static void hear_loaded(void *data, const char *declared_json) {
  performance *p = data;
  bool again = p->state == PERFORMANCE_COMING_BACK;
  if (p->state == PERFORMANCE_ASIDE) return; // it gave up before it was there
  free(p->declared);
  p->declared = strdup(declared_json);
  if (again) fit_frame(p);
  if (player_proc_state(p->player) == PLAYER_LIVE) go_live(p);
  if (p->setup.calls.ready)
    p->setup.calls.ready(p->setup.calls.data, declared_json, again);
}

static void hear_caught_up(void *data, uint64_t blocks) {
  (void)blocks;
  go_live(data);
}

static void hear_work(
  void *data, const char *about_json, const void *bytes, size_t size, int fd) {
  performance *p = data;
  if (bytes)
    work_intake_give(&p->intake, about_json, bytes, size, fd);
  else
    work_intake_lose(&p->intake);
  if (p->step == LEAVE_WORKS) p->step_until_us = clock_now_us() + PERFORMANCE_WORKS_US;
}

static void hear_works_done(void *data, const works_said *said) {
  performance *p = data;
  if (said->request != p->works_request) return;
  if (!said->good) work_intake_lose(&p->intake);
  ending_note(p->setup.session, p->creation, ending_of(said->ended));
  p->works_said = true;
  if (!work_intake_busy(&p->intake)) performance_end_round(p);
}

// Whoever carries on with it tells the exercise which version of it wrote the state.
static result note_version(const performance *p, const char *version) {
  json_t *text = json_string(version);
  char *json = text ? json_dumps(text, JSON_ENCODE_ANY) : NULL;
  json_decref(text);
  result done = json
    ? session_creation_fact(p->setup.session, p->creation, "state_version", json)
    : BAD_DATA;
  free(json);
  return done;
}

static void take_plain_state(const performance *p, const saved_state *state) {
  if (!state->bytes) return;
  result done = io_save(p->dir, "state", state->bytes, state->size);
  if (done == OK) done = note_version(p, state->version);
  if (done != OK)
    fprintf(stderr, "gesto: a state was not kept: %s.\n", result_text(done));
}

static void hear_saved(void *data, const saved_state *state) {
  performance *p = data;
  if (state->request == p->snapshot_request) {
    p->snapshot_request = 0;
    performance_take_snapshot(p, state);
  } else if (state->request == p->state_request) {
    p->state_request = 0;
    take_plain_state(p, state);
  }
}

static void hear_control(void *data, uint32_t id, double value) {
  performance *p = data;
  uint32_t at = 0;
  while (at < p->control_count && p->controls[at].id != id) at++;
  if (at == CONTROLS_ROOM) return; // more than any panel shows
  p->controls[at].id = id;
  p->controls[at].value = value;
  if (at == p->control_count) p->control_count++;
}

static void hear_spots(void *data, const char *json) {
  performance *p = data;
  free(p->spots);
  p->spots = strdup(json);
  p->spots_fresh = true;
}

// Its time is what we know of it: what it says of that is bounded by it.
static void hear_said(void *data, const char *words, bool now, uint64_t time_us) {
  const performance *p = data;
  const uint64_t most = performance_time_us(p);
  const bool on = p->state == PERFORMANCE_LIVE || p->state == PERFORMANCE_LEAVING;
  if (!on || !p->setup.calls.said) return;
  p->setup.calls.said(p->setup.calls.data, words, now, time_us < most ? time_us : most);
}

static void hear_cue(void *data, uint32_t kind, double seconds) {
  const performance *p = data;
  if (p->state == PERFORMANCE_LIVE && p->setup.calls.cue)
    p->setup.calls.cue(p->setup.calls.data, kind, seconds);
}

static void hear_gave_up(void *data, const char *sentence) {
  const performance *p = data;
  if (p->state != PERFORMANCE_ASIDE) revival_set_aside(data, sentence);
}

// Once each, as it is the same file each time; of more than that nobody makes use.
static bool is_new_asset(performance *p, const char *name) {
  uint64_t hash = UINT64_C(14695981039346656037);
  for (const char *c = name; *c; c++)
    hash = (hash ^ (unsigned char)*c) * UINT64_C(1099511628211);
  for (uint32_t i = 0; i < p->asset_count; i++)
    if (p->assets[i] == hash) return false;
  if (p->asset_count == ASSETS_ROOM) return false;
  p->assets[p->asset_count++] = hash;
  return true;
}

static void hear_asset(void *data, const char *name) {
  performance *p = data;
  char *json = NULL;
  if (!is_new_asset(p, name)) return;
  if (asset_note_make(p->begun.exercise, name, p->dir, &json) != OK) return;
  result done = recorder_frame(
    p->setup.recorder, p->creation, FRAME_ASSET, 0, json, (uint32_t)strlen(json));
  (void)done; // the recorder remembers what it could not write
  free(json);
}

static void hear_pictured(void *data) {
  performance *p = data;
  if (p->pictured || p->picture.fd <= 0) return;
  p->pictured = true;
  char *json = creation_picture_note(&p->picture, p->begun.picture);
  if (!json) return;
  result done = recorder_frame(
    p->setup.recorder, p->creation, FRAME_ASSET, 0, json, (uint32_t)strlen(json));
  (void)done; // the recorder remembers what it could not write
  free(json);
}

static void hear_reports(void *data, const page_report *reports, uint32_t count) {
  performance *p = data;
  recorder_reports(p->setup.recorder, p->creation, reports, count);
}

static void hear_end(void *data, player_state how) {
  performance *p = data;
  p->player_over = true;
  p->how_over = how;
}

const player_calls PERFORMANCE_PLAYER_CALLS = {
  .loaded = hear_loaded,
  .caught_up = hear_caught_up,
  .work = hear_work,
  .works_done = hear_works_done,
  .saved = hear_saved,
  .control = hear_control,
  .spots = hear_spots,
  .said = hear_said,
  .cue = hear_cue,
  .gave_up = hear_gave_up,
  .asset = hear_asset,
  .pictured = hear_pictured,
  .reports = hear_reports,
  .ended = hear_end,
};
