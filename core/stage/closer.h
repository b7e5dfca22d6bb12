// SPDX-License-Identifier: GPL-3.0-or-later
// Closer to the paper and back. The stage steers which part of a canvas shows; the exercise's
// player is told by an event, so that a replay and a player that is brought back see the same.
// A paper never gets lost: it covers its area, and one press brings all of it back. While a
// hand draws, the paper lies still. Main thread.
#ifndef GESTO_STAGE_CLOSER_H
#define GESTO_STAGE_CLOSER_H

#include "core/base/paper_view.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct stage stage;
typedef struct widget widget;

typedef struct closer {
  paper_view view;            // as it is to be
  bool waits;                 // the player has not been told
  uint64_t told_us, told_seq; // when it was told last, and the slot that says it
  uint64_t next_us;           // not before
  bool grips, space;     // the mouse has hold of the paper; the space bar is down for it
  double grip_x, grip_y; // layout pixels
  widget *whole;         // the way back, of the page that shows; or NULL
} closer;

// Another creation: all of its paper shows. `told`: its player may have seen it otherwise.
void closer_begin(stage *s, bool told);
// The exercise has a paper that a client can come closer to now.
bool closer_may(const stage *s);
bool closer_is_whole(const stage *s);
double closer_scale(const stage *s); // layout pixels for one unit of the paper
// `factor` times as close, around a place in layout pixels; what is there stays there.
void closer_zoom(stage *s, double factor, double x, double y);
void closer_zoom_middle(stage *s, double factor);
void closer_move(stage *s, double dx, double dy); // the paper, by layout pixels
// Takes `from` and does both, as two fingers do.
void closer_carry(
  stage *s, paper_view from, double factor, paper_place held, paper_place now);
void closer_whole(stage *s);
// The button for that, hidden where it is of no use: above the area, in a corner.
void closer_way_back(stage *s, widget *above);
void closer_leave_page(stage *s); // its widgets are about to go
// Tells the player what it is to show, at once: before a hand begins to draw.
void closer_settle(stage *s);
void closer_turn(stage *s);         // the same, at its pace
int closer_wait_ms(const stage *s); // until it has something to tell; -1: nothing

#endif
