// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/performance_inner.h"

#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/record/journal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
  SPOTS_APART_US = 50 * 1000,
  CONTROLS_APART_US = 30 * 1000,
  RETURN_US = 60 * 1000 * 1000,
  LIVE_TURN_US = 50 * 1000,        // player_proc wants to be looked at this often
  REST_TURN_US = 60 * 1000 * 1000, // whatever comes wakes us
  LEAVE_TURN_US = 2000,
  DRAIN_US = 20 * 1000 * 1000,
  LEAVE_MOST_US = 600 * 1000 * 1000, // whatever it still says meanwhile
  FAREWELL_US = 300 * 1000,
  SPARE_LATEST_US = 500 * 1000,
};

// ---- Beginning ---------------------------------------------------------------------------

static bool has_player(const performance *p) { return p->player && !p->player_over; }

static player_order make_order(const performance *p, const player_way *way) {
  player_order order = {
    .exercise = &p->exercise,
    .creation = p->creation,
    .seed = p->begun.seed,
    .width = p->begun.width,
    .height = p->begun.height,
    .scale = p->begun.scale,
    .look_flags = p->begun.look_flags,
    .text_scale = p->begun.text_scale,
    .language = p->setup.language,
    .mode = p->begun.mode,
    .ring_fd = p->setup.ring->read_fd,
    .bell = &p->setup.ring->input,
    .first_seq = p->live_from,
    .feed_fd = way->feed_fd,
    .feed_count = way->feed_count,
    .with_frame = p->setup.with_frame,
    .frame_w = p->frame_w,
    .frame_h = p->frame_h,
    .with_wave = p->exercise.wants_sound && p->begun.mode == MODE_LIVE,
    .tapes = &p->tapes,
    .pieces = &p->pieces,
    .picture_fd = p->picture.fd,
    .picture_size = p->picture.size,
  };
  if (!way->from) return order;
  order.width = way->from->width;
  order.height = way->from->height;
  order.scale = way->from->scale;
  order.look_flags = way->from->look_flags;
  order.text_scale = way->from->text_scale;
  order.state_fd = way->from->fd;
  order.state_size = way->from->size;
  order.state_version = way->from->version;
  order.anew = way->anew;
  return order;
}

// Whoever begins from the beginning writes all tapes anew.
static result fit_tapes(performance *p, const player_way *way) {
  if (!p->exercise.wants_sound || (way->from && !way->anew && p->tapes.id)) return OK;
  tape_memory_finish(&p->tapes);
  return tape_memory_create(&p->tapes);
}

// Where no file can be made they are kept as long as this keeper lasts.
result performance_fit_pieces(performance *p) {
  if (!p->exercise.wants_canvas) return OK;
  if (p->pieces.fd) {
    piece_memory_mend(&p->pieces);
    return OK;
  }
  const result done = piece_memory_create(&p->pieces, p->dir);
  if (done == OK) return OK;
  fprintf(stderr, "gesto: there is no file for a canvas: %s.\n", result_text(done));
  return piece_memory_borrow(&p->pieces, -1);
}

static result take_one(performance *p, const player_order *order, const player_calls *c) {
  result done = spares_take(p->setup.spares, p->exercise.wants_voices, &p->player);
  if (done == OK) done = player_proc_order(p->player, order, c);
  if (done == OK) return OK;
  player_proc_destroy(p->player);
  p->player = NULL;
  return done;
}

// One that waited may end just as it is told: then there is a new one, which is told once it
// can listen.
static result take_player(
  performance *p, const player_order *order, const player_calls *calls) {
  const result done = take_one(p, order, calls);
  return done == OK ? OK : take_one(p, order, calls);
}

result performance_order(performance *p, const player_way *way) {
  uint64_t last = recorder_taken(p->setup.recorder);
  p->live_from = (last >= p->begun.first_seq ? last : p->begun.first_seq - 1) + 1;
  player_order order = make_order(p, way);
  player_calls calls = PERFORMANCE_PLAYER_CALLS;
  calls.data = p;
  result done = performance_fit_pieces(p);
  if (done == OK) done = fit_tapes(p, way);
  if (done == OK) done = take_player(p, &order, &calls);
  spares_not_before(p->setup.spares, clock_now_us() + SPARE_LATEST_US);
  p->player_over = false;
  p->ordered_us = clock_now_us();
  p->from_state = way->from && !way->anew;
  p->frame_fits = true;
  p->snapshot_request = p->works_request = p->state_request = 0;
  p->works_said = false;
  spares_keep_voiced(p->setup.spares, p->exercise.wants_voices);
  performance_begin_snapshots(p);
  return done;
}

