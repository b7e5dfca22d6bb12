// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/tapes.h"

#include <stdlib.h>
#include <string.h>

static uint64_t bytes_of(uint64_t frames) {
  return sizeof(tape_sound) + frames * 2 * sizeof(float);
}

static tape *find(tapes *t, uint32_t number) {
  tape *here = &t->all[number % TAPES_MAX];
  return number != 0 && here->number == number ? here : NULL;
}

static bool add(tapes *t, uint32_t number, uint64_t frames) {
  tape_sound *s = calloc(1, bytes_of(frames));
  if (!s) return false;
  atomic_init(&s->holders, 1);
  s->frames = frames;
  t->all[number % TAPES_MAX] = (tape){.number = number, .sound = s};
  t->held_bytes += bytes_of(frames);
  return true;
}

uint32_t tapes_open(tapes *t, uint64_t frames) {
  if (frames == 0 || frames > TAPE_FRAMES_MAX) return 0;
  frames = (frames + TAPE_BLOCK - 1) / TAPE_BLOCK * TAPE_BLOCK;
  if (t->held_bytes + bytes_of(frames) > TAPES_BYTES_MAX) return 0;
  for (uint32_t i = 1; i <= TAPES_MAX; i++) {
    uint32_t number = t->newest + i;
    if (number == 0 || t->all[number % TAPES_MAX].number != 0) continue;
    if (!add(t, number, frames)) return 0;
    t->newest = number;
    return number;
  }
  return 0;
}

void tapes_close(tapes *t, uint32_t number) {
  tape *here = find(t, number);
  if (here) here->closed = true;
}

void tape_sound_let_go(tape_sound *s) {
  if (s && atomic_fetch_sub(&s->holders, 1) == 1) free(s);
}

void tapes_drop(tapes *t, uint32_t number) {
  tape *here = find(t, number);
  if (!here) return;
  t->held_bytes -= bytes_of(here->sound->frames);
  tape_sound_let_go(here->sound);
  *here = (tape){0};
}

void tapes_settle(tapes *t) {
  for (int i = 0; i < TAPES_MAX; i++) {
    tape *here = &t->all[i];
    if (here->number) here->settled = atomic_load(&here->sound->written);
  }
}

tape_sound *tapes_hold(tapes *t, uint32_t number, uint64_t *frames) {
  tape *here = find(t, number);
  *frames = 0;
  if (!here) return NULL;
  *frames = here->settled;
  atomic_fetch_add(&here->sound->holders, 1);
  return here->sound;
}

static bool inside(const tape_sound *s, uint64_t at) {
  return at <= s->frames && s->frames - at >= TAPE_BLOCK;
}

bool tapes_write_rt(tapes *t, uint32_t number, uint64_t at, const float *const in[2]) {
  tape *here = find(t, number);
  if (!here || here->closed || !inside(here->sound, at)) return false;
  float *to = here->sound->samples + at * 2;
  for (int i = 0; i < TAPE_BLOCK; i++) {
    to[2 * i] = in[0][i];
    to[2 * i + 1] = in[1][i];
  }
  if (at + TAPE_BLOCK >
    atomic_load_explicit(&here->sound->written, memory_order_relaxed)) {
    atomic_store_explicit(&here->sound->written, at + TAPE_BLOCK, memory_order_release);
  }
  return true;
}

bool tapes_read_rt(tapes *t, uint32_t number, uint64_t at, float *const out[2]) {
  const tape *here = find(t, number);
  if (!here || !inside(here->sound, at)) return false;
  const float *from = here->sound->samples + at * 2;
  for (int i = 0; i < TAPE_BLOCK; i++) {
    out[0][i] = from[2 * i];
    out[1][i] = from[2 * i + 1];
  }
  return true;
}

void tapes_save(const tapes *t, blob *to) {
  uint32_t count = 0;
  for (int i = 0; i < TAPES_MAX; i++) count += t->all[i].number != 0;
  blob_put_u32(to, t->newest);
  blob_put_u32(to, count);
  for (int i = 0; i < TAPES_MAX; i++) {
    const tape *here = &t->all[i];
    if (!here->number) continue;
    blob_put_u32(to, here->number);
    blob_put_u32(to, here->closed);
    blob_put_u64(to, here->sound->frames);
    blob_put_u64(to, here->settled);
    blob_put_part(to, here->sound->samples, here->settled * 2 * sizeof(float));
  }
}

static result load_one(tapes *t, cursor *from) {
  uint32_t number = cursor_u32(from), closed = cursor_u32(from);
  uint64_t frames = cursor_u64(from), written = cursor_u64(from);
  size_t size = 0;
  const uint8_t *samples = cursor_part(from, &size);
  if (from->torn || number == 0 || t->all[number % TAPES_MAX].number != 0)
    return BAD_DATA;
  if (frames == 0 || frames > TAPE_FRAMES_MAX || frames % TAPE_BLOCK != 0)
    return BAD_DATA;
  if (written > frames || size != written * 2 * sizeof(float)) return BAD_DATA;
  if (t->held_bytes + bytes_of(frames) > TAPES_BYTES_MAX) return BAD_DATA;
  if (!add(t, number, frames)) return NO_MEMORY;
  tape *here = &t->all[number % TAPES_MAX];
  here->closed = closed != 0;
  here->settled = written;
  atomic_store(&here->sound->written, written);
  memcpy(here->sound->samples, samples, size);
  return OK;
}

result tapes_load(tapes *t, cursor *from) {
  t->newest = cursor_u32(from);
  uint32_t count = cursor_u32(from);
  if (from->torn || count > TAPES_MAX) return BAD_DATA;
  result r = OK;
  for (uint32_t i = 0; i < count && r == OK; i++) r = load_one(t, from);
  return r;
}

void tapes_finish(tapes *t) {
  for (int i = 0; i < TAPES_MAX; i++) tape_sound_let_go(t->all[i].sound);
  *t = (tapes){0};
}
