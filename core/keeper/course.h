// SPDX-License-Identifier: GPL-3.0-or-later
// The course of a creation, from one reading of its journal: its strokes, what was set and
// done between them, and where the hand rested. Facts, no judgement. Keeper's main thread.
#ifndef GESTO_KEEPER_COURSE_H
#define GESTO_KEEPER_COURSE_H

#include "core/base/result.h"
#include "core/keeper/beginning.h"
#include "core/keeper/story.h"
#include "core/keeper/timelapse.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { COURSE_UNKNOWN = -1 };

typedef struct course_stroke { // from a contact's going down to its going up
  uint64_t from_us, to_us;     // exercise time
  uint64_t first_seq, last_seq;
  json_t *tool;    // name of the choice that was in the hand; NULL: not known; borrowed
  int32_t colour;  // 0xRRGGBB, or COURSE_UNKNOWN
  bool taken_back; // by Undo, and never brought back
} course_stroke;

typedef enum course_kind {
  COURSE_TOOL = 1,
  COURSE_COLOUR,
  COURSE_SET, // another control
  COURSE_DID, // a button
  COURSE_UNDO,
  COURSE_REDO,
  COURSE_PAUSE,   // the client paused; exercise time stood still
  COURSE_SILENCE, // the hand rested for long
} course_kind;

typedef struct course_mark {
  uint64_t at_us;
  course_kind kind;
  const json_t *control; // as declared; NULL where there is none; borrowed
  double value;          // it was set to; of a silence its seconds
  uint32_t times;        // in a row
} course_mark;

typedef struct course_span {
  uint64_t from_us, to_us; // exercise time
} course_span;

typedef struct course {
  course_stroke *strokes; // in order of their beginning
  course_mark *marks;     // in order of time
  size_t stroke_count, mark_count, stroke_room, mark_room;
  timelapse lapse; // its silences
  uint64_t end_us;
  bool on_canvas;          // strokes on paper; else touches of something
  course_span *taken_back; // in which all that was done was taken back; rising, apart
  size_t taken_back_count;
  json_t *declared;
} course;

// `declared` is the exercise's declaration as JSON. BAD_DATA: it is none, or the journal
// cannot be read. The caller finishes *c in any case.
MUST_USE result course_read(
  course *c, const story *s, const beginning *b, const char *declared);
// The same from a creation's folder, with the exercises that there are (probed). On failure
// `why` has one sentence and there is nothing to be finished.
MUST_USE result course_open(
  course *c, int dir, exercise_list *list, char *why, size_t room);
void course_finish(course *c); // takes a zeroed one

// Its time as it is to be shown: silences passed over or not, what was taken back cut out or
// not. What stands while something stands that is taken back later is taken back with it, so
// what shows after the cut is what was there. The caller finishes *t in any case.
MUST_USE result course_lapse(const course *c, bool pauses, bool taken_back, timelapse *t);
// Where stroke `number` (from 1) begins or ends. False: there is none of that number.
bool course_stroke_time(const course *c, uint64_t number, bool end, uint64_t *time_us);
// {"end":us,"strokes":[[from us,to us,"tool" or "","#rrggbb" or "",taken back]…],
// "marks":[{"t":us,"kind":"tool"|"colour"|"set"|"did"|"undo"|"redo"|"pause"|"silence",
// "icon":"key","name":"as declared","value":"","times":n}…],"silences":[[from us,to us]…],
// "may_leave_out":something was taken back,"canvas":they are strokes, not touches}. The
// caller frees; NULL: no memory.
char *course_json(const course *c);
// A stroke as an object: {"stroke":1,"from":s,"to":s,"tool":"","colour":"","taken_back":b}.
json_t *course_stroke_json(const course *c, size_t index);

#endif
