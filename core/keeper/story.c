// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/story.h"

#include "core/base/growing.h"
#include "core/keeper/track_scan.h"
#include "core/record/journal.h"
#include "core/record/slots.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { FILES_MAX = 99, BATCH_SLOTS = 65536, BATCH_REPORTS = 65536 };
#define STORY_REPORTS_MAX ((size_t)32 << 20)

// One walk over all frames, shared by both readings.
typedef result frame_fn(void *data, const journal_frame *frame);

typedef struct walk {
  frame_fn *frame;
  void *data;
  uint64_t after_seq;
  journal_frame held; // the last batch of slots that was met; size 0: none
  bool damaged;
} walk;

static bool is_known(const journal_frame *frame) {
  return frame->type >= FRAME_BEGIN && frame->type <= FRAME_FLOW &&
    !(frame->flags & (FRAME_COMPRESSED | FRAME_ENCRYPTED));
}

static result hand_on_held(walk *w) {
  const journal_frame batch = w->held;
  w->held.size = 0;
  return batch.size ? w->frame(w->data, &batch) : OK;
}

// A batch ends before the next one begins: one that has nothing new in it is not decoded.
static result take_slots(walk *w, const journal_frame *batch) {
  uint64_t first = 0;
  if (slots_first_seq(batch->payload, batch->size, &first)) return BAD_DATA;
  if (first <= w->after_seq + 1) w->held.size = 0;
  const result r = hand_on_held(w);
  w->held = *batch;
  return r;
}

static result take_frame(walk *w, const journal_frame *frame) {
  if (frame->type == FRAME_SLOTS && w->after_seq) return take_slots(w, frame);
  return w->frame(w->data, frame);
}

static result walk_frame(walk *w, journal_reader *reader) {
  journal_frame frame;
  const result r = journal_next(reader, &frame);
  if (r) return r;
  if (is_known(&frame)) return take_frame(w, &frame);
  return frame.flags & FRAME_CRITICAL ? TOO_NEW : OK;
}

// What stands behind damage is as good as what stands before it; only what was in between is
// missing. What follows a frame that nobody here understands may mean something else.
static result walk_frames(walk *w, journal_reader *reader) {
  uint64_t skipped = 0;
  for (;;) {
    result r = walk_frame(w, reader);
    if (r == BAD_DATA) {
      w->damaged = true;
      r = journal_skip_damage(reader, &skipped);
    }
    if (r) return r;
  }
}

// A head that is damaged does not hide the next file.
static result walk_file(walk *w, int dir, const char *name) {
  journal_reader *reader = NULL;
  result r = journal_reader_open(&reader, dir, name);
  if (r == OK) {
    r = walk_frames(w, reader);
    const result last = hand_on_held(w);
    if (last && r == ENDED) r = last;
    journal_reader_close(reader);
  }
  if (r == BAD_DATA || r == TOO_NEW) w->damaged = true;
  return r == ENDED || r == BAD_DATA || r == TOO_NEW ? OK : r;
}

// ---- First reading: everything but the slots -------------------------------------------

typedef struct lineage { // the round trips that led to a snapshot
  uint64_t seq;
  uint64_t *trips;
  size_t count;
} lineage;

typedef struct reading {
  story *s;
  lineage *snapshots;
  size_t snapshot_count;
  size_t report_room;
  ring_slot *slots;
  page_report *reports;
} reading;

static result copy_text(char **to, const journal_frame *frame) {
  free(*to);
  *to = strndup((const char *)frame->payload, frame->size);
  return *to ? OK : NO_MEMORY;
}

static json_t *json_of(const journal_frame *frame) {
  return json_loadb((const char *)frame->payload, frame->size, 0, NULL);
}

static result read_slots(reading *r, const journal_frame *frame) {
  uint32_t count = 0;
  story *s = r->s;
  const result got =
    slots_decode(frame->payload, frame->size, r->slots, BATCH_SLOTS, &count);
  if (got) return BAD_DATA;
  for (uint32_t i = 0; i < count; i++) {
    if (r->slots[i].seq <= s->last_seq)
      continue; // a later file begins with what the one before may not hold
    s->last_seq = r->slots[i].seq;
    s->end_us = r->slots[i].as.event.time;
    s->slot_count++;
  }
  return OK;
}

static bool is_repeated(const story *s, const page_report *report) {
  for (size_t i = s->report_count; i-- > 0;) {
    const page_report *old = &s->reports[i];
    if (old->before_seq < report->before_seq) return false;
    if (old->before_seq == report->before_seq && old->kind == report->kind &&
      old->block == report->block && old->count == report->count)
      return true;
  }
  return false;
}

static result add_report(reading *r, const page_report *report) {
  story *s = r->s;
  page_report *reports = s->report_count < STORY_REPORTS_MAX
    ? growing_list(s->reports, s->report_count, &r->report_room, sizeof *reports)
    : NULL;
  if (!reports) return NO_MEMORY;
  s->reports = reports;
  reports[s->report_count++] = *report;
  return OK;
}