static performance *performance_new(const performance_setup *setup) {
  performance *p = calloc(1, sizeof *p);
  if (!p) return NULL;
  p->setup = *setup;
  p->state = PERFORMANCE_LOADING;
  p->frame_w = (uint32_t)lroundf(setup->width * setup->scale);
  p->frame_h = (uint32_t)lroundf(setup->height * setup->scale);
  p->frame_scale = setup->scale;
  return p;
}

static result fill_beginning(performance *p) {
  beginning *b = &p->begun;
  b->seed = p->setup.seed;
  b->mode = p->setup.mode;
  b->width = p->setup.width;
  b->height = p->setup.height;
  b->scale = p->setup.scale;
  b->text_scale = p->setup.text_scale;
  b->look_flags = p->setup.look_flags;
  b->first_seq = ring_written(&p->setup.ring->input) + 1;
  result done = beginning_of(b, p->setup.exercise);
  p->exercise = beginning_entry(b, p->setup.exercise);
  return done;
}

static result keep_picture(performance *p) {
  result done =
    creation_picture_keep(p->setup.session, p->setup.exercise, p->dir, p->begun.picture);
  if (done == OK) done = creation_picture_open(&p->picture, p->dir, p->begun.picture);
  return done;
}

static result begin_journal(performance *p) {
  p->begun.creation = p->creation;
  snapshots_init(&p->snapshots, p->dir, &p->pieces);
  work_intake_init(&p->intake, &p->works, p->setup.session, p->creation);
  char *json = beginning_write(&p->begun);
  if (!json) return NO_MEMORY;
  result done = recorder_begin(p->setup.recorder, p->creation, p->dir, json);
  free(json);
  return done;
}

// Before the journal, which says that it is there.
static result keep_start(performance *p, const start_copy *start) {
  char name[sizeof p->begun.from + 2];
  p->dir = session_creation_dir(p->setup.session, p->creation);
  if (!start->bytes) return OK;
  result done = start_state_keep(start, p->dir, &p->begun);
  if (done != OK) return done;
  snprintf(name, sizeof name, "\"%s\"", p->begun.from);
  return session_creation_fact(p->setup.session, p->creation, "from", name);
}

static result order_first(performance *p) {
  snapshot start;
  result done = start_state_open(&p->begun, p->dir, &start);
  if (done != OK) return done;
  const player_way way = {
    .from = start.fd > 0 ? &start : NULL, .anew = start.fd > 0, .feed_fd = -1};
  done = performance_order(p, &way);
  snapshot_finish(&start);
  return done;
}

result performance_begin(performance **made, const performance_setup *setup) {
  *made = NULL;
  performance *p = performance_new(setup);
  if (!p) return NO_MEMORY;
  start_copy start = {0};
  result done = fill_beginning(p);
  if (done == OK && setup->from) done = start_state_take(setup->from, &start);
  p->setup.from = NULL;
  if (done == OK)
    done = session_add_creation(setup->session, p->exercise.id, &p->creation);
  if (done == OK) done = keep_start(p, &start);
  start_state_let_go(&start);
  if (done == OK) done = keep_picture(p);
  if (done == OK) done = begin_journal(p);
  if (done == OK) done = order_first(p);
  if (done != OK) {
    performance_destroy(p);
    return done;
  }
  *made = p;
  return OK;
}

