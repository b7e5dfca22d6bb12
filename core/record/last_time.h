// SPDX-License-Identifier: GPL-3.0-or-later
// What a client can carry on with: the newest work of theirs that stayed, private or not, and
// has a state to go on from. What was let go is not there. Any thread.
#ifndef GESTO_RECORD_LAST_TIME_H
#define GESTO_RECORD_LAST_TIME_H

#include "core/base/result.h"
#include "core/record/archive.h"

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct last_time {
  char path[PATH_MAX]; // of the closed session
  char session[96];    // its name
  char creation[40];   // "01-draw"
  char exercise[128];
  char version[64]; // of the exercise that saved the state; "": not known
  double seconds;   // that it was worked on
  bool newer_stays; // a newer work stayed, too, which has lost what it could go on from
} last_time;

// True: an exercise that can be opened here.
typedef bool last_time_suits(void *data, const char *exercise_id);

// Of the newest session that has one, the last made. NOT_FOUND: there is none; newer_stays
// says then whether there is a work at all that had a state once.
MUST_USE result last_time_find(archive *a, const char *client_id, last_time_suits *suits,
  void *data, last_time *found);
// Its state, as the session's MANIFEST says it is, or BAD_DATA. The caller frees *bytes.
MUST_USE result last_time_load(
  const last_time *l, size_t limit, char **bytes, size_t *size);

#endif
