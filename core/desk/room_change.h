// SPDX-License-Identifier: GPL-3.0-or-later
// What the desk asks of the keeper about a client and the client's room, and what is in the
// room now. Thread of the window.
#ifndef GESTO_DESK_ROOM_CHANGE_H
#define GESTO_DESK_ROOM_CHANGE_H

#include "core/desk/desk.h"

// The client whose sessions or room are shown; NULL: nobody is there yet. Borrowed.
const json_t *room_client(const desk *d);
// A member of that client's room; NULL: as usual. Borrowed.
json_t *room_member(const desk *d, const char *name);
// Asks for the change of one member; takes over `value`.
void room_change(desk *d, const char *name, json_t *value);
// An exercise is offered or not, or comes one earlier (-1) or later (+1).
void room_offer(desk *d, const char *id, bool on);
void room_move(desk *d, const char *id, int by);
// The ids of exercises as they are offered, and then those that are not. New.
json_t *room_order(const desk *d);
bool room_is_offered(const desk *d, const char *id);
// A choice (or "" for all of the control) of an exercise is offered or not.
void room_offer_choice(
  desk *d, const json_t *exercise, const json_t *control, const char *choice, bool on);
bool room_offers_choice(
  const desk *d, const json_t *exercise, const json_t *control, const char *choice);
void room_leave_out(desk *d, const char *caution, bool out);
bool room_leaves_out(const desk *d, const char *caution);
// All cautions that an exercise here has, or the room names, each once. New.
json_t *room_cautions(const desk *d);
// Makes a client, or with `id` names one.
void room_ask_client(desk *d, const char *id, const char *alias, json_t *members);

#endif