static result read_reports(reading *r, const journal_frame *frame) {
  uint32_t count = 0;
  story *s = r->s;
  if (reports_decode(frame->payload, frame->size, r->reports, BATCH_REPORTS, &count))
    return BAD_DATA;
  for (uint32_t i = 0; i < count; i++) {
    const page_report *report = &r->reports[i];
    if (steps_are(report->kind)) {
      const result noted = steps_add(&s->steps, report);
      if (noted) return noted;
      continue;
    }
    const uint64_t newest =
      s->report_count ? s->reports[s->report_count - 1].before_seq : 0;
    const bool old = report->before_seq <= s->after_seq || report->before_seq < newest ||
      (s->files > 1 && is_repeated(s, report));
    const result got = old ? OK : add_report(r, report);
    if (got) return got;
  }
  return OK;
}

static result read_left_out(reading *r, const journal_frame *frame) {
  story *s = r->s;
  story_range range;
  if (frame->size != sizeof(range)) return BAD_DATA;
  memcpy(&range, frame->payload, sizeof(range));
  story_range *more = realloc(s->left_out, (s->left_out_count + 1) * sizeof(*more));
  if (!more) return NO_MEMORY;
  s->left_out = more;
  s->left_out[s->left_out_count++] = range;
  steps_leave_out(&s->steps, range.first, range.last);
  return OK;
}

static uint64_t seq_of(const json_t *facts, const char *key) {
  const json_int_t seq = json_integer_value(json_object_get(facts, key));
  return seq > 0 ? (uint64_t)seq : 0;
}

// One that was made now came through all that stands, and then through itself.
static result add_snapshot(reading *r, uint64_t seq) {
  lineage *more = realloc(r->snapshots, (r->snapshot_count + 1) * sizeof(*more));
  if (!more) return NO_MEMORY;
  r->snapshots = more;
  const size_t count = r->s->round_trip_count;
  lineage made = {.seq = seq, .trips = malloc((count + 1) * sizeof(uint64_t))};
  if (!made.trips) return NO_MEMORY;
  for (size_t i = 0; i < count && r->s->round_trips[i] < seq; i++)
    made.trips[made.count++] = r->s->round_trips[i];
  made.trips[made.count++] = seq;
  more[r->snapshot_count++] = made;
  return OK;
}

static result read_snapshot(reading *r, const journal_frame *frame) {
  json_t *facts = json_of(frame);
  const uint64_t seq = seq_of(facts, "seq");
  json_decref(facts);
  return add_snapshot(r, seq);
}

static const lineage *find_lineage(const reading *r, uint64_t seq) {
  for (size_t i = r->snapshot_count; i-- > 0;)
    if (r->snapshots[i].seq == seq) return &r->snapshots[i];
  return NULL;
}

static result go_through(story *s, const lineage *from) {
  uint64_t *trips = realloc(s->round_trips, from->count * sizeof(*trips));
  if (!trips) return NO_MEMORY;
  memcpy(trips, from->trips, from->count * sizeof(*trips));
  s->round_trips = trips;
  s->round_trip_count = from->count;
  return OK;
}

// What stands after a revival came through this snapshot and through those before it, and
// through none that was made in between and given up. A keeper that was killed may have left
// a file of which the journal does not know yet.
static result read_revived(reading *r, const journal_frame *frame) {
  json_t *facts = json_of(frame);
  const char *name = json_string_value(json_object_get(facts, "snapshot"));
  const uint64_t seq =
    name && !strncmp(name, "snap-", 5) ? strtoull(name + 5, NULL, 10) : 0;
  json_decref(facts);
  const bool known = seq == 0 || find_lineage(r, seq);
  result got = steps_go_back(&r->s->steps, seq, known);
  if (!got && !known) got = add_snapshot(r, seq);
  const lineage *from = seq && !got ? find_lineage(r, seq) : NULL;
  if (from) return go_through(r->s, from);
  r->s->round_trip_count = 0;
  return got;
}

static result read_frame(void *data, const journal_frame *frame) {
  reading *r = data;
  switch (frame->type) {
  case FRAME_BEGIN: return r->s->begin_json ? OK : copy_text(&r->s->begin_json, frame);
  case FRAME_SLOTS: return read_slots(r, frame);
  case FRAME_REPORTS: return read_reports(r, frame);
  case FRAME_LEFT_OUT: return read_left_out(r, frame);
  case FRAME_SNAPSHOT: return read_snapshot(r, frame);
  case FRAME_REVIVED: return read_revived(r, frame);
  case FRAME_CLOSE: return copy_text(&r->s->close_json, frame);
  default: return OK;
  }
}

static void reading_finish(reading *r) {
  for (size_t i = 0; i < r->snapshot_count; i++) free(r->snapshots[i].trips);
  free(r->snapshots);
  free(r->slots);
  free(r->reports);
}

