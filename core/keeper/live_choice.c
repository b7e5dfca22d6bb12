// SPDX-License-Identifier: GPL-3.0-or-later
// What a client chooses beside an exercise of the menu: to carry on with last time, to go back
// to what was left, some minutes more.
#include "core/keeper/live_inner.h"

#include "core/base/clock.h"

#include <stdio.h>

enum { MINUTES_MOST = 24 * 60 };

// ---- Last time ---------------------------------------------------------------------------

static bool can_be_opened(void *data, const char *exercise_id) {
  char why[256];
  const exercise_entry *entry = live_find_exercise(data, exercise_id, why, sizeof why);
  return entry != NULL;
}

void live_find_last(live *l) {
  result done = last_time_find(l->setup.house->archive,
    session_client(l->sitting.session), can_be_opened, l, &l->last);
  if (done != OK && done != NOT_FOUND)
    fprintf(stderr, "gesto: what was made last time could not be looked for: %s.\n",
      result_text(done));
}

// ---- The clock ---------------------------------------------------------------------------

// It goes by the room's time and knows of no Pause: the hour outside does not wait.
void live_begin_clock(live *l) { l->setup.page->clock_us = clock_now_us(); }

void live_set_minutes(live *l, uint32_t minutes) {
  if (minutes <= MINUTES_MOST) l->setup.page->minutes = minutes;
}

// ---- To the stage ------------------------------------------------------------------------

void live_add_choices(const live *l, json_t *to) {
  const handover *page = l->setup.page;
  json_object_set_new(to, "clock",
    json_pack("{s:I, s:I}", "began_us", (json_int_t)page->clock_us, "minutes",
      (json_int_t)page->minutes));
  json_object_set_new(to, "last",
    json_pack("{s:s, s:f, s:b}", "exercise", l->last.exercise, "seconds", l->last.seconds,
      "newer_stays", (int)l->last.newer_stays));
  char place[ARCHIVE_PLACE];
  archive_place(l->setup.house->archive, place);
  json_object_set_new(to, "place", json_string(place)); // what is no text is left out
}

// ---- Going back --------------------------------------------------------------------------

static void go_back_now(live *l, uint32_t creation) {
  l->setup.page->back = 0;
  l->setup.page->phase = PHASE_PLAYING;
  l->setup.page->creation = creation;
  gallery_drop(&l->gallery, creation);
  // It is not left any more, also for whoever takes the session up after a power cut.
  result done = session_creation_fact(l->sitting.session, creation, "seconds", "null");
  (void)done; // then it only counts as left
  live_bring_back(l, creation);
}

void live_go_back(live *l, uint32_t creation) {
  if (l->closing || l->pending.exercise[0]) return;
  if (creation == 0 || creation > session_creation_count(l->sitting.session)) return;
  if (!l->now)
    go_back_now(l, creation);
  else if (performance_creation(l->now) == creation)
    l->setup.page->back = creation;
}

void live_turn_back(live *l, uint32_t left) {
  if (l->setup.page->back == left) go_back_now(l, left);
}
