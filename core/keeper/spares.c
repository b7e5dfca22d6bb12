// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/spares.h"

#include "core/base/clock.h"

#include <stdio.h>

enum { RETRY_US = 500 * 1000, DEATHS_TOLD = 3 };

void spares_keep_voiced(spares *s, bool keep) { s->keep_voiced = keep; }

void spares_not_before(spares *s, uint64_t time_us) { s->retry_us = time_us; }

static void wake_one(player_proc *p, wake_set *w) {
  if (!p) return;
  wake_on(w, player_proc_fd(p));
  if (player_proc_state(p) == PLAYER_STARTING) wake_by(w, clock_now_us() + RETRY_US);
}

void spares_wake(const spares *s, wake_set *w) {
  wake_one(s->plain, w);
  wake_one(s->voiced, w);
  if (!s->plain || (s->keep_voiced && !s->voiced)) wake_by(w, s->retry_us);
}

static void note_death(spares *s, const player_proc *p) {
  s->retry_us = clock_now_us() + RETRY_US;
  if (++s->deaths == DEATHS_TOLD) {
    fprintf(
      stderr, "gesto: gesto-player ends before it is ready: %s\n", player_proc_why(p));
  }
}

static void turn_one(spares *s, player_proc **p) {
  if (!*p) return;
  player_proc_handle(*p);
  player_state state = player_proc_state(*p);
  if (state == PLAYER_SPARE) s->deaths = 0;
  if (state == PLAYER_STARTING || state == PLAYER_SPARE) return;
  note_death(s, *p);
  player_proc_destroy(*p);
  *p = NULL;
}

// It may have ended since it was last looked at, as when all players are ended at once.
result spares_take(spares *s, bool voices, player_proc **p) {
  player_proc **from = voices ? &s->voiced : &s->plain;
  turn_one(s, from);
  if (!*from) return player_proc_start(p, voices);
  *p = *from;
  *from = NULL;
  return OK;
}

static void start_one(spares *s, player_proc **p, bool voices) {
  if (*p || clock_now_us() < s->retry_us) return;
  if (player_proc_start(p, voices) != OK) s->retry_us = clock_now_us() + RETRY_US;
}

void spares_turn(spares *s) {
  turn_one(s, &s->plain);
  turn_one(s, &s->voiced);
  start_one(s, &s->plain, false);
  if (s->keep_voiced) start_one(s, &s->voiced, true);
}

void spares_finish(spares *s) {
  player_proc_destroy(s->plain);
  player_proc_destroy(s->voiced);
  *s = (spares){0};
}
