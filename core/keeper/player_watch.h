// SPDX-License-Identifier: GPL-3.0-or-later
// What a keeper reads from the page that a player writes: reports of the sound, and whether
// it hangs. Nothing on the page is believed without a check. Keeper's main thread.
#ifndef GESTO_KEEPER_PLAYER_WATCH_H
#define GESTO_KEEPER_PLAYER_WATCH_H

#include "core/base/protocol.h"
#include "core/base/result.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

typedef struct busy_watch {
  uint64_t since_us; // what the page says; as long as it says the same, it is one call
  uint64_t first_us; // when that call began, or was first seen if the page lies
  uint64_t cpu_us;   // what the process had used by then
} busy_watch;

typedef struct player_watch {
  busy_watch main, sound;
  uint64_t patience;   // all limits times this
  uint64_t taken;      // reports; ours, as the page's number could be changed under us
  uint64_t before_seq; // of the last report
  uint64_t credit, credit_us; // reports that may still be taken
  uint64_t newest_seq;        // for which there was credit
  uint64_t best, best_us;     // the farthest that it came, and when
} player_watch;

// How long it may stand still, outside of any call; it may take in a feed somewhat slower.
#define WATCH_STILL_US ((uint64_t)10 * 1000000)
#define WATCH_STILL_FEED_US (3 * WATCH_STILL_US)

typedef struct watch_bounds {
  uint64_t newest_seq; // of the slots that there are for it
  bool paced;          // it runs with the clock
} watch_bounds;

// Asks for patience (patience.h) once.
void player_watch_init(player_watch *w);

// Has the exercise been inside one call for too long (250 ms; works, load: 5 s)? A process
// that was not given a processor meanwhile is waited for, up to four times as long.
bool player_watch_hangs(
  player_watch *w, const player_page *page, pid_t pid, uint64_t now_us);

// Has `done` not risen for `limit_us` (times patience), though it is below `wanted`? Both only
// ever rise; what a page says beyond `wanted`, or after it fell back, does not count.
bool player_watch_stands(
  player_watch *w, uint64_t done, uint64_t wanted, uint64_t limit_us, uint64_t now_us);
// From now on `done` counts something else.
void player_watch_stands_anew(player_watch *w);

// Copies up to `room` reports and marks them as taken. BAD_DATA: the page claims what a
// player of ours never writes, or more of it than the time that passed (paced) or the slots
// that came give rise to; the player is not to be trusted on.
MUST_USE result player_watch_take(player_watch *w, player_page *page,
  const watch_bounds *bounds, page_report *reports, uint32_t room, uint32_t *count);

#endif
