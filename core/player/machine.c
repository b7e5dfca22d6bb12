// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/machine.h"

#include "core/base/clock.h"
#include "core/player/paper.h"
#include "core/player/state.h"

#include <stdio.h>
#include <stdlib.h>

enum { TICKS_A_SECOND = 60 };

uint64_t machine_enter(machine *m, uint32_t busy_kind) {
  player_page *page = m->setup.page;
  if (!page) return 0;
  uint64_t outer = atomic_load(&page->busy_since_us);
  if (outer) return 0;
  atomic_store(&page->busy_kind, busy_kind);
  atomic_store(&page->busy_seq, m->seq);
  atomic_store(&page->busy_since_us, clock_now_us());
  return 1;
}

void machine_leave(machine *m, uint64_t entered) {
  if (entered) atomic_store(&m->setup.page->busy_since_us, 0);
}

uint32_t machine_busy_as(machine *m, uint32_t busy_kind) {
  player_page *page = m->setup.page;
  if (!page || !atomic_load(&page->busy_since_us)) return busy_kind;
  const uint32_t before = atomic_exchange(&page->busy_kind, busy_kind);
  atomic_store(&page->busy_since_us, clock_now_us());
  return before;
}

static void call_event(machine *m, const gesto_event *event) {
  if (m->gave_up) return;
  m->handed = m->said = 0;
  m->ticking = true;
  uint64_t entered = machine_enter(m, BUSY_EVENT);
  m->setup.of->entry.event(m->self, event);
  machine_leave(m, entered);
}

// An answer to a wish may be another wish: what is still wanted after that many is let go.
static void grant_wishes(machine *m) {
  const machine_calls *calls = &m->setup.calls;
  for (uint32_t done = 0; m->controls.asked_count && done < CONTROLS_ASKED_MAX; done++) {
    uint32_t id = m->controls.asked[0].id;
    double value = m->controls.asked[0].value;
    m->controls.asked_count--;
    for (uint32_t i = 0; i < m->controls.asked_count; i++) {
      m->controls.asked[i] = m->controls.asked[i + 1];
    }
    const bool button = controls_fit_button(&m->controls, id, &value);
    if (!button && !controls_fit(&m->controls, id, &value)) continue;
    controls_set(&m->controls, id, value);
    if (m->live && calls->control) calls->control(calls->data, id, value);
    if (button) continue;
    call_event(m,
      &(gesto_event){.time = m->now_us,
        .type = GESTO_CONTROL_SET,
        .as.control = {.value = value, .id = id}});
  }
  m->controls.asked_count = 0;
}

static void take_stage(machine *m, const gesto_event *e) {
  m->width = e->as.stage.width;
  m->height = e->as.stage.height;
  m->scale = e->as.stage.scale;
  if (m->paper) paper_see(m->paper);
  stale_all(&m->stale);
}

static void take_view(machine *m, const gesto_event *e) {
  const paper_view v = {e->as.view.zoom, e->as.view.x, e->as.view.y};
  if (!m->paper) return;
  paper_look(m->paper, v);
  stale_all(&m->stale);
}

static void take_look(machine *m, const gesto_event *e) {
  m->look_flags = e->as.look.flags;
  m->text_scale = e->as.look.text_scale;
  stale_all(&m->stale);
}

// What the host itself has to know of an event. False: it is not for the exercise.
static bool take_in(machine *m, gesto_event *e) {
  if (!touching_take(&m->touching, e)) return false;
  switch (e->type) {
  case GESTO_CONTROL_SET:
    if (!controls_fit(&m->controls, e->as.control.id, &e->as.control.value)) return false;
    controls_set(&m->controls, e->as.control.id, e->as.control.value);
    return true;
  case GESTO_STAGE: take_stage(m, e); return true;
  case GESTO_LOOK: take_look(m, e); return true;
  case GESTO_VIEW: take_view(m, e); return false;
  case GESTO_PAUSE: m->paused = true; return true;
  case GESTO_RESUME: m->paused = false; return true;
  default: return true;
  }
}

void machine_event(machine *m, const gesto_event *event) {
  gesto_event e = *event;
  if (!take_in(m, &e)) return;
  call_event(m, &e);
  grant_wishes(m);
}

