// SPDX-License-Identifier: GPL-3.0-or-later
// The room of a client while a session runs: the recipe that was read at its beginning, what
// it makes of the exercises that there are, and what the client sets otherwise meanwhile,
// which is kept at once. Of a guest nothing is kept. Keeper's main thread.
#ifndef GESTO_KEEPER_CLIENT_ROOM_H
#define GESTO_KEEPER_CLIENT_ROOM_H

#include "core/base/result.h"
#include "core/keeper/exercise_list.h"
#include "core/record/archive.h"
#include "core/record/client_picture.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

enum { ROOM_TEXT_MOST = 32 * 1024 };

typedef struct client_room {
  archive *archive; // borrowed
  char id[24];
  json_t *recipe;   // as record/recipe.h has it; NULL: nothing is known, all is as usual
  char called[128]; // "": nobody is to be named
  char picture[PICTURE_HASH]; // that was put for them, to draw on; "": none
  bool guest;
} client_room; // zeroed: as usual

typedef struct room_wish { // for this session alone
  uint32_t minutes;        // 0: as the recipe says
  const char *language;    // or NULL: as the recipe says
} room_wish;

// Reads the facts about the client. `held`: the recipe as an earlier keeper of this session had
// it, or "".
MUST_USE result client_room_open(client_room *r, archive *a, const char *client_id,
  const room_wish *wish, const char *held);
// Another machine may have set a language that this one has no words for: it is said, and the
// computer's own holds.
void client_room_settle_language(client_room *r);
void client_room_close(client_room *r); // takes a zeroed one

// Whether the exercise is offered, by order and cautions.
bool client_room_offers(
  const client_room *r, const exercise_list *list, const exercise_entry *entry);
// The exercise's cautions as an array of texts: a new reference.
json_t *client_room_cautions(const exercise_entry *entry);
// Before a session: false if it cannot be known who is called so, as a file about somebody
// cannot be read; `why` is one sentence then, and untouched otherwise.
bool client_room_known(archive *a, const char *client, char *why, size_t room);
// As client_room_offers for somebody by alias or id, before a session; NULL and whoever is
// not known yet are offered all.
bool client_room_would_offer(
  archive *a, const char *client, const exercise_list *list, const exercise_entry *entry);
// What the client is offered: declarations in the client's order, restricted to the panel of
// the recipe, with the values that exercises begin with. `is_aside` (or NULL) says which this
// session has set aside; those are left out. A new reference.
typedef bool room_aside_fn(const void *data, const exercise_entry *entry);
json_t *client_room_exercises(const client_room *r, const exercise_list *list,
  room_aside_fn *is_aside, const void *data);
// The entry with the settings that the recipe adds: a copy whose settings client_room_done
// frees; all else is borrowed from `entry`.
MUST_USE result client_room_entry(
  const client_room *r, const exercise_entry *entry, exercise_entry *with);
void client_room_done(exercise_entry *with);

// "room" of TO_STAGE_SESSION: a new reference.
json_t *client_room_words(const client_room *r);
// FROM_STAGE_ROOM: takes it in and keeps it as facts. BAD_DATA: it is none; the room stays as
// it is. Another failure: it holds for this session but is not on disk.
MUST_USE result client_room_change(client_room *r, const char *json);
// For a keeper after this one. False: it does not fit.
bool client_room_write(const client_room *r, char text[ROOM_TEXT_MOST]);

#endif