result performance_resume(
  performance **made, const performance_setup *setup, uint32_t creation) {
  *made = NULL;
  const char *json = recorder_begin_json(setup->recorder, creation);
  if (!json) return NOT_FOUND;
  performance *p = performance_new(setup);
  if (!p) return NO_MEMORY;
  p->creation = creation;
  p->dir = session_creation_dir(setup->session, creation);
  p->pictured = true; // maybe by a player that is not there any more
  result done = beginning_read(&p->begun, json);
  if (done == OK) done = creation_picture_open(&p->picture, p->dir, p->begun.picture);
  if (done != OK) {
    performance_destroy(p);
    return done;
  }
  p->exercise = beginning_entry(&p->begun, setup->exercise);
  snapshots_init(&p->snapshots, p->dir, &p->pieces);
  snapshots_find(&p->snapshots);
  works_find(&p->works, p->dir);
  work_intake_init(&p->intake, &p->works, p->setup.session, p->creation);
  p->state = PERFORMANCE_COMING_BACK;
  revival_bring_back(p);
  *made = p;
  return OK;
}

void performance_destroy(performance *p) {
  if (!p) return;
  work_intake_drain(&p->intake);
  player_proc_destroy(p->player);
  performance_end_snapshots(p);
  tape_memory_finish(&p->tapes);
  piece_memory_finish(&p->pieces);
  creation_picture_close(&p->picture);
  beginning_finish(&p->begun);
  free(p->declared);
  free(p->spots);
  free(p);
}

// ---- Leaving -----------------------------------------------------------------------------

static void enter_step(performance *p, leave_step step, uint64_t limit_us) {
  p->step = step;
  p->step_until_us = clock_now_us() + limit_us;
}

static void finish_leaving(performance *p) {
  work_intake_drain(&p->intake);
  p->state = PERFORMANCE_LEFT;
  spares_keep_voiced(p->setup.spares, false);
  char seconds[32];
  snprintf(seconds, sizeof seconds, "%.3f", (double)performance_time_us(p) / 1e6);
  result noted = session_creation_fact(p->setup.session, p->creation, "seconds", seconds);
  (void)noted; // the journal knows it, too
  noted = p->pictured ? OK : creation_picture_let_go(p->dir, p->begun.picture);
  (void)noted; // it goes when the creation goes
  if (p->setup.calls.left) p->setup.calls.left(p->setup.calls.data);
}

static void ask_farewell(performance *p) {
  player_proc_quit(p->player);
  enter_step(p, LEAVE_FAREWELL, FAREWELL_US);
}

static void ask_plain_state(performance *p) {
  uint32_t request = ++p->request;
  p->state_request = request;
  enter_step(p, LEAVE_STATE, PERFORMANCE_WORKS_US);
  result done = player_proc_ask_state(p->player, request, false, 0);
  if (done == OK) return;
  fprintf(stderr, "gesto: a state was not kept: %s.\n", result_text(done));
  ask_farewell(p);
}

void performance_end_round(performance *p) {
  p->works_said = false;
  p->works_request = 0;
  p->works_whole = p->intake.lost == 0;
  if (p->works_whole) {
    session_creation_want(p->setup.session, p->creation, false);
    result done = works_end_round(&p->works, p->setup.session, p->creation);
    if (done != OK)
      fprintf(stderr, "gesto: a work that was taken away is still kept: %s.\n",
        result_text(done));
  }
  if (p->setup.calls.works_made) p->setup.calls.works_made(p->setup.calls.data);
}

static void turn_intake(performance *p) {
  if (!work_intake_busy(&p->intake)) return;
  work_intake_turn(&p->intake);
  if (p->step == LEAVE_WORKS) p->step_until_us = clock_now_us() + PERFORMANCE_WORKS_US;
  if (p->works_said && !work_intake_busy(&p->intake)) performance_end_round(p);
}

static void ask_works(performance *p) {
  work_intake_drain(&p->intake);
  p->works_said = p->works_whole = false;
  p->intake.lost = 0;
  p->works_request = ++p->request;
  works_begin_round(&p->works);
  if (player_proc_ask_works(p->player, p->works_request) != OK) p->works_request = 0;
}

static bool all_taken_in(const performance *p) {
  if (recorder_taken(p->setup.recorder) < ring_written(&p->setup.ring->input))
    return false;
  uint64_t last = recorder_last_seq(p->setup.recorder, p->creation);
  return performance_done_seq(p) >= last;
}

