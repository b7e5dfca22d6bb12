// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/state.h"

#include "core/player/extensions.h"
#include "core/player/machine.h"
#include "core/player/paper.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char MAGIC[8] = "GESTOST1";

static gesto_result write_bytes(const gesto_writer *to, const void *from, size_t size) {
  blob *b = to->data;
  blob_put(b, from, size);
  return b->short_of ? GESTO_NO_SPACE : GESTO_OK;
}

typedef struct reading {
  cursor left;
  size_t step; // 0: none
} reading;

static int64_t read_bytes(const gesto_reader *from, void *to, size_t size) {
  reading *r = from->data;
  size_t n = size < r->left.left ? size : r->left.left;
  if (r->step && n > r->step) n = r->step;
  cursor_take(&r->left, to, n);
  return (int64_t)n;
}

static void save_host(const machine *m, blob *to) {
  blob_put(to, MAGIC, sizeof MAGIC);
  blob_put_u64(to, m->seq);
  blob_put_u32(to, STATE_LAYOUT);
  blob_put_u64(to, m->now_us);
  blob_put_u64(to, m->before_us);
  blob_put_u64(to, m->tick);
  blob_put_u32(to, m->ticking);
  blob_put_u32(to, m->paused);
  blob_put_double(to, m->width);
  blob_put_double(to, m->height);
  blob_put_double(to, m->scale);
  blob_put_double(to, m->text_scale);
  blob_put_u32(to, m->look_flags);
  touching_save(&m->touching, to);
  for (int i = 0; i < 4; i++) blob_put_u64(to, m->chance.word[i]);
  blob_put_u32(to, m->setup.of->control_count);
  for (uint32_t i = 0; i < m->setup.of->control_count; i++) {
    blob_put_u32(to, m->setup.of->controls[i].id);
    blob_put_double(to, m->controls.value[i]);
  }
}

// Events that no report says were taken: they are given to the new sound half again.
static gesto_result save_waiting(const machine *m, blob *to) {
  uint64_t count = atomic_load(&m->sound.to_written) - m->hearing.slot_taken;
  if (count > SOUND_QUEUE) return GESTO_NOT_NOW;
  gesto_event *events = calloc(count ? count : 1, sizeof *events);
  if (!events) return GESTO_NO_MEMORY;
  sound_half_peek(&m->sound, count, events);
  blob_put_u64(to, m->hearing.slot_reported);
  blob_put_part(to, events, count * sizeof *events);
  free(events);
  return GESTO_OK;
}

static gesto_result save_exercise(
  machine *m, bool with_history, saved_sounds *sounds, blob *to) {
  blob own = {.limit = to->limit};
  gesto_writer writer = {.size = sizeof writer, .data = &own, .write = write_bytes};
  m->reading = true;
  m->sounds = sounds;
  uint64_t entered = machine_enter(m, BUSY_LOAD);
  gesto_result r = m->setup.of->entry.save(m->self, &writer, with_history);
  machine_leave(m, entered);
  m->sounds = NULL;
  m->reading = false;
  if (r == GESTO_OK && own.short_of) r = GESTO_NO_SPACE;
  if (r == GESTO_OK) blob_put_part(to, own.at, own.size);
  blob_finish(&own);
  return r;
}

gesto_result state_begin(machine *m, bool with_history, blob *to, state_rest *rest) {
  *rest = (state_rest){.plain = !with_history};
  if (!m->self || m->lost_past || !m->setup.of->entry.save || !m->setup.of->entry.load)
    return GESTO_NOT_NOW;
  save_host(m, to);
  gesto_result r = save_waiting(m, to);
  if (r != GESTO_OK) return r;
  blob_put_u32(to, m->paper != NULL);
  if (m->paper)
    r = gesto_result_of(paper_save(m->paper, with_history, to, &rest->painted));
  if (r != GESTO_OK) return r;
  tapes_save(&m->tapes, with_history, to);
  r = save_exercise(m, with_history, &rest->sounds, to);
  if (r != GESTO_OK) state_let_go(rest);
  return r;
}

gesto_result state_complete(blob *to, state_rest *rest) {
  uint8_t *painted = NULL;
  size_t size = 0;
  result r = OK;
  const gesto_result sounds =
    rest->plain ? saved_sounds_write(&rest->sounds, to) : GESTO_OK;
  if (rest->painted) r = canvas_save(rest->painted, !rest->plain, &painted, &size);
  state_let_go(rest);
  blob_put(to, painted, size);
  blob_put_u64(to, size);
  free(painted);
  if (r != OK) return gesto_result_of(r);
  if (sounds != GESTO_OK) return sounds;
  return to->short_of ? GESTO_NO_SPACE : GESTO_OK;
}

void state_let_go(state_rest *rest) {
  canvas_destroy(rest->painted);
  saved_sounds_let_go(&rest->sounds);
  *rest = (state_rest){0};
}

