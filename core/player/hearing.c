// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/hearing.h"

#include "core/player/machine.h"

#include <stdlib.h>
#include <string.h>

static void report(
  machine *m, uint64_t before_seq, uint32_t kind, uint64_t block, uint32_t count) {
  const machine_calls *calls = &m->setup.calls;
  if (!m->live || !calls->report) return;
  calls->report(calls->data,
    &(page_report){
      .before_seq = before_seq, .block = block, .kind = kind, .count = count});
}

static bool make_room(hearing *h, uint32_t more) {
  if (h->count + more <= h->room) return true;
  uint32_t room = (h->count + more) * 2;
  gesto_event *emitted = realloc(h->emitted, room * sizeof *emitted);
  if (!emitted) return false;
  h->emitted = emitted;
  h->room = room;
  return true;
}

static void note(machine *m, uint64_t before_seq, const sound_record *r) {
  hearing *h = &m->hearing;
  h->reported = r->block + 1;
  h->taken += r->took;
  if (r->took) report(m, before_seq, REPORT_TOOK, r->block, r->took);
  if (!r->emitted || !make_room(h, r->emitted)) return;
  for (uint32_t i = 0; i < r->emitted; i++) {
    if (sound_half_take(&m->sound, &h->emitted[h->count])) h->count++;
  }
  h->last_block = r->block;
}

static void collect(machine *m, uint64_t before_seq) {
  sound_record r;
  while (sound_half_next(&m->sound, &r)) note(m, before_seq, &r);
}

// Runs one block on this thread and looks at what it did. False: there is nothing to run.
static bool run_block(machine *m, uint64_t before_seq, uint32_t take) {
  uint64_t entered = machine_enter(m, BUSY_SOUND);
  pthread_mutex_lock(&m->sound.turn);
  bool ran = sound_half_run_rt(&m->sound, take);
  pthread_mutex_unlock(&m->sound.turn);
  machine_leave(m, entered);
  collect(m, before_seq);
  if (ran && m->setup.calls.block)
    m->setup.calls.block(m->setup.calls.data, m->sound.out[0], m->sound.out[1]);
  return ran;
}

static uint64_t blocks(const machine *m) { return atomic_load(&m->sound.blocks); }

static void deliver(machine *m, uint32_t count) {
  hearing *h = &m->hearing;
  if (count > h->count) count = h->count;
  for (uint32_t i = 0; i < count; i++) {
    gesto_event e = h->emitted[i];
    e.time = m->now_us;
    machine_event(m, &e);
  }
  h->count -= count;
  if (h->count) memmove(h->emitted, h->emitted + count, h->count * sizeof *h->emitted);
}

static void report_blocks(machine *m, uint64_t before_seq, uint64_t seen) {
  report(m, before_seq, REPORT_BLOCKS, seen, 0);
  if (seen > m->hearing.reported) m->hearing.reported = seen;
}

static void relieve(machine *m, uint64_t before_seq) {
  if (sound_half_waiting(&m->sound) < HEARING_PUSHED_MAX) return;
  while (sound_half_waiting(&m->sound) > 0 && run_block(m, before_seq, SOUND_TAKEN_MAX)) {
  }
}

// Block b is over at (b + 1) * 64 / 48000 s.
static void run_until(machine *m, uint64_t before_seq, uint64_t time_us) {
  while (
    (blocks(m) + 1) * 4000 <= time_us * 3 && run_block(m, before_seq, SOUND_TAKEN_MAX)) {}
}

void hearing_settle(machine *m, uint64_t before_seq) {
  pthread_mutex_lock(&m->sound.turn);
  collect(m, before_seq);
  uint64_t seen = blocks(m);
  tapes_settle(&m->tapes);
  pthread_mutex_unlock(&m->sound.turn);
  if (seen > m->hearing.reported) report_blocks(m, before_seq, seen);
}

void hearing_boundary(machine *m, uint64_t before_seq, uint64_t time_us) {
  hearing *h = &m->hearing;
  h->pushed = 0;
  if (!m->sound.half) return;
  if (m->setup.mode == MACHINE_TIMED && !m->paused) run_until(m, before_seq, time_us);
  relieve(m, before_seq);
  uint64_t seen = blocks(m);
  collect(m, before_seq);
  if (h->settle_next) hearing_settle(m, before_seq);
  h->settle_next = false;
  if (seen >= h->reported + HEARING_BLOCKS_EACH) report_blocks(m, before_seq, seen);
  if (h->count == 0) return;
  report(m, before_seq, REPORT_HEARD, h->last_block, h->count);
  deliver(m, h->count);
}

static void follow_until(machine *m, uint64_t block) {
  while (blocks(m) < block && run_block(m, 0, 0)) {}
  if (m->hearing.reported < blocks(m)) m->hearing.reported = blocks(m);
}

void hearing_follow(machine *m, const ring_slot *slot) {
  uint64_t block = slot->as.sound.block;
  switch (slot->kind) {
  case SLOT_TOOK:
    follow_until(m, block);
    if (blocks(m) == block) run_block(m, 0, slot->as.sound.count);
    break;
  case SLOT_HEARD:
    follow_until(m, block + 1);
    deliver(m, slot->as.sound.count);
    break;
  case SLOT_BLOCKS: follow_until(m, block); break;
  default: break;
  }
}

void hearing_mark(machine *m) {
  m->hearing.slot_reported = m->hearing.reported;
  m->hearing.slot_taken = m->hearing.taken;
}

bool hearing_push(machine *m, const gesto_event *event) {
  bool silent = !m->setup.of->sound.process || (m->sound.face && !m->sound.half);
  if (silent || m->hearing.pushed == HEARING_PUSHED_MAX) return false;
  m->hearing.pushed++;
  return sound_half_push(&m->sound, event);
}

void hearing_resume(machine *m, uint64_t at_block) {
  hearing *h = &m->hearing;
  h->reported = h->slot_reported = at_block;
  h->taken = h->slot_taken = atomic_load(&m->sound.to_read);
}

void hearing_finish(machine *m) {
  free(m->hearing.emitted);
  m->hearing = (hearing){0};
}