static void call_tick(machine *m) {
  m->handed = m->said = 0;
  uint64_t entered = machine_enter(m, BUSY_TICK);
  m->ticking = m->setup.of->entry.tick(m->self);
  machine_leave(m, entered);
}

static void run_ticks(machine *m, uint64_t until_us) {
  uint64_t due = until_us * TICKS_A_SECOND / 1000000;
  while (m->tick < due && m->ticking && !m->paused && !m->gave_up) {
    m->tick++;
    uint64_t at = m->tick * 1000000 / TICKS_A_SECOND;
    if (at > m->now_us) m->now_us = at;
    call_tick(m);
    grant_wishes(m);
  }
  if (m->tick < due) m->tick = due;
}

// A journal may say any time.
static uint64_t time_of(const machine *m, const ring_slot *slot) {
  const uint64_t time = slot->as.event.time, left = MACHINE_TIME_MAX_US - m->before_us;
  return m->before_us + (time < left ? time : left);
}

static void deliver_input(machine *m, const ring_slot *slot) {
  gesto_event event = slot->as.event;
  event.time = time_of(m, slot);
  const gesto_event *e = &event;
  if (slot->seq) m->at_seq = slot->seq;
  // A pause may be saved at any moment, and nothing sounds after it.
  if (slot->kind == SLOT_EVENT && e->type == GESTO_PAUSE) m->hearing.settle_next = true;
  if (m->live)
    hearing_boundary(m, slot->seq, e->time);
  else
    m->hearing.pushed = 0;
  run_ticks(m, e->time);
  if (slot->seq) m->seq = slot->seq;
  if (e->time > m->now_us) m->now_us = e->time;
  if (slot->kind == SLOT_EVENT) machine_event(m, e);
  hearing_mark(m);
}

void machine_deliver(machine *m, const ring_slot *slot) {
  if (m->gave_up || m->lost_past || !m->self) return;
  if (slot->creation && slot->creation != m->setup.creation) return;
  switch (slot->kind) {
  case SLOT_EVENT:
  case SLOT_ADVANCE: deliver_input(m, slot); break;
  case SLOT_TOOK:
  case SLOT_HEARD:
  case SLOT_BLOCKS: hearing_follow(m, slot); break;
  case SLOT_ROUND_TRIP: machine_round_trip(m); break;
  default: break;
  }
}

bool machine_wants_ticks(const machine *m) {
  return m->ticking && !m->paused && !m->gave_up && m->setup.of->ticks;
}

void machine_settle(machine *m) { hearing_settle(m, m->seq + 1); }

gesto_result machine_works(machine *m, const works_taker *taker) {
  const gesto_exercise *x = &m->setup.of->entry;
  if (!x->works || !m->self) return GESTO_OK;
  machine_settle(m);
  m->taker = taker;
  m->reading = true;
  uint64_t entered = machine_enter(m, BUSY_WORKS);
  gesto_result r = x->works(m->self, &m->host);
  machine_leave(m, entered);
  m->reading = false;
  m->taker = NULL;
  return r;
}

static void first_event(machine *m, gesto_event e) {
  e.time = m->now_us;
  machine_event(m, &e);
}

// What every exercise is told before anything else; its controls only if it remembers none.
static void say_how_things_are(machine *m, bool with_controls) {
  first_event(m,
    (gesto_event){.type = GESTO_STAGE,
      .as.stage = {.width = m->width, .height = m->height, .scale = m->scale}});
  first_event(m,
    (gesto_event){.type = GESTO_LOOK,
      .as.look = {.flags = m->look_flags, .text_scale = m->text_scale}});
  for (uint32_t i = 0; with_controls && i < m->setup.of->control_count; i++) {
    uint32_t id = m->setup.of->controls[i].id;
    double value = m->controls.value[i];
    if (!controls_fit(&m->controls, id, &value)) continue;
    first_event(m,
      (gesto_event){.type = GESTO_CONTROL_SET, .as.control = {.value = value, .id = id}});
  }
}

static void start_afresh(machine *m) {
  const machine_setup *s = &m->setup;
  m->width = s->width;
  m->height = s->height;
  m->scale = s->scale;
  m->look_flags = s->look_flags;
  m->text_scale = s->text_scale;
  m->now_us = m->tick = m->before_us = 0;
  m->ticking = true;
  m->paused = false;
  chance_seed(&m->chance, s->seed);
  controls_init(&m->controls, s->of, s->set);
}

