// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/recorder.h"

#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/base/say_later.h"
#include "core/keeper/bell_watch.h"
#include "core/keeper/syncer.h"
#include "core/keeper/track.h"
#include "core/record/journal.h"
#include "core/record/slots.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
  TURN_US = 25 * 1000,     // between two drains while input flows
  FLOWING_US = 200 * 1000, // silence after which the bell is waited for
  BATCH_US = 10000,        // exercise time in one SLOTS frame
  BATCH_SLOTS = 256,
  SYNC_US = 100 * 1000,
  SLOW_SYNC_US = 250 * 1000,
  RENEW_US = 1000 * 1000, // between two tries to go on in a new file
  TIME_FRAME_US = 10 * 1000 * 1000,
  PAYLOAD_ROOM = 64 * 1024,
};

struct recorder {
  recorder_setup setup;
  bell_watch *bell;
  syncer *disk;
  track **tracks;
  uint32_t track_count;
  uint64_t taken, durable, hold;
  uint64_t last_slot_us, last_sync_us, sync_every_us, next_renew_us, next_time_us;
  uint64_t sound_block;
  uint32_t trouble; // RING_SAVED...
  ring_slot slots[BATCH_SLOTS];
  uint8_t payload[PAYLOAD_ROOM];
};

result recorder_create(recorder **made, const recorder_setup *setup) {
  *made = NULL;
  recorder *r = calloc(1, sizeof *r);
  if (!r) return NO_MEMORY;
  r->setup = *setup;
  r->hold = UINT64_MAX;
  r->sync_every_us = SYNC_US;
  r->taken = r->durable = atomic_load(&setup->input->head->released);
  atomic_store(&setup->input->head->durable, r->durable);
  result done = syncer_create(&r->disk);
  if (done == OK) done = bell_watch_create(&r->bell, setup->input);
  if (done != OK) {
    recorder_destroy(r);
    return done;
  }
  *made = r;
  return OK;
}

void recorder_destroy(recorder *r) {
  if (!r) return;
  bell_watch_destroy(r->bell);
  syncer_destroy(r->disk);
  for (uint32_t i = 0; i < r->track_count; i++) track_destroy(r->tracks[i]);
  free(r->tracks);
  free(r);
}

static track *find(const recorder *r, uint32_t creation) {
  for (uint32_t i = r->track_count; i > 0; i--) {
    if (track_creation(r->tracks[i - 1]) == creation) return r->tracks[i - 1];
  }
  return NULL;
}

static result add_track(recorder *r, track *t) {
  track **larger = realloc(r->tracks, (r->track_count + 1) * sizeof *larger);
  if (!larger) {
    track_destroy(t);
    return NO_MEMORY;
  }
  r->tracks = larger;
  r->tracks[r->track_count++] = t;
  return OK;
}

static track_place place_of(const recorder *r, uint32_t creation, int dir) {
  return (track_place){.creation = creation,
    .dir = dir,
    .session = r->setup.session,
    .writer = r->setup.writer};
}

result recorder_begin(recorder *r, uint32_t creation, int dir, const char *begin_json) {
  track_place place = place_of(r, creation, dir);
  track *t = NULL;
  result done = track_begin(&t, &place, begin_json);
  return done == OK ? add_track(r, t) : done;
}

result recorder_resume(recorder *r, uint32_t creation, int dir) {
  track_place place = place_of(r, creation, dir);
  track *t = NULL;
  result done = track_resume(&t, &place);
  return done == OK ? add_track(r, t) : done;
}

void recorder_start_ring(recorder *r) {
  uint64_t last = 0;
  for (uint32_t i = 0; i < r->track_count; i++) {
    const uint64_t seq = track_last_seq(r->tracks[i]);
    if (seq > last) last = seq;
  }
  ring_start_after(r->setup.input, last);
  r->taken = r->durable = last;
}

const char *recorder_begin_json(const recorder *r, uint32_t creation) {
  const track *t = find(r, creation);
  return t ? track_begin_json(t) : NULL;
}

// ---- Trouble -----------------------------------------------------------------------------

static void set_trouble(recorder *r, uint32_t trouble) {
  if (trouble == r->trouble) return;
  r->trouble = trouble;
  atomic_store(&r->setup.input->head->saving, trouble);
  static const char *const sentences[] = {
    [RING_SAVED] = "",
    [RING_SAVE_FAILED] = N_("What you make is not being saved safely just now. "
                            "Please ask for help; what is on the screen is still here."),
    [RING_DISK_FULL] = N_("The disk is full, so nothing more can be saved. "
                          "Please make room on it; what is on the screen is still here."),
  };
  if (r->setup.trouble) r->setup.trouble(r->setup.data, trouble, sentences[trouble]);
}

static void meet_failure(recorder *r, result why) {
  set_trouble(r, why == NO_SPACE ? RING_DISK_FULL : RING_SAVE_FAILED);
}

