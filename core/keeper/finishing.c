// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/finishing.h"

#include "core/keeper/beginning.h"
#include "core/keeper/closing.h"
#include "core/keeper/performance.h"
#include "core/keeper/sitting.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

struct finishing {
  house *house;
  sitting sitting;
  closing_answers given; // before it was cut off
  performance *now;      // the creation that is being made again
  uint32_t next;
  bool over, open;
  result outcome;
  char text[PATH_MAX];
};

result finishing_begin(
  finishing **made, house *h, const char *live_name, char *why, size_t room) {
  *made = NULL;
  finishing *f = calloc(1, sizeof *f);
  if (!f) return NO_MEMORY;
  const sitting_calls calls = {0};
  f->house = h;
  f->next = 1;
  result done = sitting_resume(&f->sitting, h->archive, live_name, &calls, why, room);
  if (done != OK) {
    free(f);
    return done;
  }
  f->open = true;
  f->sitting.exercises = &h->exercises;
  closing_take_given(&f->sitting, &f->given);
  done = closing_let_go(&f->sitting, &f->given);
  if (done == OK) {
    *made = f;
    return OK;
  }
  snprintf(
    why, room, "What was let go of could not be taken away (%s).", result_text(done));
  finishing_destroy(f);
  return done;
}

void finishing_destroy(finishing *f) {
  if (!f) return;
  performance_destroy(f->now);
  if (f->open) sitting_finish(&f->sitting, true);
  closing_finish_answers(&f->given);
  free(f);
}

// What cannot be made again stays as the finished files that are there.
static void begin_creation(finishing *f, uint32_t creation) {
  const char *json = recorder_begin_json(f->sitting.recorder, creation);
  beginning begun = {0};
  char why[512];
  if (session_creation_dir(f->sitting.session, creation) < 0) return; // it was let go of
  if (!json || beginning_read(&begun, json) != OK) return;
  const exercise_entry *entry = house_exercise(f->house, begun.exercise, why, sizeof why);
  const performance_setup setup = {.session = f->sitting.session,
    .recorder = f->sitting.recorder,
    .ring = &f->sitting.ring,
    .spares = &f->sitting.spares,
    .exercise = entry,
    .mode = begun.mode,
    .seed = begun.seed,
    .width = begun.width,
    .height = begun.height,
    .scale = begun.scale,
    .text_scale = begun.text_scale,
    .look_flags = begun.look_flags};
  beginning_finish(&begun);
  if (!entry || performance_resume(&f->now, &setup, creation) != OK) return;
  performance_end_contacts(f->now);
  performance_leave(f->now);
}

static void close_session(finishing *f) {
  f->outcome = closing_session(&f->sitting, &f->given, true, f->text, sizeof f->text);
  f->open = f->outcome != OK;
  f->over = true;
}

void finishing_wake(finishing *f, wake_set *w) {
  if (f->over) return;
  sitting_wake(&f->sitting, w);
  if (f->now) {
    performance_wake(f->now, w);
  } else {
    wake_by(w, 0);
  }
}

bool finishing_turn(finishing *f) {
  if (f->over) return true;
  sitting_turn(&f->sitting);
  if (f->now) {
    performance_turn(f->now);
    if (performance_where(f->now) == PERFORMANCE_ASIDE) performance_leave(f->now);
    if (performance_where(f->now) != PERFORMANCE_LEFT) return false;
    performance_destroy(f->now);
    f->now = NULL;
    return false;
  }
  if (f->next <= session_creation_count(f->sitting.session)) {
    begin_creation(f, f->next++);
  } else {
    close_session(f);
  }
  return f->over;
}

result finishing_outcome(const finishing *f, const char **text) {
  *text = f->text;
  return f->outcome;
}
