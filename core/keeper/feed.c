// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/feed.h"

#include "core/base/io.h"
#include "core/base/memory_map.h"

#define FEED_SLOTS_MAX ((uint64_t)50 << 20)

typedef struct making {
  feed *f;
  const story *s;
  const feed_options *options;
  size_t report, trip;
  uint64_t creation;
} making;

static uint32_t feed_kind(uint32_t report_kind) {
  switch (report_kind) {
  case REPORT_TOOK: return SLOT_TOOK;
  case REPORT_HEARD: return SLOT_HEARD;
  case REPORT_BLOCKS: return SLOT_BLOCKS;
  default: return 0; // a late block is a fact about the device
  }
}

static result put_report(making *m, const page_report *report) {
  const uint32_t kind = feed_kind(report->kind);
  if (!kind || report->before_seq <= m->options->after_seq) return OK;
  ring_slot slot = {.kind = kind, .creation = (uint32_t)m->creation};
  slot.as.sound.block = report->block;
  slot.as.sound.count = report->count;
  return ring_put_feed(&m->f->ring, &slot);
}

// What was reported before slot `seq` was delivered.
static result put_reports(making *m, uint64_t seq) {
  result r = OK;
  while (
    !r && m->report < m->s->report_count && m->s->reports[m->report].before_seq <= seq)
    r = put_report(m, &m->s->reports[m->report++]);
  return r;
}

static result put_round_trips(making *m, uint64_t before_seq) {
  result r = OK;
  const story *s = m->s;
  while (!r && m->trip < s->round_trip_count && s->round_trips[m->trip] < before_seq) {
    const ring_slot slot = {.kind = SLOT_ROUND_TRIP, .creation = (uint32_t)m->creation};
    if (s->round_trips[m->trip++] > m->options->after_seq)
      r = ring_put_feed(&m->f->ring, &slot);
  }
  return r;
}

static result put_slot(void *data, const ring_slot *slot) {
  making *m = data;
  if (slot->as.event.time > m->options->until_us) return ENDED;
  m->creation = slot->creation;
  if (slot->seq <= m->options->after_seq) return OK;
  result r = put_round_trips(m, slot->seq);
  if (!r) r = put_reports(m, slot->seq);
  if (!r) r = ring_put_feed(&m->f->ring, slot);
  m->f->last_seq = slot->seq;
  m->f->end_us = slot->as.event.time;
  return r;
}

// The exercise's time goes on to the moment asked for, though nobody did anything then.
static result put_moment(making *m) {
  const uint64_t until = m->options->until_us;
  if (until >= m->s->end_us) return OK;
  ring_slot slot = {.kind = SLOT_ADVANCE, .creation = (uint32_t)m->creation};
  slot.as.event.time = until;
  m->f->end_us = until;
  return ring_put_feed(&m->f->ring, &slot);
}

static result put_all(making *m) {
  result r = story_each(m->s, put_slot, m);
  const bool whole = m->options->until_us >= m->s->end_us;
  if (!r && whole) r = put_round_trips(m, UINT64_MAX);
  if (!r && whole) r = put_reports(m, UINT64_MAX);
  return r ? r : put_moment(m);
}

// An upper bound: a feed from a snapshot of a long journal stays small.
static uint64_t room_for(const story *s, uint64_t after_seq) {
  const uint64_t later = s->last_seq > after_seq ? s->last_seq - after_seq : 0;
  uint64_t reports = 0;
  for (size_t i = s->report_count; i-- > 0 && s->reports[i].before_seq > after_seq;)
    reports++;
  const uint64_t slots = later < s->slot_count ? later : s->slot_count;
  return slots + reports + s->round_trip_count + 2;
}

result feed_make(feed *f, const story *s, const feed_options *options) {
  static const uint8_t no_session[16];
  *f = (feed){.fd = -1, .last_seq = options->after_seq};
  const uint64_t room = room_for(s, options->after_seq);
  if (room > FEED_SLOTS_MAX) return TOO_LARGE;
  const size_t bytes = sizeof(ring_head) + (size_t)room * sizeof(ring_slot);
  making m = {.f = f, .s = s, .options = options};
  result r = memory_create_shared("gesto-feed", bytes, &f->fd);
  if (!r) r = ring_init(&f->ring, f->fd, bytes, no_session);
  if (!r) r = put_all(&m);
  if (r) {
    feed_finish(f);
    return r;
  }
  f->count = ring_written(&f->ring);
  if (options->held)
    atomic_store_explicit(&f->ring.head->written, 0, memory_order_release);
  return OK;
}

// Slots of the feed that are no input go with the input after them.
bool feed_release(feed *f, uint64_t time_us) {
  uint64_t n = ring_written(&f->ring);
  const uint64_t before = n;
  for (uint64_t i = n; i < f->count; i++) {
    const ring_slot *slot = &f->ring.slots[i];
    const bool is_input = slot->kind == SLOT_EVENT || slot->kind == SLOT_ADVANCE;
    if (is_input && slot->as.event.time > time_us) break;
    if (is_input || i + 1 == f->count) n = i + 1;
  }
  atomic_store_explicit(&f->ring.head->written, n, memory_order_release);
  if (n != before) ring_ring(&f->ring);
  return n == f->count;
}

uint64_t feed_handed(const feed *f) {
  uint64_t n = ring_written(&f->ring);
  while (n > 0 && f->ring.slots[n - 1].seq == 0) n--;
  return n > 0 ? f->ring.slots[n - 1].seq : 0;
}

void feed_finish(feed *f) {
  ring_finish(&f->ring);
  if (f->fd > 0) io_close(f->fd);
  *f = (feed){.fd = -1};
}
