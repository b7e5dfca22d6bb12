// SPDX-License-Identifier: GPL-3.0-or-later
// The client's room as the window knows it: what TO_STAGE_SESSION brought, and what of it the
// client has set otherwise, which the keeper is told. Main thread.
#ifndef GESTO_STAGE_ROOM_H
#define GESTO_STAGE_ROOM_H

#include "core/ui/access.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct stage stage;

typedef struct stage_room {
  bool known;           // a session told of it
  char called[128];     // "": nobody is to be named
  uint32_t minutes;     // 0: no end is set
  uint32_t loudness;    // per cent of the usual ceiling
  char language[20];    // "": as the environment says
  access_settings told; // what the keeper has of s->access
  char told_language[20];
  uint64_t changed_us; // since when it is owed something; 0: nothing
} stage_room;

// The member "room" of TO_STAGE_SESSION. The first counts for this window; a keeper that was
// started anew is told what is other here.
void room_take(stage *s, const json_t *room);
// From now on words are those of this language; "": as the environment says. Pages are built
// anew at the end of the turn.
void room_set_language(stage *s, const char *language);
bool room_speaks(
  const stage *s, const char *language); // it is the language of the screen
// Tells the keeper what changed: a second after the first change, at once if `now`.
void room_turn(stage *s, bool now);
int room_wait_ms(const stage *s); // until then; -1: nothing is owed

#endif
