// SPDX-License-Identifier: GPL-3.0-or-later
// What performance.c, performance_player.c, performance_snapshots.c and revival.c share. Theirs
// alone.
#ifndef GESTO_KEEPER_PERFORMANCE_INNER_H
#define GESTO_KEEPER_PERFORMANCE_INNER_H

#include "core/keeper/beginning.h"
#include "core/keeper/creation_picture.h"
#include "core/keeper/performance.h"
#include "core/keeper/snapshots.h"
#include "core/keeper/start_state.h"
#include "core/keeper/work_intake.h"

enum { CRASHES_COUNTED = 3, REVIVALS_IN_A_ROW = 3 };
enum { CONTROLS_ROOM = 64, ASSETS_ROOM = 256 };

typedef enum leave_step {
  LEAVE_DRAIN = 1, // the player still takes slots in
  LEAVE_WORKS,
  LEAVE_STATE,
  LEAVE_FAREWELL,
} leave_step;

struct performance {
  performance_setup setup;
  performance_state state;
  leave_step step;
  uint64_t step_until_us, leave_until_us;
  bool leave_wanted; // asked for while no player was there to leave
  beginning begun;
  exercise_entry exercise; // with the settings of `begun`
  uint32_t creation;
  int dir;
  player_proc *player;
  bool player_over; // ended: to be destroyed by the turn, not inside its own call
  player_state how_over;
  bool from_state;          // it was ordered to begin from a state
  uint64_t live_from;       // its first slot from the live ring
  tape_memory tapes;        // none where nothing sounds
  piece_memory pieces;      // none without a canvas
  creation_picture picture; // the client's, or none
  bool pictured;            // the exercise looked at it, or may have
  char *declared;
  char *spots; // JSON as the player told them last, or NULL
  bool spots_fresh;
  uint64_t spots_us; // when they were last handed on
  struct {
    uint32_t id;
    double value;
  } controls[CONTROLS_ROOM]; // that are to be handed on
  uint32_t control_count;
  uint64_t controls_us;         // when some were last handed on
  uint64_t assets[ASSETS_ROOM]; // hashes of the names that were noted
  uint32_t asset_count;
  uint64_t ordered_us; // when its player was
  char why[512], last_end[512];
  made_works works;
  work_intake intake;
  bool works_whole; // the last round was
  bool works_said;  // the round is over once the intake is empty
  uint32_t request, works_request, state_request, snapshot_request; // 0: none under way
  snapshots snapshots;
  snapshot asked;                            // the snapshot under way: seq and stage
  uint64_t snapshot_block;                   // sound blocks run when it was saved
  uint64_t snapshot_from_us, snapshot_by_us; // the next one not before, and at the latest
  uint64_t snapshot_rest_us;                 // until then only if it spares a client much
  uint64_t snapshot_spent_us; // what the player had spent when it was last asked
  uint64_t snapshot_cost_us;  // what came before it had cost, when it was ordered
  uint64_t crashes_us[CRASHES_COUNTED];
  uint64_t killed_in; // where it was when it was last ended from outside
  uint64_t killed_since_us;
  uint32_t killed_count; // since then
  uint32_t revivals;     // since it last caught up
  uint32_t not_begun;    // players that ended before they had the exercise, since then
  uint32_t frame_w, frame_h;
  bool frame_fits; // the frame that was ordered is still of that size
  float frame_scale;
};

// performance_player.c: what a player says.
extern const player_calls PERFORMANCE_PLAYER_CALLS;
// Orders a player from the spares: from the beginning, or from `from` (NULL: none) and the
// slots after it; `feed_fd` -1: nothing to take in first.
typedef struct player_way {
  const snapshot *from;
  bool anew; // `from` is of another creation, of which this one is a copy
  int feed_fd;
  uint64_t feed_count;
} player_way;
MUST_USE result performance_order(performance *p, const player_way *way);
// Room for what a canvas puts away, with what lies in its file; before a snapshot is chosen.
MUST_USE result performance_fit_pieces(performance *p);
// A step of leaving lasts no longer than this from the last sign of it.
enum { PERFORMANCE_WORKS_US = 60 * 1000 * 1000 };
// The works of a round were handed over, and none of them waits for the disk.
void performance_end_round(performance *p);

// performance_snapshots.c: now and then, between strokes.
void performance_begin_snapshots(performance *p); // of a new player
// When one may be due of what was done since the newest; UINT64_MAX: nothing was.
uint64_t performance_snapshot_us(const performance *p);
void performance_turn_snapshots(performance *p);
void performance_take_snapshot(performance *p, const saved_state *state);
void performance_end_snapshots(
  performance *p); // waits for what is on its way to the disk

// revival.c: after a player ended without a farewell; brings the next or sets it aside.
void revival_begin(performance *p);
// Brings a player that takes in all that the journal has.
void revival_bring_back(performance *p);
// It could not read what was put away of what it did: brings one from the beginning.
void revival_lost_past(performance *p);
// The state was of no use to it: brings one from the state before, or from the beginning.
void revival_try_other(performance *p);
void revival_set_aside(performance *p, const char *sentence);

#endif