static bool all_well(const recorder *r) {
  for (uint32_t i = 0; i < r->track_count; i++) {
    if (track_spoilt(r->tracks[i])) return false;
  }
  return true;
}

static void renew_spoilt(recorder *r) {
  uint64_t now = clock_now_us();
  if (all_well(r) || now < r->next_renew_us) return;
  r->next_renew_us = now + RENEW_US;
  for (uint32_t i = 0; i < r->track_count; i++) {
    if (!track_spoilt(r->tracks[i])) continue;
    result done = track_renew(r->tracks[i]);
    if (done != OK) meet_failure(r, done);
  }
}

// ---- Draining ----------------------------------------------------------------------------

static void append(
  recorder *r, track *t, uint8_t type, const void *payload, size_t size) {
  bool was_spoilt = track_spoilt(t);
  result done = track_append(t, type, FRAME_CRITICAL, payload, (uint32_t)size);
  if (done != OK && !was_spoilt) meet_failure(r, done);
}

// Fills r->slots with what fits into one frame, from `seq` on: one creation, 10 ms.
static uint32_t fetch_batch(recorder *r, uint64_t seq) {
  uint32_t count = 0;
  while (count < BATCH_SLOTS) {
    ring_slot *slot = &r->slots[count];
    if (ring_get(r->setup.input, seq + count, slot) != OK) break;
    slot->seq = seq + count;
    if (slot->creation != r->slots[0].creation) break;
    if (slot->as.event.time > r->slots[0].as.event.time + BATCH_US) break;
    count++;
  }
  return count;
}

static void append_slots(recorder *r, track *t, const ring_slot *slots, uint32_t count) {
  while (count > 0) {
    uint32_t taken = 0;
    size_t size = slots_encode(slots, count, &taken, r->payload, sizeof r->payload);
    if (taken == 0) return;
    append(r, t, FRAME_SLOTS, r->payload, size);
    for (uint32_t i = 0; i < taken; i++) track_saw(t, &slots[i]);
    slots += taken;
    count -= taken;
  }
}

static void take_batch(recorder *r, uint32_t count) {
  track *t = find(r, r->slots[0].creation);
  uint32_t known = 0;
  if (!t) return;
  while (known < count && r->slots[known].seq <= track_last_seq(t)) known++;
  append_slots(r, t, r->slots + known, count - known);
}

// A `written` that a broken driver made up must not send us round for ever.
static uint64_t believable_written(const recorder *r) {
  uint64_t written = ring_written(r->setup.input);
  uint64_t most = r->durable + r->setup.input->slot_count;
  return written < most ? written : most;
}

static void drain(recorder *r) {
  uint64_t written = believable_written(r);
  if (r->taken < written) r->last_slot_us = clock_now_us();
  while (r->taken < written) {
    uint32_t count = fetch_batch(r, r->taken + 1);
    if (count > 0) {
      take_batch(r, count);
      r->taken += count;
    } else {
      r->taken++; // a slot that is not there any more: nothing of it can be had
    }
  }
}

static void append_time(recorder *r) {
  uint64_t now = clock_now_us();
  if (r->track_count == 0 || now < r->next_time_us || r->last_slot_us + FLOWING_US < now)
    return;
  r->next_time_us = now + TIME_FRAME_US;
  track *t = r->tracks[r->track_count - 1];
  struct {
    uint64_t time;
    int64_t wall;
    uint64_t block;
  } pair = {
    .time = track_contacts(t)->time, .wall = clock_wall_us(), .block = r->sound_block};
  bool was_spoilt = track_spoilt(t);
  result done = track_append(t, FRAME_TIME, 0, &pair, sizeof pair);
  if (done != OK && !was_spoilt) meet_failure(r, done);
}

// ---- The disk ----------------------------------------------------------------------------

static void move_marks(recorder *r, uint64_t durable) {
  ring_head *head = r->setup.input->head;
  if (durable > r->durable) r->durable = durable;
  atomic_store(&head->durable, r->durable);
  uint64_t free_upto = r->durable < r->hold ? r->durable : r->hold;
  if (free_upto > atomic_load(&head->released)) atomic_store(&head->released, free_upto);
}

static bool any_dirty(const recorder *r) {
  for (uint32_t i = 0; i < r->track_count; i++) {
    if (track_dirty(r->tracks[i])) return true;
  }
  return false;
}

static void add_file(syncer_job *job, int fd, track *owner) {
  job->fds[job->count] = fd;
  job->owners[job->count++] = owner;
}

// True if all that is dirty is in the job: only then may `durable` move.
static bool fill_job(recorder *r, syncer_job *job) {
  for (uint32_t i = 0; i < r->track_count; i++) {
    track *t = r->tracks[i];
    if (!track_dirty(t)) continue;
    if (track_spoilt(t) || job->count + 2 > SYNCER_FDS_MAX) return false;
    add_file(job, track_fd(t), t);
    if (track_new_file(t)) add_file(job, track_dir(t), t);
    track_given(t);
  }
  return true;
}