gesto_result state_save(machine *m, bool with_history, blob *to) {
  state_rest rest;
  const gesto_result r = state_begin(m, with_history, to, &rest);
  return r == GESTO_OK ? state_complete(to, &rest) : r;
}

static void load_controls(machine *m, cursor *from) {
  uint32_t count = cursor_u32(from);
  for (uint32_t i = 0; i < count && !from->torn; i++) {
    uint32_t id = cursor_u32(from);
    double value = cursor_double(from);
    if (controls_fit(&m->controls, id, &value) ||
      controls_fit_button(&m->controls, id, &value))
      controls_set(&m->controls, id, value);
  }
  m->controls.asked_count = 0;
}

static result load_host(machine *m, cursor *from, uint32_t *layout_of) {
  char magic[sizeof MAGIC];
  cursor_take(from, magic, sizeof magic);
  uint64_t seq = cursor_u64(from);
  uint32_t layout = cursor_u32(from);
  if (from->torn || memcmp(magic, MAGIC, sizeof magic) != 0) return BAD_DATA;
  if (layout > STATE_LAYOUT) return TOO_NEW;
  if (layout < STATE_LAYOUT_OLDEST) return BAD_DATA;
  *layout_of = layout;
  m->seq = seq;
  m->now_us = cursor_u64(from);
  m->before_us = cursor_u64(from);
  m->tick = cursor_u64(from);
  m->ticking = cursor_u32(from) != 0;
  m->paused = cursor_u32(from) != 0;
  m->width = (float)cursor_double(from);
  m->height = (float)cursor_double(from);
  m->scale = (float)cursor_double(from);
  m->text_scale = (float)cursor_double(from);
  m->look_flags = cursor_u32(from);
  if (!touching_load(&m->touching, from)) return BAD_DATA;
  for (int i = 0; i < 4; i++) m->chance.word[i] = cursor_u64(from);
  load_controls(m, from);
  const bool in_time =
    m->now_us <= MACHINE_TIME_MAX_US && m->before_us <= MACHINE_TIME_MAX_US;
  bool sane = m->width > 0 && m->width < 32768 && m->height > 0 && m->height < 32768;
  return from->torn || !sane || !in_time ? BAD_DATA : OK;
}

static result load_waiting(machine *m, cursor *from, uint64_t *block) {
  *block = cursor_u64(from);
  size_t size = 0;
  const uint8_t *events = cursor_part(from, &size);
  if (from->torn || size % sizeof(gesto_event) != 0) return BAD_DATA;
  for (size_t i = 0; i < size / sizeof(gesto_event); i++) {
    gesto_event e;
    memcpy(&e, events + i * sizeof e, sizeof e);
    if (!sound_half_push(&m->sound, &e)) return BAD_DATA;
  }
  return OK;
}

static result load_exercise(machine *m, cursor *from, const char *version) {
  size_t size = 0;
  const uint8_t *own = cursor_part(from, &size);
  if (from->torn || !m->setup.of->entry.load) return BAD_DATA;
  reading own_part = {.left = {.at = own, .left = size}, .step = m->setup.read_step};
  gesto_reader reader = {.size = sizeof reader, .data = &own_part, .read = read_bytes};
  gesto_result r = m->setup.of->entry.load(m->self, &reader, version);
  if (r == GESTO_TOO_NEW) return TOO_NEW;
  return r == GESTO_OK ? OK : BAD_DATA;
}

// Takes the canvas off the end.
static const uint8_t *split_painted(cursor *from, size_t *size) {
  if (from->left < sizeof(uint64_t)) return NULL;
  from->left -= sizeof(uint64_t);
  cursor end = {.at = from->at + from->left, .left = sizeof(uint64_t)};
  const uint64_t painted = cursor_u64(&end);
  from->torn = painted > from->left;
  if (from->torn) return NULL;
  *size = (size_t)painted;
  from->left -= *size;
  return from->at + from->left;
}

result state_load(machine *m, const void *state, size_t size, const char *version,
  uint64_t *block, char *why, size_t room) {
  cursor from = {.at = state, .left = size};
  size_t painted_size = 0;
  const uint8_t *painted = split_painted(&from, &painted_size);
  uint32_t layout = 0;
  result r = load_host(m, &from, &layout);
  if (r == OK) r = load_waiting(m, &from, block);
  if (r == OK && (cursor_u32(&from) != 0) != (m->paper != NULL)) r = BAD_DATA;
  if (r == OK && m->paper) r = paper_load(m->paper, &from, layout, painted, painted_size);
  tapes_finish(&m->tapes); // what create() opened was opened before the state was saved
  if (r == OK) r = tapes_load(&m->tapes, *block, &from);
  if (r == OK) r = load_exercise(m, &from, version);
  if (r == OK && from.left > 0) r = saved_sounds_read(&m->tapes, &from);
  if (r == OK) return OK;
  snprintf(why, room,
    "The saved state of %s cannot be used (%s). It begins anew from its "
    "journal.",
    m->setup.of->entry.name, result_text(r));
  return r;
}
