// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/stage_run.h"
#include "core/player/ext_words.h"

#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/base/sandbox.h"
#include "core/player/declared.h"
#include "core/player/glimpse.h"
#include "core/player/paper.h"
#include "core/player/paper_keep.h"
#include "core/player/say.h"
#include "core/player/state.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
  SLOTS_A_TURN = 4096,   // between two looks at the link
  SAVE_WAIT_US = 500000, // for a slot at which sound can be marked
  LOOK_UP_US = 250000,
  FEED_LOOK_UP_US = 10000,
  REPORTS_WAIT_US = 500,
};

// ---- What the machine says ----------------------------------------------------------

static void tell_report(void *data, const page_report *r) {
  player_page *page = ((stage_run *)data)->page;
  uint64_t n = atomic_load_explicit(&page->reports_written, memory_order_relaxed);
  while (n - atomic_load_explicit(&page->reports_taken, memory_order_acquire) >=
    PAGE_REPORTS) {
    clock_sleep_us(REPORTS_WAIT_US);
  }
  page->reports[n % PAGE_REPORTS] = *r;
  atomic_store_explicit(&page->reports_written, n + 1, memory_order_release);
}

static void tell_control(void *data, uint32_t id, double value) {
  const stage_run *s = data;
  say(s->link, &(saying){.kind = FROM_PLAYER_CONTROL, .a = id, .value = value});
}

static void tell_log(void *data, int32_t level, const char *text) {
  const stage_run *s = data;
  say(s->link, &(saying){.kind = FROM_PLAYER_LOG, .a = (uint32_t)level, .text = text});
}

static void tell_asset(void *data, const char *name) {
  const stage_run *s = data;
  say(s->link, &(saying){.kind = FROM_PLAYER_ASSET, .text = name});
}

static void tell_pictured(void *data) {
  const stage_run *s = data;
  say(s->link, &(saying){.kind = FROM_PLAYER_PICTURED});
}

static void tell_say(void *data, const char *text, bool now, uint64_t time_us) {
  const stage_run *s = data;
  say(
    s->link, &(saying){.kind = FROM_PLAYER_SAY, .a = now, .big = time_us, .text = text});
}

static void tell_cue(void *data, uint32_t chime, double seconds) {
  const stage_run *s = data;
  say(s->link, &(saying){.kind = FROM_PLAYER_CUE, .a = chime, .value = seconds});
}

// Only where a replay is to be heard.
static void hear_block(void *data, const float *left, const float *right) {
  const stage_run *s = data;
  if (s->echo) sound_echo_push(s->echo, left, right);
}

// ---- Beginning -----------------------------------------------------------------------

static result map_all(stage_run *s, char *why, size_t room) {
  const order *o = &s->order;
  result r = memory_map_open(&s->page_map, o->page_fd, true, sizeof(player_page));
  if (r == OK) s->page = s->page_map.bytes;
  if (r == OK && o->ring_fd >= 0) r = ring_open(&s->ring, o->ring_fd, false);
  if (r == OK && o->feed_fd >= 0) r = ring_open(&s->feed, o->feed_fd, false);
  if (r == OK && o->frame_fd >= 0) r = frame_open(&s->frame, o->frame_fd);
  if (r == OK && o->wave_fd >= 0) r = sound_live_open(&s->sound, o->wave_fd);
  bool with_state = r == OK && o->state_fd >= 0;
  if (with_state) r = memory_map_open(&s->state, o->state_fd, false, o->state_size);
  if (r == OK && o->tapes_fd >= 0) r = tape_room_open(&s->tapes, o->tapes_fd);
  if (r == OK && o->pieces_fd >= 0)
    r = piece_room_open(&s->pieces, o->pieces_fd, o->piece_file_fd);
  const bool with_picture = r == OK && o->picture_fd >= 0 && o->picture_size > 0;
  if (with_picture)
    r = memory_map_open(&s->picture, o->picture_fd, false, o->picture_size);
  order_close_fds(&s->order);
  if (r != OK) {
    snprintf(why, room,
      "The memory for this exercise cannot be used (%s). Begin it again.",
      result_text(r));
  }
  return r;
}

