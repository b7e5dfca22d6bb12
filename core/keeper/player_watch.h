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
  uint64_t second_us, in_second; // reports taken in this second
} player_watch;

// Reads GESTO_PATIENCE once.
void player_watch_init(player_watch *w);

// Has the exercise been inside one call for too long (250 ms; works, load: 5 s)? A process
// that was not given a processor meanwhile is waited for, up to four times as long.
bool player_watch_hangs(
  player_watch *w, const player_page *page, pid_t pid, uint64_t now_us);

// Copies up to `room` reports and marks them as taken. BAD_DATA: the page claims what a
// player of ours never writes; the player is not to be trusted on. `paced`: it runs with the
// clock, so more than 20000 in a second are too many.
MUST_USE result player_watch_take(player_watch *w, player_page *page, bool paced,
  page_report *reports, uint32_t room, uint32_t *count);

#endif
