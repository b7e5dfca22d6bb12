// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/tapes.h"

#include "core/base/protocol.h"

#include <stdlib.h>
#include <string.h>

static_assert(TAPE_CHUNKS <= UINT16_MAX, "chunks are listed in 16 bits");
static_assert((int)TAPE_BLOCK <= (int)TAPE_UNDO_FRAMES, "one block is put down at once");

static tape *find(tapes *t, uint32_t number) {
  tape *here = &t->all[number % TAPES_MAX];
  return number != 0 && here->number == number ? here : NULL;
}

static uint32_t chunks_of(uint64_t frames) {
  return (uint32_t)((frames + TAPE_CHUNK_FRAMES - 1) / TAPE_CHUNK_FRAMES);
}

static bool add(tapes *t, uint32_t number, uint64_t frames) {
  const uint32_t count = chunks_of(frames);
  tape_sound *s = calloc(1, sizeof *s + count * sizeof s->chunks[0]);
  if (!s) return false;
  atomic_init(&s->holders, 1);
  s->room = t->room;
  s->frames = frames;
  s->chunk_count = count;
  t->all[number % TAPES_MAX] = (tape){.number = number, .sound = s};
  return true;
}

uint32_t tapes_open(tapes *t, uint64_t frames) {
  if (!t->room || frames == 0 || frames > TAPE_FRAMES_MAX) return 0;
  frames = (frames + TAPE_BLOCK - 1) / TAPE_BLOCK * TAPE_BLOCK;
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

void tapes_drop(tapes *t, uint32_t number, uint64_t seq) {
  tape *here = find(t, number);
  if (!here) return;
  const size_t size = (t->dropped_count + 1) * sizeof *t->dropped;
  dropped_tape *more = realloc(t->dropped, size);
  if (more) {
    t->dropped = more;
    more[t->dropped_count++] = (dropped_tape){.seq = seq, .sound = here->sound};
  } else {
    tape_sound_let_go(here->sound); // its room is given back with the creation's
  }
  *here = (tape){0};
}

static bool forget(tapes *t, const dropped_tape *d, uint64_t oldest) {
  tape_sound *s = d->sound;
  if (d->seq > oldest || atomic_load(&s->holders) > 1) return false;
  for (uint32_t i = 0; i < s->chunk_count; i++)
    if (s->chunks[i]) tape_room_clear(t->room, s->chunks[i], 0);
  tape_sound_let_go(s);
  return true;
}

void tapes_forget_dropped(tapes *t, uint64_t oldest) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < t->dropped_count; i++)
    if (!forget(t, &t->dropped[i], oldest)) t->dropped[kept++] = t->dropped[i];
  t->dropped_count = kept;
}

