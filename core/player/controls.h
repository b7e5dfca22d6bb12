// SPDX-License-Identifier: GPL-3.0-or-later
// The values of an exercise's controls, which the host owns, and the wishes of the exercise
// for other values. Main thread.
#ifndef GESTO_PLAYER_CONTROLS_H
#define GESTO_PLAYER_CONTROLS_H

#include "core/player/exercise.h"

#include <stdbool.h>

typedef struct setting {
  char *key, *value;
} setting;

typedef struct settings {
  setting *all;
  uint32_t count;
} settings;

// NULL: no such setting. Borrowed.
const char *settings_find(const settings *s, const char *key);

enum { CONTROLS_ASKED_MAX = 64 };

typedef struct controls {
  const exercise *of;
  double value[EXERCISE_CONTROLS_MAX]; // in the order declared
  struct {
    uint32_t id;
    double value;
  } asked[CONTROLS_ASKED_MAX]; // in the order asked for
  uint32_t asked_count;
} controls;

// As declared, or as a setting named like a control's key says.
void controls_init(controls *c, const exercise *of, const settings *s);
// Brings a value into the bounds and onto the steps of control `id`. False: no such control,
// or one that has no value (a button, a text field).
bool controls_fit(const controls *c, uint32_t id, double *value);
// Of a button: 1 (there is nothing for it to do) or 0. False: it is none.
bool controls_fit_button(const controls *c, uint32_t id, double *value);
// Sets what one of these let pass.
void controls_set(controls *c, uint32_t id, double value);
// Notes a wish. One too many within one call is let go, in a replay too.
void controls_ask(controls *c, uint32_t id, double value);

#endif
