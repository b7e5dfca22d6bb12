// SPDX-License-Identifier: GPL-3.0-or-later
// The driver's end of the input ring: stamps, rounds and writes what a client does. Keeps
// open contacts, so that each of them ends with UP whatever happens.
// Main thread.
#ifndef GESTO_STAGE_INPUT_H
#define GESTO_STAGE_INPUT_H

#include "core/base/ring.h"
#include "core/stage/exercise_time.h"

#include <stdbool.h>
#include <stdint.h>

enum { INPUT_CONTACTS = 16, INPUT_KEPT = 64 };

typedef struct input_contact {
  bool open;
  bool waits;        // the exercise is on its way: its DOWN comes when that does
  uint64_t began_us; // as the device says
  gesto_event last;  // the latest DOWN or MOVE of it
} input_contact;

// What was set and pressed while the exercise was on its way, in order.
typedef struct input_kept {
  bool on; // an exercise is awaited
  uint32_t count;
  gesto_event events[INPUT_KEPT];
  uint64_t us[INPUT_KEPT]; // when
} input_kept;

typedef struct input {
  ring *ring;        // borrowed; NULL: nothing is written
  uint32_t creation; // 0: none
  exercise_time time;
  bool paused;
  bool unrung;       // slots were written since the bell was rung
  uint64_t event_us; // when the newest event came
  bool full;         // the ring has no room: nothing is taken
  input_kept kept;
  input_contact contacts[INPUT_CONTACTS];
} input;

// An exercise was chosen: until it is there input_event() keeps what it is given, and
// a contact waits: it comes down where it is by then.
void input_await(input *in);
// On a zeroed one, or one that was used: for a creation of which `passed_us` have passed,
// paused until input_start() (a new one, that was never told of a pause) or input_resume().
// What was kept, and who waits, stays so until that.
void input_begin(input *in, ring *r, uint32_t creation, uint64_t passed_us);
void input_start(input *in, uint64_t now_us);
void input_end(
  input *in, uint64_t now_us); // ends contacts; afterwards nothing is written
// A contact. MOVE and UP without their DOWN are passed over. False: it was not taken.
bool input_pointer(input *in, gesto_event event, uint64_t device_us);
// Any other event. False: not taken, because of Pause, a full ring, or as too much is kept.
bool input_event(input *in, gesto_event event, uint64_t now_us);
// The same, but also in Pause: look and size of the area, what of a paper shows.
bool input_tell(input *in, gesto_event event, uint64_t now_us);
bool input_control(input *in, uint32_t type, uint32_t id, double value, uint64_t now_us);
// As many GESTO_TEXT events as it takes; pieces end between letters.
bool input_text(input *in, uint32_t id, const char *utf8, uint64_t now_us);
void input_advance(input *in, uint64_t now_us); // time has come as far as now
// Takes back every contact of this tool that began within the last `within_us`: they were not
// meant.
void input_take_back(input *in, uint32_t tool, uint64_t within_us, uint64_t now_us);
bool input_is_touched(const input *in); // a contact is open
// Every contact ends with UP, if it came down.
void input_let_go(input *in, uint64_t now_us);
void input_let_go_of(input *in, uint32_t tool, uint64_t now_us);
void input_pause(input *in, uint64_t now_us);  // contacts end, PAUSE, time stands still
void input_resume(input *in, uint64_t now_us); // and what was kept
// Wakes the readers if there is something new; once after each batch.
void input_flush(input *in);

#endif