static void turn_leaving(performance *p) {
  if (!has_player(p)) {
    finish_leaving(p);
    return;
  }
  const uint64_t now = clock_now_us();
  bool late = now >= p->step_until_us;
  if (now >= p->leave_until_us && p->step < LEAVE_FAREWELL) ask_farewell(p);
  switch (p->step) {
  case LEAVE_DRAIN:
    if (p->works_request || (!late && !all_taken_in(p))) break;
    ask_works(p);
    enter_step(p, LEAVE_WORKS, PERFORMANCE_WORKS_US);
    break;
  case LEAVE_WORKS:
    if (!p->works_request || late) ask_plain_state(p);
    break;
  case LEAVE_STATE:
    if (!p->state_request || late) ask_farewell(p);
    break;
  case LEAVE_FAREWELL:
    if (!late) break;
    player_proc_destroy(p->player);
    p->player = NULL;
    finish_leaving(p);
    break;
  }
}

void performance_leave(performance *p) {
  switch (p->state) {
  case PERFORMANCE_LOADING:
  case PERFORMANCE_COMING_BACK: p->leave_wanted = true; break;
  case PERFORMANCE_LIVE:
  case PERFORMANCE_ASIDE:
    p->state = PERFORMANCE_LEAVING;
    p->works_whole = false;
    p->leave_until_us = clock_now_us() + LEAVE_MOST_US;
    enter_step(p, LEAVE_DRAIN, DRAIN_US);
    break;
  case PERFORMANCE_LEAVING:
  case PERFORMANCE_LEFT: break;
  }
}

// ---- Turns -------------------------------------------------------------------------------

static uint64_t turn_us(const performance *p) {
  return player_proc_rests(p->player) ? REST_TURN_US : LIVE_TURN_US;
}

void performance_wake(const performance *p, wake_set *w) {
  if (work_intake_busy(&p->intake)) wake_by(w, 0);
  wake_on(w, snapshots_fd(&p->snapshots));
  if (!has_player(p)) return;
  wake_on(w, player_proc_fd(p->player));
  const bool leaving = p->state == PERFORMANCE_LEAVING && p->step == LEAVE_DRAIN;
  wake_by(w, clock_now_us() + (leaving ? LEAVE_TURN_US : turn_us(p)));
  if (p->state == PERFORMANCE_LIVE) wake_by(w, performance_snapshot_us(p));
  if (p->spots_fresh) wake_by(w, p->spots_us + SPOTS_APART_US);
  if (p->control_count > 0) wake_by(w, p->controls_us + CONTROLS_APART_US);
}

static void hold_slots(performance *p) {
  if (!has_player(p)) {
    bool over = p->state == PERFORMANCE_LEFT || p->state == PERFORMANCE_ASIDE;
    recorder_hold(p->setup.recorder, over ? UINT64_MAX : p->live_from - 1);
    return;
  }
  uint64_t done = performance_done_seq(p);
  recorder_hold(p->setup.recorder, done < p->live_from ? p->live_from - 1 : done);
  recorder_note_block(
    p->setup.recorder, atomic_load(&player_proc_page(p->player)->sound_block));
}

static void meet_end(performance *p) {
  player_state how = p->how_over;
  if (how == PLAYER_CRASHED) {
    revival_begin(p);
    return;
  }
  if (how == PLAYER_REFUSED && p->from_state && p->state == PERFORMANCE_COMING_BACK) {
    revival_try_other(p);
    return;
  }
  const bool lived = p->state == PERFORMANCE_LIVE || p->state == PERFORMANCE_LEAVING;
  if (how == PLAYER_REFUSED && lived) {
    revival_lost_past(p);
    return;
  }
  snprintf(p->why, sizeof p->why, "%s", player_proc_why(p->player));
  snprintf(p->last_end, sizeof p->last_end, "%s", p->why);
  player_proc_destroy(p->player);
  p->player = NULL;
  p->player_over = false;
  if (p->state == PERFORMANCE_LEAVING) {
    finish_leaving(p);
  } else {
    revival_set_aside(p, p->why);
  }
}

// A player that tells them without end reaches the window no more often than this.
static void hand_on_spots(performance *p) {
  uint64_t now = clock_now_us();
  if (!p->spots_fresh || now - p->spots_us < SPOTS_APART_US) return;
  p->spots_fresh = false;
  p->spots_us = now;
  if (p->setup.calls.spots) p->setup.calls.spots(p->setup.calls.data);
}