void tapes_settle(tapes *t) {
  t->settled = t->room ? tape_room_given(t->room) : 0;
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

// ---- Frames --------------------------------------------------------------------------

// A run of frames within one chunk; NULL where nothing was written.
typedef struct run {
  float *samples;
  uint32_t chunk, at, frames;
} run;

static run run_at(const tape_sound *s, uint64_t at, uint64_t most) {
  const uint32_t place = (uint32_t)(at / TAPE_CHUNK_FRAMES);
  const uint32_t first = (uint32_t)(at % TAPE_CHUNK_FRAMES);
  const uint32_t left = TAPE_CHUNK_FRAMES - first;
  const uint32_t chunk = atomic_load_explicit(&s->chunks[place], memory_order_acquire);
  run r = {.chunk = chunk, .at = first, .frames = most < left ? (uint32_t)most : left};
  if (chunk) r.samples = tape_room_chunk(s->room, chunk) + (size_t)first * 2;
  return r;
}

void tape_sound_add(const tape_sound *s, uint64_t at, uint64_t count, float *sum) {
  while (count > 0) {
    const run r = run_at(s, at, count);
    for (uint32_t i = 0; r.samples && i < r.frames * 2; i++) sum[i] += r.samples[i];
    sum += (size_t)r.frames * 2;
    at += r.frames;
    count -= r.frames;
  }
}

static bool inside(const tape_sound *s, uint64_t at) {
  return at <= s->frames && s->frames - at >= TAPE_BLOCK;
}

static bool give_chunk_rt(tapes *t, tape_sound *s, uint64_t at) {
  _Atomic uint16_t *place = &s->chunks[at / TAPE_CHUNK_FRAMES];
  if (atomic_load_explicit(place, memory_order_relaxed)) return true;
  const uint32_t chunk = tape_room_give_rt(t->room);
  atomic_store_explicit(place, (uint16_t)chunk, memory_order_release);
  return chunk != 0;
}

static void write_run_rt(const run *r, const float *const in[2], uint32_t from) {
  for (uint32_t i = 0; r->samples && i < r->frames; i++) {
    r->samples[2 * i] = in[0][from + i];
    r->samples[2 * i + 1] = in[1][from + i];
  }
}

bool tapes_write_rt(
  tapes *t, uint32_t number, uint64_t at, uint64_t block, const float *const in[2]) {
  tape *here = find(t, number);
  if (!here || here->closed || !inside(here->sound, at)) return false;
  tape_sound *s = here->sound;
  if (!give_chunk_rt(t, s, at) || !give_chunk_rt(t, s, at + TAPE_BLOCK - 1)) return false;
  const uint64_t written = atomic_load_explicit(&s->written, memory_order_relaxed);
  for (uint32_t done = 0; done < TAPE_BLOCK;) {
    const run r = run_at(s, at + done, TAPE_BLOCK - done);
    if (at < written) tape_room_put_down_rt(t->room, block, r.chunk, r.at, r.frames);
    write_run_rt(&r, in, done);
    done += r.frames;
  }
  if (at + TAPE_BLOCK > written)
    atomic_store_explicit(&s->written, at + TAPE_BLOCK, memory_order_release);
  return true;
}

static void read_run_rt(const run *r, float *const out[2], uint32_t to) {
  for (uint32_t i = 0; i < r->frames; i++) {
    out[0][to + i] = r->samples ? r->samples[2 * i] : 0;
    out[1][to + i] = r->samples ? r->samples[2 * i + 1] : 0;
  }
}

bool tapes_read_rt(tapes *t, uint32_t number, uint64_t at, float *const out[2]) {
  const tape *here = find(t, number);
  if (!here || !inside(here->sound, at)) return false;
  for (uint32_t done = 0; done < TAPE_BLOCK;) {
    const run r = run_at(here->sound, at + done, TAPE_BLOCK - done);
    read_run_rt(&r, out, done);
    done += r.frames;
  }
  return true;
}

result tapes_fill(
  tapes *t, uint32_t number, uint64_t room, const float *samples, uint64_t frames) {
  if (!t->room || number == 0 || t->all[number % TAPES_MAX].number != 0) return BAD_DATA;
  if (room == 0 || room > TAPE_FRAMES_MAX || room % TAPE_BLOCK != 0) return BAD_DATA;
  if (!add(t, number, room)) return NO_MEMORY;
  if (number > t->newest) t->newest = number;
  for (uint64_t at = 0; at < frames; at += TAPE_BLOCK) {
    float left[TAPE_BLOCK];
    float right[TAPE_BLOCK];
    for (int i = 0; i < TAPE_BLOCK; i++) {
      left[i] = samples[2 * (at + (uint64_t)i)];
      right[i] = samples[2 * (at + (uint64_t)i) + 1];
    }
    const float *const in[2] = {left, right};
    if (!tapes_write_rt(t, number, at, 0, in)) return NO_SPACE;
  }
  t->all[number % TAPES_MAX].closed = true;
  return OK;
}

// ---- State ---------------------------------------------------------------------------

static void save_one(const tapes *t, const tape *here, blob *to) {
  const tape_sound *s = here->sound;
  blob_put_u32(to, here->number);
  blob_put_u32(to, here->closed);
  blob_put_u64(to, s->frames);
  blob_put_u64(to, here->settled);
  for (uint32_t i = 0; i < chunks_of(here->settled); i++) {
    const uint32_t chunk = atomic_load(&s->chunks[i]);
    // The sound thread goes on meanwhile: what it was given since is not in this state.
    blob_put_u32(to, chunk <= t->settled ? chunk : 0);
  }
}

void tapes_save(const tapes *t, bool with_history, blob *to) {
  uint32_t count = 0;
  for (int i = 0; with_history && i < TAPES_MAX; i++) count += t->all[i].number != 0;
  blob_put_u32(to, t->room && with_history ? tape_room_id(t->room) : 0);
  blob_put_u32(to, with_history ? t->settled : 0);
  blob_put_u32(to, t->newest);
  blob_put_u32(to, count);
  for (int i = 0; count && i < TAPES_MAX; i++)
    if (t->all[i].number) save_one(t, &t->all[i], to);
}

static result load_chunks(tapes *t, tape *here, cursor *from) {
  const uint32_t count = chunks_of(here->settled);
  for (uint32_t i = 0; i < count; i++) {
    const uint32_t chunk = cursor_u32(from);
    if (chunk > t->settled) return BAD_DATA;
    atomic_store(&here->sound->chunks[i], (uint16_t)chunk);
  }
  const uint32_t last = count ? here->sound->chunks[count - 1] : 0;
  const uint32_t end = (uint32_t)(here->settled % TAPE_CHUNK_FRAMES);
  if (last && end && !from->torn) tape_room_clear(t->room, last, end);
  return from->torn ? BAD_DATA : OK;
}

static result load_one(tapes *t, cursor *from) {
  uint32_t number = cursor_u32(from), closed = cursor_u32(from);
  uint64_t frames = cursor_u64(from), written = cursor_u64(from);
  if (from->torn || number == 0 || t->all[number % TAPES_MAX].number != 0)
    return BAD_DATA;
  if (frames == 0 || frames > TAPE_FRAMES_MAX || frames % TAPE_BLOCK != 0)
    return BAD_DATA;
  if (written > frames) return BAD_DATA;
  if (!add(t, number, frames)) return NO_MEMORY;
  tape *here = &t->all[number % TAPES_MAX];
  here->closed = closed != 0;
  here->settled = written;
  atomic_store(&here->sound->written, written);
  return load_chunks(t, here, from);
}

result tapes_load(tapes *t, uint64_t block, cursor *from) {
  const uint32_t id = cursor_u32(from), given = cursor_u32(from);
  t->newest = cursor_u32(from);
  const uint32_t count = cursor_u32(from);
  if (from->torn || count > TAPES_MAX || (count && !t->room)) return BAD_DATA;
  if (given > 0 && (!t->room || id != tape_room_id(t->room))) return BAD_DATA;
  result r = t->room ? tape_room_go_back(t->room, given, block) : OK;
  t->settled = given;
  for (uint32_t i = 0; i < count && r == OK; i++) r = load_one(t, from);
  return r;
}

void tapes_finish(tapes *t) {
  for (int i = 0; i < TAPES_MAX; i++) tape_sound_let_go(t->all[i].sound);
  for (uint32_t i = 0; i < t->dropped_count; i++) tape_sound_let_go(t->dropped[i].sound);
  free(t->dropped);
  *t = (tapes){.room = t->room};
}
