// SPDX-License-Identifier: GPL-3.0-or-later
// The event loop: input, the keeper's messages and the player's pictures in turn, ticks
// while the exercise wants them, and sleep in between. Main thread.
#ifndef GESTO_STAGE_LOOP_H
#define GESTO_STAGE_LOOP_H

#include "core/stage/pen.h"
#include "core/stage/stage.h"
#include "core/ui/events.h"
#include "core/ui/window.h"

typedef struct loop {
  stage *stage;
  window *window;
  events events;
  doze doze;
  waiter keeper;
  pen pen;
  waiter pen_waiter;
  link_message *in;
  uint32_t first_event; // SDL user events: link, bell, pen
  bool ticks;           // at the last look
  uint64_t next_tick_us;
} loop;

// False: threads or memory could not be had.
bool loop_init(loop *l, stage *s, window *w);
void loop_finish(loop *l);
void loop_run(loop *l); // until the stage wants to quit

#endif
