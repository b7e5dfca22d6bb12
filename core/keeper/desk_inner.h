// SPDX-License-Identifier: GPL-3.0-or-later
// What desk_service.c and desk_answers.c share. Theirs alone.
#ifndef GESTO_KEEPER_DESK_INNER_H
#define GESTO_KEEPER_DESK_INNER_H

#include "core/base/link.h"
#include "core/keeper/child.h"
#include "core/keeper/decoder.h"
#include "core/keeper/desk_listen.h"
#include "core/keeper/desk_replay.h"
#include "core/keeper/doorway.h"
#include "core/keeper/finishing.h"
#include "core/keeper/keeper_life.h"
#include "core/keeper/live.h"
#include "core/keeper/picture_intake.h"
#include "core/keeper/sound_link.h"
#include "core/keeper/window.h"

enum { THUMBS_MAX = 128 };

typedef struct thumb_wish {
  uint32_t request, longest;
  char *path;
} thumb_wish;

typedef struct desk {
  keeper_life *life;
  house *house;
  window window;
  decoder *decoder;
  thumb_wish thumbs[THUMBS_MAX]; // the first one is under way if `decoding`
  uint32_t thumb_count;
  bool decoding;
  desk_replay *replay;
  desk_listen listen;
  picture_intake picture; // on its way to a client, or none
  sound_link sound;
  bool sounds;    // `sound` has been begun
  uint32_t heard; // number of the replay's player that sounds; 0: none
  finishing *finishing;
  live *live;    // the client's session, or NULL
  uint32_t told; // how often the desk was told what the client said
  char *client, *exercise, *resume, *language; // what `live` borrows
  doorway door;
  child browser; // that shows a report
  bool bye;
  int exit_code;
  link_message *in, *out;
} desk;

// desk_answers.c
void desk_hear(desk *d); // what the desk asks
void desk_say(desk *d, uint32_t request, bool done, const char *text);
void desk_send_list(desk *d);
void desk_turn_thumbs(desk *d);
void desk_turn_sound(desk *d); // what is listened to, and what a replay sounds like

// desk_service.c
typedef struct desk_wish { // what a session is to begin with; each may be NULL
  const char *client, *exercise;
  const char *resume; // go on with this one instead
  room_wish room;
} desk_wish;
void desk_begin_session(desk *d, const desk_wish *wish);

#endif
