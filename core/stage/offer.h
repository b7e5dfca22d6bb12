// SPDX-License-Identifier: GPL-3.0-or-later
// What an exercise declares, read from the JSON that a player made of it, as the stage needs
// it for cards and panel. Main thread.
#ifndef GESTO_STAGE_OFFER_H
#define GESTO_STAGE_OFFER_H

#include "core/api/gesto.h"
#include "core/base/result.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

enum { OFFER_CONTROLS = 48, OFFER_CHOICES = 24 };

typedef struct offer_choice {
  const char *key, *name;
  const char *picture; // lines on a square of 24, core/ui/path.h; "": none
  uint32_t value;      // that the exercise knows it by: not all are offered in every room
} offer_choice;

typedef struct offer_control { // strings are borrowed from the offer
  uint32_t id, kind, flags;    // GESTO_BUTTON…, GESTO_AT_HAND…
  const char *key, *name, *hint, *unit, *keys, *group;
  double low, high, step, initial;
  uint32_t choice_count;
  offer_choice choices[OFFER_CHOICES]; // in the order in which they are shown
  uint32_t limit; // id of the control that says how many choices are there; 0: all are
  uint32_t colour_count; // 0: any
  uint32_t colours[OFFER_CHOICES];
} offer_control;

typedef struct offer {
  json_t *json; // owns all strings
  bool canvas;  // it paints on the host's paper
  const char *id, *title, *version, *invitation, *why, *care;
  uint32_t control_count;
  offer_control controls[OFFER_CONTROLS];
} offer;

// `json` (a reference is kept) as core/player/declared.h describes it, maybe with a "title".
// BAD_DATA: it has no id or name.
MUST_USE result offer_read(offer *o, json_t *json);
// After the language of the screen changed: its words anew, its controls where they were.
void offer_translate(offer *o);
void offer_finish(offer *o); // takes a zeroed one
// The choice that has this value; NULL: it is not offered.
const offer_choice *offer_choice_of(const offer_control *c, uint32_t value);
const offer_control *offer_find(const offer *o, uint32_t control_id); // NULL: none

#endif