static result begin_machine(stage_run *s, voices *instruments, char *why, size_t room) {
  const order *o = &s->order;
  const machine_setup setup = {.of = &s->exercise,
    .creation = o->creation,
    .seed = o->seed,
    .width = o->width,
    .height = o->height,
    .scale = o->scale,
    .look_flags = o->look_flags,
    .text_scale = o->text_scale,
    .set = &o->set,
    .assets = o->assets,
    .picture = s->picture.bytes,
    .picture_size = o->picture_size,
    .mode = o->mode,
    .anew = o->anew,
    .voices = s->exercise.entry.wants & GESTO_WANTS_VOICES ? instruments : NULL,
    .room = s->tapes,
    .pieces = piece_room_store(s->pieces),
    .page = s->page,
    .calls = {.data = s,
      .report = tell_report,
      .control = tell_control,
      .log = tell_log,
      .asset = tell_asset,
      .pictured = tell_pictured,
      .say = tell_say,
      .cue = tell_cue,
      .block = hear_block}};
  result r = machine_create(&s->machine, &setup, s->state.bytes,
    s->state.bytes ? (size_t)o->state_size : 0, o->version, why, room);
  memory_map_close(&s->state);
  return r;
}

static void tell_loaded(const stage_run *s) {
  char *json = declared_json(&s->exercise);
  say(s->link, &(saying){.kind = FROM_PLAYER_LOADED, .text = json ? json : "{}"});
  free(json);
}

static void go_live(stage_run *s);

// Its constructors are foreign code too: a hang in one of them can be seen.
static result load(stage_run *s, char *why, size_t room) {
  atomic_store(&s->page->taken_up, 1);
  atomic_store(&s->page->busy_kind, BUSY_LOAD);
  atomic_store(&s->page->busy_since_us, clock_now_us());
  result r = exercise_load(&s->exercise, s->order.path, why, room);
  atomic_store(&s->page->busy_since_us, 0);
  return r;
}

// What a view of it is reckoned with.
static void tell_paper(const stage_run *s) {
  float width = 0, height = 0;
  if (s->machine->paper) paper_size(s->machine->paper, &width, &height);
  atomic_store(&s->page->paper_width, (uint32_t)lroundf(width * PAGE_PAPER_PART));
  atomic_store(&s->page->paper_height, (uint32_t)lroundf(height * PAGE_PAPER_PART));
}

static void tell_dab(const stage_run *s) {
  const float units = s->machine->paper ? canvas_dab(paper_canvas(s->machine->paper)) : 0;
  atomic_store(&s->page->dab, (uint32_t)lroundf(units * PAGE_PAPER_PART));
}

static void ring_driver(stage_run *s) {
  atomic_fetch_add(&s->page->commit_bell, 1);
  futex_wake(&s->page->commit_bell);
}

// A driver that a picture wakes, or that ticks already, sees it without being rung for.
static void tell_wants_ticks(stage_run *s, bool rung) {
  const uint32_t wants = machine_wants_ticks(s->machine);
  if (wants == s->told_ticks) return;
  s->told_ticks = wants;
  atomic_store(&s->page->wants_ticks, wants);
  if (wants && !rung) ring_driver(s);
}

result stage_run_begin(
  stage_run *s, int link, link_message *m, voices *instruments, char *why, size_t room) {
  *s = (stage_run){.link = link, .save.fd = -1};
  result r = order_read(&s->order, m);
  if (r != OK)
    snprintf(why, room, "Gesto's own order could not be understood. Begin again.");
  if (r == OK) ext_words_speak(s->order.language);
  if (r == OK) r = map_all(s, why, room);
  if (r == OK) r = load(s, why, room);
  if (r == OK && sandbox_lock_code() != OK) {
    snprintf(why, room,
      "%s was not begun, since this system refuses a rule that would keep "
      "it apart. Start Gesto on a Linux with seccomp.",
      s->order.path);
    r = FAILED;
  }
  if (r == OK) r = jobs_create(&s->jobs, link);
  if (r == OK) r = begin_machine(s, instruments, why, room);
  if (r == OK && s->order.mode == MACHINE_REPLAY && s->sound.map.bytes)
    r = sound_echo_create(&s->echo, s->sound.map.bytes);
  if (r != OK) return r;
  s->place = s->order.first_seq ? s->order.first_seq - 1 : 0;
  tell_wants_ticks(s, false); // before anybody goes by it
  tell_loaded(s);
  tell_paper(s);
  if (!s->feed.map.bytes || s->order.feed_count == 0) go_live(s);
  return OK;
}

// ---- Delivering ----------------------------------------------------------------------

static void tell_gave_up(stage_run *s) {
  if (!s->machine->gave_up || s->gave_up_told) return;
  s->gave_up_told = true;
  say(s->link,
    &(saying){.kind = FROM_PLAYER_GAVE_UP,
      .a = (uint32_t)s->machine->gave_up_why,
      .text = s->machine->gave_up});
}

static void tell_controls(const stage_run *s) {
  const exercise *x = &s->exercise;
  for (uint32_t i = 0; i < x->control_count; i++) {
    if (x->controls[i].kind == GESTO_TEXT_FIELD) continue;
    tell_control((void *)s, x->controls[i].id, s->machine->controls.value[i]);
  }
}

