// SPDX-License-Identifier: GPL-3.0-or-later
// Clients and their rooms, as the desk lists and changes them. Keeper's main thread.
#ifndef GESTO_KEEPER_DESK_ROOM_H
#define GESTO_KEEPER_DESK_ROOM_H

#include "core/base/result.h"
#include "core/record/archive.h"

#include <jansson.h>

struct desk;

// Into the list of clients of a catalogue: those who have no session yet, and of each "room"
// (record/recipe.h), "guest", "kind", "members" and the newest alias; the sessions of a group
// under its members, too, with its name as "group"; "picture" is the path of one that was put
// for a client. Those whose last session was latest come
// first.
MUST_USE result desk_room_list(archive *a, json_t *clients);
void desk_hear_client(struct desk *d);  // FROM_DESK_CLIENT
void desk_hear_room(struct desk *d);    // FROM_DESK_ROOM
void desk_hear_picture(struct desk *d); // FROM_DESK_PICTURE
void desk_turn_picture(struct desk *d); // while one is on its way

#endif
