// SPDX-License-Identifier: GPL-3.0-or-later
// How a creation comes back after its player ended without a farewell: what it
// was in is left out of every replay; the next player starts from the newest snapshot, after
// a second end from the one before, and after a third the exercise is set aside. A player that
// ended before it had the exercise counts for none of that.
#include "core/keeper/performance_inner.h"

#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/keeper/feed.h"
#include "core/record/journal.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
  CRASHES_WITHIN_US = 60 * 1000 * 1000,
  KILLS_COUNTED = 10,
  NOT_BEGUN_MOST = 10, // in a row: then players cannot be had
};
static const char COMES_BACK[] =
  "This exercise stopped for a moment. It is coming back, with what you made.";
static const char STAYS_AWAY[] =
  "This exercise cannot go on just now. What you made so far is kept.";

void revival_set_aside(performance *p, const char *sentence) {
  bool leaving = p->state == PERFORMANCE_LEAVING;
  snprintf(p->why, sizeof p->why, "%s", sentence && sentence[0] ? sentence : STAYS_AWAY);
  if (leaving) return; // it is on its way out anyway
  p->state = PERFORMANCE_ASIDE;
  if (p->setup.calls.gone) p->setup.calls.gone(p->setup.calls.data, false, p->why);
  if (p->leave_wanted) performance_leave(p);
}

static bool crashed_too_often(performance *p) {
  uint64_t now = clock_now_us();
  memmove(
    p->crashes_us + 1, p->crashes_us, sizeof p->crashes_us - sizeof p->crashes_us[0]);
  p->crashes_us[0] = now;
  uint64_t first = p->crashes_us[CRASHES_COUNTED - 1];
  return first > 0 && now - first < CRASHES_WITHIN_US;
}

// Ten within a minute: by then it may be the exercise that does it to itself.
static bool killed_too_often(performance *p) {
  uint64_t now = clock_now_us();
  if (now - p->killed_since_us > CRASHES_WITHIN_US) {
    p->killed_since_us = now;
    p->killed_count = 0;
  }
  return ++p->killed_count > KILLS_COUNTED * player_proc_patience(p->player);
}

// Whoever ended it from outside, it was hardly the exercise's doing: nothing is left out the
// first time, and it does not count. A second end at the same place does.
static bool was_its_own_doing(performance *p, uint64_t was_in) {
  bool killed = player_proc_was_killed(p->player);
  bool again = was_in > 0 && was_in == p->killed_in;
  p->killed_in = was_in;
  return !killed || again || killed_too_often(p);
}

// The place it was in comes from the player and is believed only within its own slots.
static void leave_out(performance *p, uint64_t seq) {
  uint64_t last = recorder_last_seq(p->setup.recorder, p->creation);
  if (seq < p->begun.first_seq || seq > last) return;
  recorder_left_out(p->setup.recorder, p->creation, seq, seq);
  snapshots_forget_from(&p->snapshots, seq); // it is in them
}

// Of use only if the journal reaches as far, with the tapes it names and with all pieces.
static result take_newest(const performance *p, snapshot *found) {
  if (p->snapshots.kept[0].seq > recorder_last_seq(p->setup.recorder, p->creation))
    return BAD_DATA;
  result done = snapshots_get(&p->snapshots, 0, found);
  if (done != OK) return done;
  const bool tapes = !found->tapes || found->tapes == p->tapes.id;
  if (tapes && found->pieces <= piece_memory_written(&p->pieces)) return OK;
  snapshot_finish(found);
  return BAD_DATA;
}

// What is passed over is of no use to anybody later, either.
static void find_snapshot(performance *p, bool pass_over, snapshot *found) {
  *found = (snapshot){0};
  while (p->snapshots.count > 0) {
    if (!pass_over && take_newest(p, found) == OK) return;
    pass_over = false;
    snapshots_forget_from(&p->snapshots, p->snapshots.kept[0].seq);
  }
}

static void journal_return(performance *p, const snapshot *from) {
  char json[96];
  char name[SNAPSHOT_NAME + 2] = "null";
  if (from->fd > 0 && from->seq > 0)
    snprintf(name, sizeof name, "\"snap-%" PRIu64 "\"", from->seq);
  int size = snprintf(json, sizeof json, "{\"seq\":%" PRIu64 ",\"snapshot\":%s}",
    recorder_last_seq(p->setup.recorder, p->creation), name);
  result done = recorder_frame(
    p->setup.recorder, p->creation, FRAME_REVIVED, FRAME_CRITICAL, json, (uint32_t)size);
  (void)done; // the recorder remembers what it could not write
}

