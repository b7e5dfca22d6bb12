// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/rehearsal.h"

#include "core/player/frame.h"
#include "core/player/paper.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { WIDTH = 640, HEIGHT = 400, TICK_US = 16667 };

static gesto_result own_state(machine *m, blob *state);

static uint64_t hash_of(machine *m) {
  blob state = {0};
  uint64_t hash = 0;
  if (own_state(m, &state) == GESTO_OK) hash = rehearsal_hash(state.at, state.size);
  blob_finish(&state);
  return hash;
}

static void note_created(void *data, machine *m) {
  ((rehearsal *)data)->created = hash_of(m);
}

uint64_t rehearsal_state_hash(const rehearsal *r) { return hash_of(r->machine); }

bool rehearsal_begin(rehearsal *r, char *why, size_t room) {
  static const settings none = {.count = 0};
  const machine_setup setup = {.of = r->of,
    .creation = 1,
    .seed = 42,
    .width = WIDTH,
    .height = HEIGHT,
    .scale = 1,
    .text_scale = 1,
    .set = &none,
    .assets = r->assets,
    .room = r->room,
    .mode = MACHINE_TIMED,
    .read_step = r->read_step,
    .calls = {.data = r, .created = note_created},
    .voices = r->of->entry.wants & GESTO_WANTS_VOICES ? r->instruments : NULL};
  r->time_us = r->seq = 0;
  r->down = false;
  const blob none_saved = {0}, *from = r->from ? r->from : &none_saved;
  if (machine_create(&r->machine, &setup, from->at, from->size, r->of->entry.version, why,
        room) == OK) {
    r->machine->live = true;
    return true;
  }
  rehearsal_end(r);
  return false;
}

void rehearsal_end(rehearsal *r) {
  machine_destroy(r->machine);
  r->machine = NULL;
}

static void give_slot(rehearsal *r, uint32_t kind, const gesto_event *event) {
  ring_slot slot = {.seq = ++r->seq, .kind = kind, .creation = 1};
  if (event) slot.as.event = *event;
  slot.as.event.time = r->time_us;
  machine_deliver(r->machine, &slot);
}

void rehearsal_give(rehearsal *r, const gesto_event *event) {
  give_slot(r, SLOT_EVENT, event);
}

void rehearsal_wait(rehearsal *r, uint64_t us) {
  for (uint64_t left = us; left > 0;) {
    uint64_t step = left < TICK_US ? left : TICK_US;
    r->time_us += step;
    left -= step;
    give_slot(r, SLOT_ADVANCE, NULL);
  }
}

static float place(chance *c, uint32_t most) {
  return (float)(chance_next(c) % (most * 16)) / 16;
}

static gesto_event pointer(rehearsal *r, chance *c) {
  gesto_event e = {.source = 1, .as.pointer = {.tool = GESTO_PEN}};
  if (!r->down) {
    e.type = GESTO_POINTER_DOWN;
    r->x = place(c, WIDTH);
    r->y = place(c, HEIGHT);
  } else {
    uint64_t turn = chance_next(c) % 12;
    e.type = GESTO_POINTER_MOVE;
    if (turn == 0) e.type = GESTO_POINTER_UP;
    if (turn == 1 && chance_next(c) % 4 == 0) e.type = GESTO_POINTER_CANCEL;
    r->x = fminf(fmaxf(r->x + place(c, 32) - 16, 0), WIDTH);
    r->y = fminf(fmaxf(r->y + place(c, 32) - 16, 0), HEIGHT);
  }
  r->down = e.type == GESTO_POINTER_DOWN || e.type == GESTO_POINTER_MOVE;
  e.as.pointer.x = r->x;
  e.as.pointer.y = r->y;
  e.as.pointer.pressure = (float)(chance_next(c) % 4097) / 4096;
  return e;
}

static gesto_event control(const rehearsal *r, chance *c) {
  gesto_event e = {.type = GESTO_LOOK, .as.look = {.text_scale = 1}};
  if (r->of->control_count == 0) return e;
  const gesto_control *k = &r->of->controls[chance_next(c) % r->of->control_count];
  double part = (double)(chance_next(c) % 1001) / 1000;
  if (k->kind == GESTO_TEXT_FIELD) {
    e = (gesto_event){.type = GESTO_TEXT, .as.text = {.id = k->id, .last = 1}};
    snprintf(e.as.text.utf8, sizeof e.as.text.utf8, "word %.0f", part * 1000);
    return e;
  }
  double value = k->low + (k->high - k->low) * part;
  if (k->kind == GESTO_COLOUR) value = floor(part * 0xFFFFFF);
  if (k->kind == GESTO_CHOICE) value = floor(part * exercise_choice_count(k));
  if (k->kind == GESTO_TOGGLE) value = part >= 0.5;
  return (gesto_event){.type = k->kind == GESTO_BUTTON ? GESTO_ACTION : GESTO_CONTROL_SET,
    .as.control = {.id = k->id, .value = k->kind == GESTO_BUTTON ? 0 : value}};
}