// Of what it is a copy of, contacts, window and view are not there any more.
static void begin_copy(machine *m) {
  const machine_setup *s = &m->setup;
  m->seq = 0;
  m->before_us = m->now_us;
  m->touching = (touching){0};
  m->width = s->width;
  m->height = s->height;
  m->scale = s->scale;
  m->look_flags = s->look_flags;
  m->text_scale = s->text_scale;
  if (m->paper) paper_look(m->paper, (paper_view){.zoom = 1});
}

// create() and what follows it, from a state or anew.
static result begin(machine *m, const void *state, size_t size, const char *version,
  char *why, size_t room) {
  const exercise *of = m->setup.of;
  start_afresh(m);
  if (of->entry.wants & GESTO_WANTS_CANVAS) {
    result r = paper_create(&m->paper, m);
    if (r != OK) {
      snprintf(why, room, "There is no room for the canvas of %s (%s).", of->entry.name,
        result_text(r));
      return r;
    }
  }
  uint64_t entered = machine_enter(m, BUSY_LOAD);
  m->self = of->entry.create(&m->host);
  result r = m->self ? OK : NO_MEMORY;
  if (r != OK) snprintf(why, room, "%s could not begin.", of->entry.name);
  uint64_t block = 0;
  if (r == OK && state) r = state_load(m, state, size, version, &block, why, room);
  machine_leave(m, entered);
  if (r != OK) return r;
  const bool anew = state && m->begins_copy;
  m->begins_copy = false;
  if (anew) begin_copy(m);
  hearing_resume(m, block);
  m->at_seq = m->seq + 1;
  if (m->setup.calls.created) m->setup.calls.created(m->setup.calls.data, m);
  say_how_things_are(m, !state);
  uint64_t opening = machine_enter(m, BUSY_SOUND);
  sound_half_open(&m->sound, of, m->self, chance_mix(m->setup.seed ^ 0x50u), block);
  machine_leave(m, opening);
  if (anew && m->paused) first_event(m, (gesto_event){.type = GESTO_RESUME});
  hearing_mark(m);
  stale_all(&m->stale);
  return m->gave_up ? FAILED : OK;
}

static void machine_end(machine *m) {
  sound_half_close(&m->sound);
  if (m->self) {
    uint64_t entered = machine_enter(m, BUSY_LOAD);
    m->setup.of->entry.destroy(m->self);
    machine_leave(m, entered);
  }
  m->self = NULL;
  paper_destroy(m->paper);
  m->paper = NULL;
  tapes_finish(&m->tapes);
  hearing_finish(m);
  sound_half_finish(&m->sound);
}

result machine_create(machine **m, const machine_setup *setup, const void *state,
  size_t state_size, const char *version, char *why, size_t room) {
  machine *new = *m = calloc(1, sizeof *new);
  if (room) why[0] = 0;
  if (!new) return NO_MEMORY;
  new->setup = *setup;
  new->tapes.room = setup->room;
  new->begins_copy = setup->anew;
  host_fill(new);
  result r = assets_init(&new->assets, setup->assets);
  if (r == OK) r = sound_half_init(&new->sound, &new->tapes, setup->voices, setup->page);
  if (r == OK && setup->room && !state) r = tape_room_go_back(setup->room, 0, 0);
  if (r != OK) return r;
  return begin(new, state, state_size, version, why, room);
}

bool machine_round_trip(machine *m) {
  blob state = {0};
  char why[512] = "";
  tapes_settle(&m->tapes); // here no block runs but as the feed says
  gesto_result saved = state_save(m, true, &state);
  bool whole = saved == GESTO_OK;
  if (whole) {
    machine_end(m);
    whole = sound_half_init(&m->sound, &m->tapes, m->setup.voices, m->setup.page) == OK &&
      begin(m, state.at, state.size, m->setup.of->entry.version, why, sizeof why) == OK;
  }
  blob_finish(&state);
  return whole;
}

void machine_destroy(machine *m) {
  if (!m) return;
  machine_end(m);
  assets_finish(&m->assets);
  free(m->gave_up);
  free(m);
}
