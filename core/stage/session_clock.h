// SPDX-License-Identifier: GPL-3.0-or-later
// How long the session is still to last, where somebody planned it: by the time of the room,
// which does not stand still in Pause. It says how much is left in few and quiet words, offers
// an end when it is time, and never ends anything. Main thread.
#ifndef GESTO_STAGE_SESSION_CLOCK_H
#define GESTO_STAGE_SESSION_CLOCK_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct stage stage;
typedef struct widget widget;

enum { CLOCK_NEAR_MINUTES = 5, CLOCK_MORE_MINUTES = 5 };

typedef enum clock_phase {
  CLOCK_FAR = 0, // or nothing is planned
  CLOCK_NEAR,    // five minutes or less
  CLOCK_OVER,
} clock_phase;

typedef struct session_clock {
  uint64_t began_us; // CLOCK_MONOTONIC
  uint32_t minutes;  // planned in all; 0: no end is planned
  bool hidden;       // the client does not want to see how much is left
  clock_phase read;  // the line of this phase was put away
  widget *mark, *line, *words, *finish, *more, *away; // of the page that shows, or NULL
} session_clock;

// The members "clock" and "room" of TO_STAGE_SESSION.
void session_clock_take(stage *s, const json_t *session);
// "About 40 minutes left": "" where nothing is to be said.
void session_clock_words(const stage *s, char *words, size_t room);
// The mark for the bar, where there is something to show.
void session_clock_mark(stage *s, widget *bar);
// The line below the bar, hidden until it is time.
void session_clock_line(stage *s, widget *parent);
void session_clock_leave_page(stage *s);   // its widgets are about to go
void session_clock_look(stage *s);         // brings mark and line up to date
int session_clock_wait_ms(const stage *s); // until they change; -1: never

// What a client decides.
void stage_more_minutes(stage *s);
void stage_show_clock(stage *s, bool shown);

#endif
