// SPDX-License-Identifier: GPL-3.0-or-later
// One order being carried out: the exercise with its page, ring, feed, frame and sound. Main
// thread.
#ifndef GESTO_PLAYER_STAGE_RUN_H
#define GESTO_PLAYER_STAGE_RUN_H

#include "core/player/frame.h"
#include "core/player/jobs.h"
#include "core/player/order.h"
#include "core/player/piece_room.h"
#include "core/player/saver.h"
#include "core/player/sound_echo.h"
#include "core/player/sound_live.h"
#include "core/player/spots.h"

typedef struct stage_run {
  int link;
  order order;
  exercise exercise;
  machine *machine;
  memory_map page_map, state; // state: until it is loaded
  memory_map picture;         // that was put for the client, or empty
  player_page *page;
  ring ring, feed;            // map.bytes NULL: none
  uint64_t place, feed_place; // taken last
  bool caught_up, gave_up_told;
  bool fell_behind; // slots are gone that were not taken: only the journal has them now
  frame frame;
  tape_room *tapes;   // or NULL
  piece_room *pieces; // or NULL
  sound_live sound;
  sound_echo *echo; // of a replay that is to be heard; or NULL
  uint32_t late;    // as last reported
  jobs *jobs;
  uint32_t told_ticks;
  spots spots;
  struct {
    bool wanted, with_history;
    uint32_t request;
    uint64_t since_us, oldest;
    uint64_t gone; // papers that are let go of
    int fd;
    uint64_t room;
  } save;
  saver saver;
} stage_run;

// Loads the exercise and begins. On anything but OK `why` has the sentence for REFUSED, and
// the caller still finishes *s.
MUST_USE result stage_run_begin(
  stage_run *s, int link, link_message *m, voices *instruments, char *why, size_t room);
// Takes in what is there and draws; true: there may be more at once.
bool stage_run_turn(stage_run *s);
// Sleeps until there may be something to do; `seen_bell` from before the caller looked at its
// link.
uint32_t stage_run_bell(const stage_run *s);
void stage_run_wait(const stage_run *s, uint32_t seen_bell);
// A message for the exercise: FRAME, WORKS, SAVE, MEMORY, GLIMPSE.
void stage_run_hear(stage_run *s, link_message *m);
// The last reports; then destroys the exercise.
void stage_run_finish(stage_run *s);

#endif
