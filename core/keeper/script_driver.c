// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/script_driver.h"

#include "core/base/clock.h"

enum {
  AHEAD_SLOTS = 4096, // so far before the player at most
  TURN_US = 2000,
  GLANCE_US = 30,
  GLANCES = 60,
};

void script_driver_init(script_driver *d, sitting *s, performance *p, double speed) {
  *d = (script_driver){
    .sitting = s, .performance = p, .speed = speed, .began_us = clock_now_us()};
}

void script_driver_turn(script_driver *d, uint64_t wait_us) {
  wake_set w;
  wake_init(&w);
  sitting_wake(d->sitting, &w);
  performance_wake(d->performance, &w);
  wake_by(&w, clock_now_us() + wait_us);
  wake_wait(&w);
  sitting_turn(d->sitting);
  performance_turn(d->performance);
}

static bool over(const script_driver *d) {
  performance_state at = performance_where(d->performance);
  return at != PERFORMANCE_LIVE && at != PERFORMANCE_COMING_BACK &&
    at != PERFORMANCE_LOADING;
}

static uint64_t written(const script_driver *d) {
  return ring_written(&d->sitting->ring.input);
}

static bool is_ahead(const script_driver *d, uint64_t slots) {
  if (performance_where(d->performance) != PERFORMANCE_LIVE) return true;
  uint64_t last = written(d);
  uint64_t first = last > slots ? last - slots : 0;
  return performance_done_seq(d->performance) < first;
}

static void wait_for_player(script_driver *d, uint64_t slots) {
  for (int i = 0; is_ahead(d, slots) && i < GLANCES; i++) clock_sleep_us(GLANCE_US);
  while (is_ahead(d, slots) && !over(d)) script_driver_turn(d, TURN_US / 2);
}

// True once all that was written before is taken in and a tick is wanted from here on. The
// same in every playing, as it follows from the slots alone.
static bool moves(script_driver *d) {
  if (performance_wants_sound(d->performance)) return true;
  if (written(d) >
    recorder_last_seq(d->sitting->recorder, performance_creation(d->performance)))
    recorder_turn(d->sitting->recorder);
  uint64_t last =
    recorder_last_seq(d->sitting->recorder, performance_creation(d->performance));
  if (last > 0) wait_for_player(d, 0);
  const player_proc *player = performance_player(d->performance);
  const player_page *page = player ? player_proc_page(player) : NULL;
  return page && atomic_load(&page->wants_ticks);
}

static void keep_pace(script_driver *d, uint64_t time_us) {
  if (d->speed <= 0) return;
  uint64_t due = d->began_us + (uint64_t)((double)time_us / d->speed);
  uint64_t now = clock_now_us();
  while (now < due && !over(d)) {
    script_driver_turn(d, due - now);
    now = clock_now_us();
  }
}

static result put(script_driver *d, ring_slot *slot) {
  uint64_t time = slot->as.event.time;
  keep_pace(d, time);
  wait_for_player(d, AHEAD_SLOTS);
  while (!over(d)) {
    if (ring_put(&d->sitting->ring.input, slot) == OK) {
      ring_ring(&d->sitting->ring.input);
      d->now_us = time;
      return OK;
    }
    script_driver_turn(d, TURN_US);
  }
  return ENDED;
}

static uint64_t next_mark(uint64_t after_us) {
  uint64_t k = after_us * 60 / 1000000 + 1;
  return (k * 1000000 + 59) / 60;
}

static result put_advance(script_driver *d, uint64_t time_us) {
  ring_slot slot = {
    .kind = SLOT_ADVANCE, .creation = performance_creation(d->performance)};
  slot.as.event.time = time_us;
  return put(d, &slot);
}

static result put_marks(script_driver *d, uint64_t until_us) {
  result done = OK;
  for (uint64_t mark = next_mark(d->now_us); mark < until_us && done == OK;
       mark = next_mark(d->now_us)) {
    if (!moves(d)) return over(d) ? ENDED : OK;
    done = put_advance(d, mark);
  }
  return done;
}

result script_driver_event(script_driver *d, const gesto_event *event) {
  ring_slot slot = {.kind = SLOT_EVENT, .creation = performance_creation(d->performance)};
  slot.as.event = *event;
  if (slot.as.event.time < d->now_us) slot.as.event.time = d->now_us;
  result done = put_marks(d, slot.as.event.time);
  return done == OK ? put(d, &slot) : done;
}

result script_driver_advance(script_driver *d, uint64_t time_us) {
  if (time_us <= d->now_us) return over(d) ? ENDED : OK;
  result done = put_marks(d, time_us);
  return done == OK ? put_advance(d, time_us) : done;
}