// The same for controls: of each the newest value.
static void hand_on_controls(performance *p) {
  uint64_t now = clock_now_us();
  if (p->control_count == 0 || now - p->controls_us < CONTROLS_APART_US) return;
  p->controls_us = now;
  for (uint32_t i = 0; p->setup.calls.control && i < p->control_count; i++)
    p->setup.calls.control(p->setup.calls.data, p->controls[i].id, p->controls[i].value);
  p->control_count = 0;
}

// What a player says of its way is not believed for ever: it has a minute, and a quarter of
// what the client took, to be where the client is.
static void limit_return(performance *p) {
  bool coming = p->state == PERFORMANCE_LOADING || p->state == PERFORMANCE_COMING_BACK;
  if (!coming || !has_player(p)) return;
  uint64_t limit =
    RETURN_US * player_proc_patience(p->player) + performance_time_us(p) / 4;
  if (clock_now_us() - p->ordered_us > limit)
    player_proc_give_up(p->player, "The exercise took too long to come.");
}

void performance_turn(performance *p) {
  limit_return(p);
  if (has_player(p)) player_proc_handle(p->player);
  hand_on_spots(p);
  hand_on_controls(p);
  turn_intake(p);
  if (p->player && p->player_over) meet_end(p);
  if (p->leave_wanted && p->state == PERFORMANCE_LIVE) {
    p->leave_wanted = false;
    performance_leave(p);
  }
  if (p->state == PERFORMANCE_LEAVING) turn_leaving(p);
  performance_turn_snapshots(p);
  hold_slots(p);
}

void performance_end_contacts(performance *p) {
  recorder_turn(p->setup.recorder);
  const contacts *now = recorder_contacts(p->setup.recorder, p->creation);
  for (uint32_t i = 0; now && i < now->count; i++) {
    ring_slot slot = {.kind = SLOT_EVENT, .creation = p->creation};
    slot.as.event = contacts_ending(now, i);
    if (ring_put(&p->setup.ring->input, &slot) != OK) break;
  }
  ring_ring(&p->setup.ring->input);
}

void performance_keep_now(performance *p) {
  if (p->state == PERFORMANCE_LIVE && has_player(p) && !p->works_request) ask_works(p);
}

result performance_resize(performance *p, uint32_t w, uint32_t h, float scale) {
  p->frame_w = w;
  p->frame_h = h;
  p->frame_scale = scale;
  p->frame_fits = false;
  if (!has_player(p) || p->state == PERFORMANCE_LOADING) return NOT_NOW;
  return player_proc_resize(p->player, w, h, scale);
}

// ---- Asking ------------------------------------------------------------------------------

performance_state performance_where(const performance *p) { return p->state; }

uint32_t performance_creation(const performance *p) { return p->creation; }

const char *performance_exercise(const performance *p) { return p->begun.exercise; }

const char *performance_why(const performance *p) { return p->why; }

const char *performance_last_end(const performance *p) { return p->last_end; }

const char *performance_version(const performance *p) { return p->begun.version; }

uint64_t performance_inputs(const performance *p) {
  const contacts *now = recorder_contacts(p->setup.recorder, p->creation);
  return now ? now->events : 0;
}

bool performance_is_copy(const performance *p) { return p->begun.from[0] != 0; }

bool performance_works_are_whole(const performance *p) { return p->works_whole; }

player_proc *performance_player(const performance *p) {
  return has_player(p) ? p->player : NULL;
}

const char *performance_declared(const performance *p) {
  return p->declared ? p->declared : "";
}

const char *performance_spots(const performance *p) { return p->spots ? p->spots : ""; }

const made_works *performance_works(const performance *p) { return &p->works; }

uint64_t performance_time_us(const performance *p) {
  const contacts *now = recorder_contacts(p->setup.recorder, p->creation);
  return now ? now->time : 0;
}

uint64_t performance_done_seq(const performance *p) {
  if (!has_player(p)) return 0;
  uint64_t done = atomic_load(&player_proc_page(p->player)->done_seq);
  bool caught_up = player_proc_state(p->player) == PLAYER_LIVE;
  return caught_up && done < p->live_from ? p->live_from - 1 : done;
}

bool performance_wants_sound(const performance *p) { return p->exercise.wants_sound; }
