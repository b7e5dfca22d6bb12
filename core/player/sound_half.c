// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/sound_half.h"

#include "core/base/clock.h"
#include "core/player/denormals.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { RATE = 48000 };

result sound_half_init(sound_half *s, tapes *t, voices *v, player_page *page) {
  *s = (sound_half){.tapes = t, .voices = v, .page = page};
  pthread_mutex_init(&s->turn, NULL);
  s->to_sound = calloc(SOUND_QUEUE, sizeof *s->to_sound);
  s->from_sound = calloc(SOUND_QUEUE, sizeof *s->from_sound);
  s->records = calloc(SOUND_RECORDS, sizeof *s->records);
  return s->to_sound && s->from_sound && s->records ? OK : NO_MEMORY;
}

void sound_half_finish(sound_half *s) {
  sound_half_close(s);
  free(s->to_sound);
  free(s->from_sound);
  free(s->records);
  s->to_sound = s->from_sound = NULL;
  s->records = NULL;
}

void sound_half_open(
  sound_half *s, const exercise *of, const void *self, uint64_t seed, uint64_t block) {
  s->face = of->sound.process ? &of->sound : NULL;
  atomic_store(&s->blocks, block);
  if (s->face && s->voices && voices_renew(s->voices) != OK) s->voices = NULL;
  if (s->face) s->half = s->face->open(self, RATE, WAVE_FRAMES, seed);
}

void sound_half_close(sound_half *s) {
  if (s->half) s->face->close(s->half);
  s->half = NULL;
  s->face = NULL;
}

bool sound_half_push(sound_half *s, const gesto_event *event) {
  uint64_t n = atomic_load_explicit(&s->to_written, memory_order_relaxed);
  if (n - atomic_load_explicit(&s->to_read, memory_order_acquire) >= SOUND_QUEUE)
    return false;
  gesto_event *to = &s->to_sound[n % SOUND_QUEUE];
  *to = *event;
  to->time = 0;
  atomic_store_explicit(&s->to_written, n + 1, memory_order_release);
  return true;
}

uint64_t sound_half_waiting(const sound_half *s) {
  return atomic_load(&s->to_written) - atomic_load(&s->to_read);
}

void sound_half_peek(const sound_half *s, uint64_t count, gesto_event *events) {
  uint64_t from = atomic_load(&s->to_written) - count;
  for (uint64_t i = 0; i < count; i++) events[i] = s->to_sound[(from + i) % SOUND_QUEUE];
}

static bool emit_rt(const gesto_block *block, const gesto_event *event) {
  sound_half *s = block->host;
  if (s->emitted == SOUND_EMITTED_MAX) return false;
  uint64_t n = atomic_load_explicit(&s->from_written, memory_order_relaxed);
  s->from_sound[n % SOUND_QUEUE] = *event;
  atomic_store_explicit(&s->from_written, n + 1, memory_order_release);
  s->emitted++;
  return true;
}

static bool has_room_rt(const sound_half *s) {
  uint64_t emitted = atomic_load_explicit(&s->from_written, memory_order_relaxed) -
    atomic_load_explicit(&s->from_read, memory_order_acquire);
  uint64_t records = atomic_load_explicit(&s->rec_written, memory_order_relaxed) -
    atomic_load_explicit(&s->rec_read, memory_order_acquire);
  return emitted + SOUND_EMITTED_MAX <= SOUND_QUEUE && records < SOUND_RECORDS;
}

static uint32_t take_rt(sound_half *s, uint32_t most) {
  uint64_t from = atomic_load_explicit(&s->to_read, memory_order_relaxed);
  uint64_t there = atomic_load_explicit(&s->to_written, memory_order_acquire) - from;
  uint32_t count = most < SOUND_TAKEN_MAX ? most : SOUND_TAKEN_MAX;
  if (there < count) count = (uint32_t)there;
  for (uint32_t i = 0; i < count; i++)
    s->taken[i] = s->to_sound[(from + i) % SOUND_QUEUE];
  atomic_store_explicit(&s->to_read, from + count, memory_order_release);
  return count;
}

static void silence_what_is_no_number_rt(sound_half *s) {
  for (int i = 0; i < 2 * WAVE_FRAMES; i++) {
    float *sample = &s->out[i / WAVE_FRAMES][i % WAVE_FRAMES];
    if (isfinite(*sample)) continue;
    *sample = 0;
    s->no_numbers++;
  }
}

static void process_rt(sound_half *s, uint64_t number, uint32_t taken) {
  memset(s->out, 0, sizeof s->out);
  s->emitted = 0;
  gesto_block block = {.size = sizeof block,
    .frames = WAVE_FRAMES,
    .position = number * WAVE_FRAMES,
    .host = s,
    .out = {s->out[0], s->out[1]},
    .events = s->taken,
    .event_count = taken,
    .emit = emit_rt};
  uint64_t before = denormals_off();
  if (s->page) atomic_store(&s->page->sound_busy_since_us, clock_now_us());
  s->face->process(s->half, &block);
  if (s->page) atomic_store(&s->page->sound_busy_since_us, 0);
  if (s->voices) voices_end_block_rt(s->voices);
  denormals_restore(before);
  silence_what_is_no_number_rt(s);
}

bool sound_half_run_rt(sound_half *s, uint32_t take) {
  if (!s->half || !has_room_rt(s)) return false;
  uint64_t number = atomic_load_explicit(&s->blocks, memory_order_relaxed);
  uint32_t taken = take_rt(s, take);
  process_rt(s, number, taken);
  if (taken || s->emitted) {
    uint64_t n = atomic_load_explicit(&s->rec_written, memory_order_relaxed);
    s->records[n % SOUND_RECORDS] =
      (sound_record){.block = number, .took = taken, .emitted = s->emitted};
    atomic_store_explicit(&s->rec_written, n + 1, memory_order_release);
  }
  // Last: whoever sees this number sees all that the block did.
  atomic_store_explicit(&s->blocks, number + 1, memory_order_release);
  if (s->page) atomic_store(&s->page->sound_block, number + 1);
  return true;
}

bool sound_half_next(sound_half *s, sound_record *record) {
  uint64_t n = atomic_load_explicit(&s->rec_read, memory_order_relaxed);
  if (n == atomic_load_explicit(&s->rec_written, memory_order_acquire)) return false;
  *record = s->records[n % SOUND_RECORDS];
  atomic_store_explicit(&s->rec_read, n + 1, memory_order_release);
  return true;
}

bool sound_half_take(sound_half *s, gesto_event *event) {
  uint64_t n = atomic_load_explicit(&s->from_read, memory_order_relaxed);
  if (n == atomic_load_explicit(&s->from_written, memory_order_acquire)) return false;
  *event = s->from_sound[n % SOUND_QUEUE];
  atomic_store_explicit(&s->from_read, n + 1, memory_order_release);
  return true;
}