static result read_files(story *s, walk *w) {
  result r = OK;
  for (uint32_t number = 1; number <= FILES_MAX && !r; number++) {
    char name[32];
    track_file_name(number, name);
    s->files = number;
    r = walk_file(w, s->dir, name);
  }
  s->files--;
  return r == NOT_FOUND && s->files ? OK : r;
}

result story_open_after(story *s, int dir, uint64_t after_seq) {
  *s = (story){.dir = dir, .after_seq = after_seq, .last_seq = after_seq};
  reading r = {.s = s,
    .slots = malloc(BATCH_SLOTS * sizeof(ring_slot)),
    .reports = malloc(BATCH_REPORTS * sizeof(page_report))};
  walk w = {.frame = read_frame, .data = &r, .after_seq = after_seq};
  result got = r.slots && r.reports ? read_files(s, &w) : NO_MEMORY;
  reading_finish(&r);
  s->damaged = w.damaged;
  if (!got && !s->begin_json) got = w.damaged ? BAD_DATA : NOT_FOUND;
  if (got) story_finish(s);
  return got;
}

result story_open(story *s, int dir) { return story_open_after(s, dir, 0); }

void story_finish(story *s) {
  free(s->begin_json);
  free(s->close_json);
  free(s->reports);
  free(s->left_out);
  steps_finish(&s->steps);
  free(s->round_trips);
  *s = (story){.dir = -1};
}

// ---- Second reading: the slots ---------------------------------------------------------

typedef struct telling {
  const story *s;
  story_each_fn *each;
  void *data;
  uint64_t last_seq;
  uint32_t *gone; // sources whose DOWN was left out
  size_t gone_count;
  ring_slot *slots;
  bool enough;
} telling;

static bool in_range(const story *s, uint64_t seq) {
  for (size_t i = 0; i < s->left_out_count; i++)
    if (seq >= s->left_out[i].first && seq <= s->left_out[i].last) return true;
  return false;
}

static size_t find_gone(const telling *t, uint32_t source) {
  size_t i = 0;
  while (i < t->gone_count && t->gone[i] != source) i++;
  return i;
}

static result add_gone(telling *t, uint32_t source) {
  if (find_gone(t, source) < t->gone_count) return OK;
  uint32_t *more = realloc(t->gone, (t->gone_count + 1) * sizeof(*more));
  if (!more) return NO_MEMORY;
  t->gone = more;
  t->gone[t->gone_count++] = source;
  return OK;
}

static void end_gone(telling *t, uint32_t source) {
  const size_t i = find_gone(t, source);
  if (i < t->gone_count) t->gone[i] = t->gone[--t->gone_count];
}

// A contact whose DOWN is left out takes its MOVEs and its end along.
static result is_left_out(telling *t, const ring_slot *slot, bool *out) {
  const gesto_event *e = &slot->as.event;
  *out = t->s->left_out_count && in_range(t->s, slot->seq);
  if (slot->kind != SLOT_EVENT) return OK;
  if (e->type == GESTO_POINTER_DOWN) {
    if (*out) return add_gone(t, e->source);
    end_gone(t, e->source);
  } else if (e->type >= GESTO_POINTER_MOVE && e->type <= GESTO_POINTER_CANCEL) {
    *out = *out || find_gone(t, e->source) < t->gone_count;
    if (e->type != GESTO_POINTER_MOVE) end_gone(t, e->source);
  }
  return OK;
}

static result tell_frame(void *data, const journal_frame *frame) {
  telling *t = data;
  uint32_t count = 0;
  if (frame->type != FRAME_SLOTS || t->enough) return OK;
  if (slots_decode(frame->payload, frame->size, t->slots, BATCH_SLOTS, &count))
    return BAD_DATA;
  for (uint32_t i = 0; i < count; i++) {
    const ring_slot *slot = &t->slots[i];
    bool out = false;
    if (slot->seq <= t->last_seq) continue;
    t->last_seq = slot->seq;
    result r = is_left_out(t, slot, &out);
    if (!r && !out) r = t->each(t->data, slot);
    t->enough = r != OK;
    if (r) return r;
  }
  return OK;
}

result story_each(const story *s, story_each_fn *each, void *data) {
  telling t = {.s = s,
    .each = each,
    .data = data,
    .last_seq = s->after_seq,
    .slots = malloc(BATCH_SLOTS * sizeof(ring_slot))};
  walk w = {.frame = tell_frame, .data = &t, .after_seq = s->after_seq};
  result r = t.slots ? OK : NO_MEMORY;
  for (uint32_t number = 1; number <= s->files && !r && !t.enough; number++) {
    char name[32];
    track_file_name(number, name);
    r = walk_file(&w, s->dir, name);
  }
  free(t.slots);
  free(t.gone);
  return r;
}