static void begin_sync(recorder *r) {
  if (!syncer_idle(r->disk)) return;
  r->last_sync_us = clock_now_us();
  syncer_job job = {.upto = r->taken};
  if (!fill_job(r, &job)) job.upto = 0;
  if (job.count == 0) {
    move_marks(r, job.upto);
  } else {
    syncer_give(r->disk, &job);
  }
}

static void settle(recorder *r, const syncer_job *job) {
  uint64_t upto = job->upto;
  for (uint32_t i = 0; i < job->count; i++) {
    track *t = job->owners[i];
    if (job->results[i] == OK) continue;
    track_spoil(t);
    meet_failure(r, job->results[i]);
    upto = 0;
  }
  for (uint32_t i = 0; i < job->count; i++) {
    track *t = job->owners[i];
    if (!track_spoilt(t)) track_synced(t);
  }
  uint64_t slow = job->took_us * 20;
  r->sync_every_us = slow > SYNC_US ? SLOW_SYNC_US : SYNC_US;
  move_marks(r, upto);
  if (upto > 0 && all_well(r)) set_trouble(r, RING_SAVED);
}

static void turn_disk(recorder *r) {
  syncer_job job;
  if (syncer_take(r->disk, &job)) settle(r, &job);
  renew_spoilt(r);
  bool unsynced = any_dirty(r) || r->taken > r->durable;
  if (unsynced && clock_now_us() >= r->last_sync_us + r->sync_every_us) begin_sync(r);
}

void recorder_wake(recorder *r, wake_set *w) {
  uint64_t now = clock_now_us();
  wake_on(w, syncer_fd(r->disk));
  if (r->taken > r->durable || any_dirty(r)) {
    wake_by(
      w, syncer_idle(r->disk) ? r->last_sync_us + r->sync_every_us : now + RENEW_US);
  }
  if (now < r->last_slot_us + FLOWING_US) {
    wake_by(w, now + TURN_US);
    return;
  }
  bell_watch_arm(r->bell, r->taken);
  wake_on(w, bell_watch_fd(r->bell));
}

void recorder_turn(recorder *r) {
  bell_watch_clear(r->bell);
  drain(r);
  append_time(r);
  turn_disk(r);
  move_marks(r, 0);
}

result recorder_flush(recorder *r) {
  enum { TRIES = 4 };
  for (int i = 0; i < TRIES; i++) {
    drain(r);
    r->next_renew_us = 0;
    renew_spoilt(r);
    syncer_job job;
    if (syncer_take_now(r->disk, &job)) settle(r, &job);
    if (!any_dirty(r) && r->durable >= r->taken) return OK;
    begin_sync(r);
    if (syncer_take_now(r->disk, &job)) settle(r, &job);
    if (!any_dirty(r) && r->durable >= r->taken) return OK;
  }
  return r->trouble == RING_DISK_FULL ? NO_SPACE : FAILED;
}

// ---- Other frames ------------------------------------------------------------------------

result recorder_frame(recorder *r, uint32_t creation, uint8_t type, uint8_t flags,
  const void *payload, uint32_t size) {
  track *t = find(r, creation);
  if (!t) return NOT_FOUND;
  bool was_spoilt = track_spoilt(t);
  result done = track_append(t, type, flags, payload, size);
  if (done != OK && !was_spoilt) meet_failure(r, done);
  return done;
}

void recorder_reports(
  recorder *r, uint32_t creation, const page_report *reports, uint32_t count) {
  track *t = find(r, creation);
  while (t && count > 0) {
    uint32_t taken = 0;
    size_t size = reports_encode(reports, count, &taken, r->payload, sizeof r->payload);
    if (taken == 0) return;
    append(r, t, FRAME_REPORTS, r->payload, size);
    reports += taken;
    count -= taken;
  }
}

void recorder_left_out(recorder *r, uint32_t creation, uint64_t first, uint64_t last) {
  track *t = find(r, creation);
  uint64_t range[2] = {first, last};
  if (t) append(r, t, FRAME_LEFT_OUT, range, sizeof range);
}

void recorder_note_block(recorder *r, uint64_t block) { r->sound_block = block; }

void recorder_hold(recorder *r, uint64_t seq) { r->hold = seq; }

uint64_t recorder_taken(const recorder *r) { return r->taken; }

uint64_t recorder_durable(const recorder *r) { return r->durable; }

uint64_t recorder_last_seq(const recorder *r, uint32_t creation) {
  const track *t = find(r, creation);
  return t ? track_last_seq(t) : 0;
}

const contacts *recorder_contacts(const recorder *r, uint32_t creation) {
  const track *t = find(r, creation);
  return t ? track_contacts(t) : NULL;
}