static gesto_event other(rehearsal *r, chance *c) {
  switch (chance_next(c) % 6) {
  case 0:
    return (gesto_event){.type = GESTO_NOTE_ON,
      .source = 2,
      .as.note = {.pitch = (float)(chance_next(c) % 128), .velocity = 0.5f}};
  case 1:
    return (gesto_event){.type = GESTO_NOTE_OFF, .source = 2, .as.note = {.pitch = 60}};
  case 2: {
    bool small = chance_next(c) % 2;
    return (gesto_event){.type = GESTO_STAGE,
      .as.stage = {
        .width = small ? 320 : WIDTH, .height = small ? 480 : HEIGHT, .scale = 1}};
  }
  case 3:
    return (gesto_event){.type = GESTO_LOOK,
      .as.look = {.flags = (uint32_t)(chance_next(c) % 32),
        .text_scale = chance_next(c) % 2 ? 1 : 2}};
  case 4:
    return (gesto_event){.type = GESTO_VIEW,
      .as.view = {.zoom = 1 + place(c, 7), .x = place(c, WIDTH), .y = place(c, HEIGHT)}};
  default:
    rehearsal_give(r, &(gesto_event){.type = GESTO_PAUSE});
    return (gesto_event){.type = GESTO_RESUME};
  }
}

static gesto_event next(rehearsal *r, chance *c) {
  uint64_t turn = chance_next(c) % 20;
  if (turn < 16 || r->down) return pointer(r, c);
  return turn < 19 ? control(r, c) : other(r, c);
}

void rehearsal_play(rehearsal *r, uint64_t seed, uint32_t count) {
  chance c;
  chance_seed(&c, seed);
  for (uint32_t i = 0; i < count && !r->machine->gave_up; i++) {
    rehearsal_wait(r, chance_next(&c) % 40000);
    gesto_event e = next(r, &c);
    rehearsal_give(r, &e);
  }
  if (!r->down) return;
  r->down = false;
  rehearsal_give(r,
    &(gesto_event){
      .type = GESTO_POINTER_UP, .source = 1, .as.pointer = {.x = r->x, .y = r->y}});
}

static gesto_result write_bytes(const gesto_writer *to, const void *from, size_t size) {
  blob *b = to->data;
  blob_put(b, from, size);
  return b->short_of ? GESTO_NO_SPACE : GESTO_OK;
}

static gesto_result own_state(machine *m, blob *state) {
  const gesto_exercise *x = &m->setup.of->entry;
  if (!x->save) return GESTO_NOT_NOW;
  gesto_writer to = {.size = sizeof to, .data = state, .write = write_bytes};
  m->reading = true;
  gesto_result done = x->save(m->self, &to, true);
  m->reading = false;
  return done;
}

gesto_result rehearsal_state(const rehearsal *r, blob *state) {
  return own_state(r->machine, state);
}

uint64_t rehearsal_hash(const void *from, size_t size) {
  const uint8_t *at = from;
  uint64_t hash = UINT64_C(14695981039346656037);
  for (size_t i = 0; i < size; i++) hash = (hash ^ at[i]) * UINT64_C(1099511628211);
  return hash;
}

uint64_t rehearsal_picture(rehearsal *r) {
  machine *m = r->machine;
  cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  const page_rect all = {0, 0, WIDTH, HEIGHT};
  if (m->paper) paper_refresh(m->paper, &m->stale);
  stale_clear(&m->stale);
  frame_draw_parts(m, s, &all, 1);
  uint64_t hash = 0;
  if (cairo_surface_status(s) == CAIRO_STATUS_SUCCESS) {
    hash = rehearsal_hash(cairo_image_surface_get_data(s),
      (size_t)cairo_image_surface_get_stride(s) * HEIGHT);
  }
  cairo_surface_destroy(s);
  return hash;
}
