// SPDX-License-Identifier: GPL-3.0-or-later
// What the keeper says lies in the archive, as the desk reads it: clients, their sessions,
// what was made, and sessions that were interrupted. Thread of the window.
#ifndef GESTO_DESK_LISTING_H
#define GESTO_DESK_LISTING_H

#include "core/base/result.h"

#include <jansson.h>
#include <stddef.h>

enum { LISTING_BYTES_MAX = 64 << 20 };

// Reads the JSON behind `fd` (TO_DESK_LIST). The caller owns *listing (json_decref).
MUST_USE result listing_read(int fd, size_t size, json_t **listing);
// A member's text, "" where there is none; borrowed.
const char *listing_text(const json_t *object, const char *key);
// A member's array; an empty one is NULL, which jansson's array calls take.
json_t *listing_array(const json_t *object, const char *key);
// The client with this id; NULL: none.
json_t *listing_client(const json_t *listing, const char *id);
// What a client is called on the desk: the alias, or "Guest".
const char *listing_client_name(const json_t *client);
// "23 November, 10:15" in the room's time from a session's name or time of beginning.
void listing_when(const json_t *session, char *text, size_t room);
// "42 min", "under a minute".
void listing_length(const json_t *session, char *text, size_t room);
// Path of a creation's folder, and of one of its works; "" if it would not fit.
void listing_creation_path(
  const json_t *session, const json_t *creation, char *path, size_t room);
void listing_work_path(const json_t *session, const json_t *creation, const json_t *work,
  char *path, size_t room);
// An exercise as the menu calls it; of one that is not there any more the last word of its id.
const char *listing_exercise_name(const json_t *listing, const char *id);
// The first work of this kind; NULL: none.
json_t *listing_work_of_kind(const json_t *creation, const char *kind);

#endif