// The feed is taken in. A replay stays as it is: nothing moves but by its feed.
static void go_live(stage_run *s) {
  s->caught_up = true;
  if (s->order.mode != MACHINE_REPLAY) s->machine->live = true;
  say(s->link,
    &(saying){
      .kind = FROM_PLAYER_CAUGHT_UP, .big = atomic_load(&s->machine->sound.blocks)});
  if (s->machine->live) tell_controls(s);
  spots_note(&s->spots, s->machine);
  if (s->order.mode == MACHINE_LIVE && s->machine->sound.half &&
    sound_live_start(&s->sound, &s->machine->sound, s->page) != OK) {
    tell_log(s, GESTO_LOG_WARNING, "There is no sound: its thread could not be started.");
  }
}

// Only a client's own hands need them: no script, no replay.
static bool wants_spots(const stage_run *s) {
  const machine *m = s->machine;
  return s->order.mode == MACHINE_LIVE && m->live && m->self && !m->gave_up;
}

static void tell_spots(stage_run *s) {
  if (!wants_spots(s)) return;
  char *json = spots_look(&s->spots, s->machine, clock_now_us());
  if (json) say(s->link, &(saying){.kind = FROM_PLAYER_SPOTS, .text = json});
  free(json);
}

static void report_late(stage_run *s) {
  uint32_t late = sound_live_late(&s->sound);
  if (late == s->late || !s->machine->live) return;
  tell_report(s,
    &(page_report){.before_seq = s->machine->seq + 1,
      .block = atomic_load(&s->machine->sound.blocks),
      .kind = REPORT_LATE,
      .count = late - s->late});
  s->late = late;
}

static void save_now(stage_run *s);
static void refuse_save(stage_run *s);

static void deliver(stage_run *s, const ring_slot *slot) {
  machine_deliver(s->machine, slot);
  // Whoever sees that a slot is done goes by what it led to.
  atomic_store(&s->page->wants_ticks, machine_wants_ticks(s->machine));
  if (slot->seq) atomic_store(&s->page->done_seq, slot->seq);
  spots_note(&s->spots, s->machine);
  sound_live_hush(&s->sound, s->machine->paused || s->machine->gave_up);
  if (s->save.wanted && slot->seq && slot->creation == s->order.creation) save_now(s);
}

static void note_spent(const stage_run *s, uint64_t since_us) {
  atomic_fetch_add(&s->page->spent_us, clock_now_us() - since_us);
}

static bool take_feed(stage_run *s) {
  uint32_t n = 0;
  ring_slot slot;
  const uint64_t since_us = clock_now_us();
  for (; n < SLOTS_A_TURN && s->feed_place < s->order.feed_count; n++) {
    if (ring_get(&s->feed, s->feed_place + 1, &slot) != OK) break;
    s->feed_place++;
    if (slot.seq > s->place && s->order.mode != MACHINE_REPLAY) s->place = slot.seq;
    deliver(s, &slot);
  }
  note_spent(s, since_us);
  if (s->feed_place == s->order.feed_count && !s->machine->lost_past) go_live(s);
  return n > 0;
}

static bool take_ring(stage_run *s) {
  uint32_t n = 0;
  ring_slot slot;
  const uint64_t since_us = clock_now_us();
  for (; n < SLOTS_A_TURN; n++) {
    result r = ring_get(&s->ring, s->place + 1, &slot);
    if (r == ENDED) break;
    s->fell_behind |= r != OK;
    if (r != OK) break;
    s->place++;
    deliver(s, &slot);
  }
  if (n > 0) note_spent(s, since_us);
  return n > 0;
}

bool stage_run_turn(stage_run *s) {
  bool more = false;
  if (!s->caught_up)
    more = take_feed(s);
  else if (s->ring.map.bytes && s->machine->live)
    more = take_ring(s);
  if (s->machine->lost_past) return false;
  tell_gave_up(s);
  if (s->machine->live) tell_dab(s);
  report_late(s);
  bool catching_up = !s->caught_up && more;
  const bool shows = s->frame.map.bytes && !catching_up && !s->machine->gave_up;
  tell_wants_ticks(s, shows && frame_draw(&s->frame, s->machine, s->page));
  tell_spots(s);
  bool waited = clock_now_us() - s->save.since_us > SAVE_WAIT_US;
  if (s->save.wanted && waited) refuse_save(s);
  return more;
}

static const ring *waits_at(const stage_run *s) {
  if (!s->caught_up && s->feed.map.bytes) return &s->feed;
  return s->ring.map.bytes ? &s->ring : NULL;
}

uint32_t stage_run_bell(const stage_run *s) {
  const ring *r = waits_at(s);
  return r ? atomic_load(&r->head->bell) : 0;
}

