// SPDX-License-Identifier: GPL-3.0-or-later
// What happened in a creation that is looked back at, as the keeper found it in its journal
// (TO_DESK_COURSE): strokes, marks between them, where the hand rested. Thread of the window.
#ifndef GESTO_DESK_HAPPENED_H
#define GESTO_DESK_HAPPENED_H

#include "core/base/result.h"
#include "core/ui/icons.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct happened_stroke {
  uint64_t from_us, to_us; // exercise time
  const char *tool;        // as declared; "": not known
  int32_t colour;          // 0xRRGGBB; -1: not known
  bool taken_back;         // later, for good
} happened_stroke;

typedef struct happened_mark {
  uint64_t at_us;
  const char *kind, *icon, *name, *value; // as course_json of keeper/course.h
  uint32_t times;
} happened_mark;

typedef struct happened_rest {
  uint64_t from_us, to_us;
} happened_rest;

typedef struct happened {
  json_t *all; // what the texts are borrowed from
  happened_stroke *strokes;
  happened_mark *marks;
  happened_rest *rests;
  size_t stroke_count, mark_count, rest_count;
  uint64_t end_us;
  bool may_leave_out; // something was taken back
  bool on_canvas;     // strokes; else touches
} happened;           // zeroed: nothing

// One stretch of time as a bar.
typedef struct happened_bar {
  double active;     // 0 to 1, 1 in the stretch in which the hand moved most
  double taken_back; // how much of that, 0 to 1
  bool rests;        // all of it is a rest
} happened_bar;

// Reads the JSON behind `fd`. BAD_DATA: none of ours. On failure there is nothing to finish.
MUST_USE result happened_read(happened *h, int fd, size_t size);
void happened_finish(happened *h); // takes a zeroed one
// How many strokes have begun by then.
size_t happened_begun(const happened *h, uint64_t time_us);
// How many of the marks stand at or before that time.
size_t happened_marked(const happened *h, uint64_t time_us);
// All of the time, in `count` stretches as long as each other.
void happened_bars(const happened *h, happened_bar *bars, size_t count);
// "214 strokes", or touches.
void happened_count_words(const happened *h, char *words, size_t room);
// "Stroke 12 of 214": that had begun by then.
void happened_place_words(const happened *h, uint64_t time_us, char *words, size_t room);
// "Brush: Ink", "Undo, 3 times": for the screen and to be spoken.
void happened_words(const happened_mark *m, char *words, size_t room);
const icon *happened_icon(const happened_mark *m);

#endif
