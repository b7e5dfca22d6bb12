// SPDX-License-Identifier: GPL-3.0-or-later
// Fingers on the paper. Without a pen one finger draws; two move the paper and bring it
// closer. While a pen is in use a hand rests on the paper: one finger draws nothing. Main
// thread.
#ifndef GESTO_STAGE_FINGERS_H
#define GESTO_STAGE_FINGERS_H

#include "core/base/paper_view.h"
#include "core/ui/pointer.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct stage stage;

enum {
  FINGERS_MOST = 10,
  FINGERS_PEN_US = 1000 * 1000, // a pen that said nothing for so long is put down
};

typedef struct fingers_one {
  bool down, quiet; // quiet: it draws nothing until it is up
  uint32_t source;
  paper_place first, now; // layout pixels
  uint64_t since_us;
} fingers_one;

typedef struct fingers {
  fingers_one all[FINGERS_MOST];
  fingers_one *one, *other; // that hold the paper; NULL: none do
  bool moves;               // they have gone far enough to be meant
  bool pinches;             // and towards each other, or apart
  paper_view from;          // when they took hold, and where they were
  paper_place at[2];
  uint64_t pen_us; // when a pen was seen last; 0: never
} fingers;

// True: it is no drawing.
bool fingers_take(stage *s, const pointer *p);
// A pen was seen; `down`: it begins to draw, and who lies on the paper is a palm.
void fingers_see_pen(stage *s, bool down);
// Of a touch that begins at this place beside a pen: it is the hand that rests on the
// exercise, and counts for nothing. What lies over the exercise and can be pressed is
// heard at once; of a paper fingers_take() decides.
bool fingers_rest(stage *s, double x, double y);
// Of every finger: the page goes, the window lost the focus.
void fingers_let_go(stage *s);

#endif
