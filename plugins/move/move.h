// SPDX-License-Identifier: GPL-3.0-or-later
// What Move knows, and what its files do for each other. [stage]
#ifndef MOVE_MOVE_H
#define MOVE_MOVE_H

#include "gesto.h"
#include "routine.h"

enum { MOVE_BEGIN = 1, MOVE_SKIP, MOVE_WAY, MOVE_PACE }; // ids of controls
enum { PHASE_BEFORE, PHASE_STEPS, PHASE_AFTER };
enum { LOG_ROOM = 96 };

typedef struct log_entry {
  uint64_t began_us, ended_us; // exercise time; ended 0: still going on
  double pace;                 // at its end
  uint32_t step, way, skipped, unused;
} log_entry;

typedef struct move_state {
  double pace;     // 1: as written; 0.5 .. 1.5
  double progress; // of the present step, 0..1
  uint32_t phase, step, way, log_count, pauses, rounds;
  char routine[ROUTINE_NAME];
  log_entry log[LOG_ROOM];
} move_state;

typedef struct move {
  const gesto_host *host;
  routine routine;
  move_state now;
  bool paused;
  uint32_t ticks;
  uint32_t told; // the step that was announced, counted from 1; 0: none
  float width, height, text_scale;
} move;

typedef struct place {
  float x, y, w, h;
} place;

typedef struct layout {
  float x, y, r;      // the circle
  place words, begin; // begin: where the first and the last page can be pressed on
  place time;
  float text;
} layout;

layout layout_make(float width, float height, float text_scale);
layout move_layout(const move *m);
double move_seconds_left(const move *m); // in this step, at the present pace
double move_seconds_in_all(const move *m);
const step *move_step(const move *m);               // the present one
const step *move_next(const move *m);               // NULL: none
const char *move_say(const move *m, const step *s); // its words for the present way
// In the language of the screen.
const char *move_word(const move *m, const char *words);

// figure.c: the figure in a circle of radius 1 around 0, 0. `progress` of the step.
void figure_draw(const move *m, cairo_t *to, double progress, bool still);
void draw_move(const void *self, cairo_t *to, const gesto_frame *frame);

// keep.c
gesto_result keep_works(const void *self, const gesto_host *host);
gesto_result keep_save(const void *self, const gesto_writer *to, bool with_history);
gesto_result keep_load(void *self, const gesto_reader *from, const char *version);
bool move_use_routine(move *m, const char *name); // false: it cannot be used

#endif
