// SPDX-License-Identifier: GPL-3.0-or-later
// A creation that the desk looks back at: which, what happened in it, which moment shows, and
// what the keeper is asked to play. Thread of the window.
#ifndef GESTO_DESK_REPLAYING_H
#define GESTO_DESK_REPLAYING_H

#include "core/base/link.h"
#include "core/desk/happened.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct desk desk;

typedef struct replaying {
  char path[1024];                     // of the creation; "": none
  json_t *client, *session, *creation; // held, whatever becomes of the listing
  happened course;
  bool knows_course;
  uint64_t at_us; // the moment that shows, or that was asked for
  bool plays, skips, leaves_out;
  bool dragged, goes_on;    // a pointer has the knob; it played before that
  uint32_t speed;           // which of those there are
  size_t stroke;            // that is being played alone, from 1; 0: none
  uint32_t asked, answered; // numbers of PLAY
  bool waits;               // at_us is to be asked for once the last answer is there
} replaying;

enum { REPLAYING_SPEEDS = 8, REPLAYING_USUAL_SPEED = 4 };

double replaying_speed(const replaying *r); // 0.5 to 64 times as fast as it was made

// Shows its page and asks for it; takes references of its own. It plays once it is there.
void replaying_open(
  desk *d, const json_t *client, const json_t *session, const json_t *creation);
void replaying_close(desk *d);       // the keeper ends it; takes one that is not open
void replaying_finish(replaying *r); // takes a zeroed one
// The window has another size: asks for a picture that fits, at the same moment.
void replaying_fit(desk *d);

void replaying_go(
  desk *d, uint64_t time_us); // shows that moment, and holds there or plays on
void replaying_drag(desk *d, uint64_t time_us); // holds there until
void replaying_let_go(desk *d);
void replaying_play(desk *d, bool plays); // from the start where it is at the end
void replaying_step(desk *d, bool on);    // plays one stroke, or goes to before one
void replaying_set_speed(desk *d, uint32_t speed);
void replaying_set_skips(desk *d, bool skips);
void replaying_leave_out(desk *d, bool leaves_out); // strokes that were taken back

void replaying_hear_course(desk *d, const link_message *m);
void replaying_hear_progress(desk *d, const link_message *m);

#endif