// What no bell is rung for; 0: nothing. One that sounds notes blocks that came too late.
static uint64_t look_up_us(const stage_run *s) {
  if (!s->caught_up && atomic_load(&s->page->awaits_shown)) return FEED_LOOK_UP_US;
  const bool sounds = s->machine->sound.half && !s->machine->paused;
  return !s->caught_up || s->save.wanted || sounds ? LOOK_UP_US : 0;
}

void stage_run_wait(const stage_run *s, uint32_t seen_bell) {
  const ring *r = waits_at(s);
  uint64_t limit_us = look_up_us(s);
  const uint64_t look_us = wants_spots(s) ? spots_wait_us(&s->spots, clock_now_us()) : 0;
  if (look_us && (!limit_us || look_us < limit_us)) limit_us = look_us;
  if (!r)
    clock_sleep_us(FEED_LOOK_UP_US);
  else
    futex_wait(&r->head->bell, seen_bell, limit_us);
}

// ---- Messages ------------------------------------------------------------------------

static void take_frame(stage_run *s, link_message *m) {
  frame new = {.fresh = true};
  if (m->fd_count == 0 || frame_open(&new, m->fds[0]) != OK) return;
  frame_finish(&s->frame);
  s->frame = new;
  stale_all(&s->machine->stale);
}

static saving saving_of(const stage_run *s) {
  return (saving){.link = s->link,
    .request = s->save.request,
    .seq = s->machine->seq,
    .version = s->exercise.entry.version,
    .fd = s->save.fd,
    .room = s->save.room};
}

static void refuse_save(stage_run *s) {
  saving now = saving_of(s);
  saving_answer(&now, GESTO_NOT_NOW, 0);
  s->save.fd = -1;
  s->save.wanted = false;
}

// What is let go of is in no state from now on.
static gesto_result begin_save(stage_run *s, saving *now) {
  machine *m = s->machine;
  const bool history = s->save.with_history;
  tapes_forget_dropped(&m->tapes, history ? s->save.oldest : 0);
  const bool parts = !history && s->save.gone && m->paper;
  if (parts && paper_empty(paper_canvas(m->paper), s->save.gone) != OK)
    return GESTO_FAILED;
  return state_begin(m, history, &now->state, &now->rest);
}

static void save_now(stage_run *s) {
  saving now = saving_of(s);
  now.state.limit = (size_t)s->save.room;
  const gesto_result r = begin_save(s, &now);
  s->save.fd = -1;
  s->save.wanted = false;
  if (r == GESTO_OK)
    saver_give(&s->saver, &now);
  else
    saving_answer(&now, r, 0);
}

// A state of an exercise that sounds is taken right after a slot at whose boundary the sound
// half's way was reported, so that a replay can go through the same state.
static void take_save(stage_run *s, link_message *m) {
  if (s->save.wanted) refuse_save(s);
  s->save.wanted = true;
  s->save.with_history = m->b != 0;
  s->save.request = m->a;
  s->save.room = m->big;
  s->save.oldest = s->save.gone = m->value > 0 ? (uint64_t)m->value : 0;
  s->save.since_us = clock_now_us();
  s->save.fd = m->fd_count ? m->fds[0] : -1;
  if (m->fd_count) m->fds[0] = -1;
  if (!s->machine->live || !s->machine->sound.half || s->machine->paused) {
    if (!s->machine->live) machine_settle(s->machine);
    save_now(s);
    return;
  }
  s->machine->hearing.settle_next = true;
  ring_driver(s);
}

void stage_run_hear(stage_run *s, link_message *m) {
  switch (m->kind) {
  case TO_PLAYER_FRAME: take_frame(s, m); break;
  case TO_PLAYER_WORKS: jobs_gather(s->jobs, s->machine, m->a); break;
  case TO_PLAYER_MEMORY: jobs_take_memory(s->jobs, m); break;
  case TO_PLAYER_SAVE: take_save(s, m); break;
  case TO_PLAYER_GLIMPSE: glimpse_take(s->link, s->machine, m); break;
  default: break; // a later keeper may say more
  }
}

void stage_run_finish(stage_run *s) {
  sound_echo_destroy(s->echo);
  s->echo = NULL; // what is run from here on is heard by nobody
  sound_live_finish(&s->sound);
  if (s->machine && s->machine->self && s->machine->live) machine_settle(s->machine);
  saver_finish(&s->saver);
  machine_destroy(s->machine);
  jobs_destroy(s->jobs);
  tape_room_destroy(s->tapes);
  piece_room_destroy(s->pieces);
  frame_finish(&s->frame);
  ring_finish(&s->ring);
  ring_finish(&s->feed);
  memory_map_close(&s->page_map);
  memory_map_close(&s->state);
  memory_map_close(&s->picture);
  io_close(s->save.fd);
  order_finish(&s->order);
}