static result order_with_feed(performance *p, const snapshot *from) {
  story told = {0};
  feed f = {.fd = -1};
  result done = story_open_after(&told, p->dir, from->seq);
  if (done != OK) return done;
  const feed_options options = {.after_seq = from->seq, .until_us = UINT64_MAX};
  done = feed_make(&f, &told, &options);
  story_finish(&told);
  if (done != OK) return done;
  const player_way way = {.from = from->fd > 0 ? from : NULL,
    .anew = from->seq == 0,
    .feed_fd = f.fd,
    .feed_count = f.count};
  const player_way bare = {.from = way.from, .anew = way.anew, .feed_fd = -1};
  p->snapshot_cost_us = from->cost_us;
  done = performance_order(p, f.count > 0 ? &way : &bare);
  feed_finish(&f);
  return done;
}

void revival_bring_back(performance *p) {
  recorder_turn(p->setup.recorder);
  snapshot from;
  result done = performance_fit_pieces(p);
  find_snapshot(p, p->revivals > 0, &from);
  p->revivals++;
  journal_return(p, &from);
  if (done == OK && from.fd <= 0) done = start_state_open(&p->begun, p->dir, &from);
  if (done == OK) done = order_with_feed(p, &from);
  snapshot_finish(&from);
  if (done != OK) revival_set_aside(p, STAYS_AWAY);
}

static void drop_player(performance *p) {
  snprintf(p->last_end, sizeof p->last_end, "%s", player_proc_why(p->player));
  if (!p->why[0]) snprintf(p->why, sizeof p->why, "%s", player_proc_why(p->player));
  player_proc_destroy(p->player);
  p->player = NULL;
  p->player_over = false;
}

static void come_back(performance *p) {
  p->state = PERFORMANCE_COMING_BACK;
  p->why[0] = 0;
  if (p->setup.calls.gone) p->setup.calls.gone(p->setup.calls.data, true, COMES_BACK);
  revival_bring_back(p);
}

// If a few are of no use, hundreds are not tried.
void revival_try_other(performance *p) {
  fprintf(stderr, "gesto: %s: %s\n", p->begun.exercise, player_proc_why(p->player));
  drop_player(p);
  p->why[0] = 0;
  if (p->revivals >= REVIVALS_IN_A_ROW) snapshots_forget_from(&p->snapshots, 0);
  revival_bring_back(p);
}

// A client who did nothing that could be left out: all of it is done again.
void revival_lost_past(performance *p) {
  fprintf(stderr, "gesto: %s: %s\n", p->begun.exercise, player_proc_why(p->player));
  drop_player(p);
  snapshots_forget_from(&p->snapshots, 0);
  if (p->state == PERFORMANCE_LEAVING) p->leave_wanted = true;
  if (crashed_too_often(p)) {
    revival_set_aside(p, STAYS_AWAY);
    return;
  }
  come_back(p);
}

// A player that was ended while it waited: the exercise had no part in that, and goes to the
// next one. Nobody is told anything new.
static bool had_no_part(performance *p) {
  if (player_proc_began(p->player) || p->state == PERFORMANCE_ASIDE) return false;
  return p->not_begun++ < NOT_BEGUN_MOST;
}

static void give_to_next(performance *p) {
  fprintf(stderr, "gesto: a player that waited ended: %s\n", player_proc_why(p->player));
  drop_player(p);
  p->why[0] = 0;
  if (p->revivals > 0) p->revivals--; // it was not tried
  revival_bring_back(p);
}

void revival_begin(performance *p) {
  if (had_no_part(p)) {
    give_to_next(p);
    return;
  }
  uint64_t was_in = player_proc_last_seq(p->player);
  recorder_turn(p->setup.recorder);
  bool own = was_its_own_doing(p, was_in);
  if (own) leave_out(p, was_in);
  fprintf(stderr, "gesto: %s: %s\n", p->begun.exercise, player_proc_why(p->player));
  drop_player(p);
  if (p->state == PERFORMANCE_ASIDE) return; // it gave up before
  bool over = p->state == PERFORMANCE_LEAVING && p->step >= LEAVE_STATE;
  if (over) return; // its works are made: the turn finishes
  if (!own && p->revivals > 0) p->revivals--;
  bool too_often = own && crashed_too_often(p);
  if (too_often || p->revivals >= REVIVALS_IN_A_ROW) {
    if (p->state == PERFORMANCE_LEAVING) return;
    revival_set_aside(p, STAYS_AWAY);
    return;
  }
  if (p->state == PERFORMANCE_LEAVING) p->leave_wanted = true;
  come_back(p);
}
