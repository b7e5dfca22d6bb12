// SPDX-License-Identifier: GPL-3.0-or-later
// When a performance is saved with history, and how its journal learns of it: after ten
// seconds, after many slots, or when doing again what was done since would take too long for
// a client who waits for it.
#include "core/keeper/performance_inner.h"

#include "core/base/clock.h"
#include "core/record/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>

enum {
  LATEST_US = 10 * 1000 * 1000,
  SLOTS = 5000,
  COST_US = 100 * 1000,      // a quarter of what a return may take
  REST_US = 3 * 1000 * 1000, // from one to the next, but where that would take
  MUCH_US = 2 * COST_US,
  APART_US = 250 * 1000, // and always
  RETRY_US = 1000 * 1000,
};

static uint64_t spent_us(const performance *p) {
  return atomic_load(&player_proc_page(p->player)->spent_us);
}

void performance_begin_snapshots(performance *p) {
  const uint64_t now = clock_now_us();
  p->snapshot_from_us = p->snapshot_rest_us = now + RETRY_US;
  p->snapshot_by_us = now + LATEST_US;
  p->snapshot_spent_us = 0;
}

// ---- Asking ------------------------------------------------------------------------------

static void note_stage(const performance *p, const contacts *now, snapshot *s) {
  s->width = p->begun.width;
  s->height = p->begun.height;
  s->scale = p->begun.scale;
  s->look_flags = p->begun.look_flags;
  s->text_scale = p->begun.text_scale;
  if (now->stage.type == GESTO_STAGE) {
    s->width = now->stage.as.stage.width;
    s->height = now->stage.as.stage.height;
    s->scale = now->stage.as.stage.scale;
  }
  if (now->look.type == GESTO_LOOK) {
    s->look_flags = now->look.as.look.flags;
    s->text_scale = now->look.as.look.text_scale;
  }
}

// The player's word on what it spent is only ever good for one more snapshot.
static bool is_time(const performance *p, uint64_t last) {
  const uint64_t now = clock_now_us(), first = p->begun.first_seq - 1;
  const uint64_t newest = p->snapshots.count ? p->snapshots.kept[0].seq : first;
  const uint64_t cost = spent_us(p) - p->snapshot_spent_us;
  if (last <= newest || now < p->snapshot_from_us) return false;
  if (now < p->snapshot_rest_us) return cost > MUCH_US;
  return now >= p->snapshot_by_us || last - newest >= SLOTS || cost > COST_US;
}

// Only between strokes, and when the player has taken in all there is: then what it saves is
// of that slot, if it has not gone on when it comes to it.
static bool is_due(const performance *p, uint64_t last) {
  const contacts *now = recorder_contacts(p->setup.recorder, p->creation);
  if (p->snapshot_request || p->works_request || snapshots_busy(&p->snapshots))
    return false;
  if (last == 0 || !now || now->count || !is_time(p, last)) return false;
  if (recorder_taken(p->setup.recorder) != ring_written(&p->setup.ring->input))
    return false;
  return performance_done_seq(p) == last;
}

static void ask(performance *p, uint64_t last) {
  const snapshots *s = &p->snapshots;
  const uint64_t oldest = s->count ? s->kept[s->count > 1].seq : 0;
  const uint64_t now = clock_now_us();
  p->asked = (snapshot){.seq = last};
  note_stage(p, recorder_contacts(p->setup.recorder, p->creation), &p->asked);
  const uint32_t request = ++p->request;
  p->snapshot_from_us = now + APART_US;
  p->snapshot_rest_us = now + REST_US;
  p->snapshot_by_us = now + LATEST_US;
  p->snapshot_spent_us = spent_us(p);
  if (player_proc_ask_state(p->player, request, true, oldest) == OK)
    p->snapshot_request = request;
}

// ---- Taking ------------------------------------------------------------------------------

static result snapshot_of(const performance *p, const saved_state *state, snapshot *s) {
  *s = p->asked;
  s->seq = state->seq;
  s->size = state->size;
  s->tapes = tape_memory_used(&p->tapes) ? p->tapes.id : 0;
  s->pieces = piece_memory_written(&p->pieces);
  s->time_us = performance_time_us(p);
  s->cost_us = p->snapshot_cost_us + p->snapshot_spent_us;
  snprintf(s->version, sizeof s->version, "%s", state->version);
  s->fd = fcntl(state->fd, F_DUPFD_CLOEXEC, 3);
  return s->fd > 0 ? OK : result_of_errno(errno);
}

// One that sounds is saved some slots after it was asked, where its sound half can be marked.
void performance_take_snapshot(performance *p, const saved_state *state) {
  snapshot made;
  recorder_turn(p->setup.recorder);
  const uint64_t last = recorder_last_seq(p->setup.recorder, p->creation);
  if (!state->bytes || state->seq < p->asked.seq || state->seq > last) {
    p->snapshot_from_us = p->snapshot_by_us = clock_now_us() + RETRY_US;
    p->snapshot_rest_us = p->snapshot_from_us;
    return;
  }
  p->snapshot_block = atomic_load(&player_proc_page(p->player)->sound_block);
  result done = snapshot_of(p, state, &made);
  if (done == OK) done = snapshots_give(&p->snapshots, &made);
  (void)done; // the one before it stands
}

// It is on disk: only now does the journal say so.
static void journal_snapshot(const performance *p, uint64_t seq) {
  char file[SNAPSHOT_NAME];
  char json[128];
  snapshot_file_name(seq, file);
  int size = snprintf(json, sizeof json,
    "{\"seq\":%" PRIu64 ",\"file\":\"%s\",\"block\":%" PRIu64 "}", seq, file,
    p->snapshot_block);
  result done = recorder_frame(
    p->setup.recorder, p->creation, FRAME_SNAPSHOT, 0, json, (uint32_t)size);
  (void)done; // the file is found by its name, too
}

uint64_t performance_snapshot_us(const performance *p) {
  const uint64_t now = clock_now_us();
  const uint64_t newest = p->snapshots.count ? p->snapshots.kept[0].seq : 0;
  const uint64_t times[] = {p->snapshot_from_us, p->snapshot_rest_us, p->snapshot_by_us};
  uint64_t next = UINT64_MAX;
  if (recorder_last_seq(p->setup.recorder, p->creation) <= newest) return next;
  for (int i = 0; i < 3; i++)
    if (times[i] > now && times[i] < next) next = times[i];
  return next < UINT64_MAX ? next : now + RETRY_US;
}

void performance_turn_snapshots(performance *p) {
  uint64_t seq;
  if (snapshots_written(&p->snapshots, &seq)) journal_snapshot(p, seq);
  if (p->state != PERFORMANCE_LIVE || !performance_player(p)) return;
  const uint64_t last = recorder_last_seq(p->setup.recorder, p->creation);
  if (is_due(p, last)) ask(p, last);
}

void performance_end_snapshots(performance *p) {
  uint64_t seq;
  if (snapshots_settle(&p->snapshots, &seq)) journal_snapshot(p, seq);
  snapshots_finish(&p->snapshots);
}
