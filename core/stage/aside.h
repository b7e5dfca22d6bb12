// SPDX-License-Identifier: GPL-3.0-or-later
// What was put aside for a sheet that can be asked for from everywhere, so that the way back
// leads exactly there. Main thread.
#ifndef GESTO_STAGE_ASIDE_H
#define GESTO_STAGE_ASIDE_H

#include <stdbool.h>
#include <stdint.h>

typedef struct aside {
  char place[96];  // what people call this room; "": nobody has said
  int here_from;   // sheet_name: the sheet that "Here and now" came over
  bool hushed;     // the sound was, before
  bool resumes;    // the exercise ran, before
  int about_from;  // the sheet that the card of an exercise came over
  uint32_t about;  // of which offer
  uint32_t papers; // of which creation, by its place among those made, papers are chosen
  int papers_answer; // what was said of that one, before
} aside;

#endif
