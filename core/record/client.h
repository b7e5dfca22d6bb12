// SPDX-License-Identifier: GPL-3.0-or-later
// Clients: who there is, and what is known about each, as facts of which the newest of each
// name counts. Keeper only; one thread.
#ifndef GESTO_RECORD_CLIENT_H
#define GESTO_RECORD_CLIENT_H

#include "core/base/result.h"
#include "core/record/archive.h"

#include <jansson.h>
#include <stdbool.h>

// The newest of each fact in about/: {"alias":…,"guest":…}. The caller owns *facts.
MUST_USE result client_about(int client_dir, json_t **facts);
// The same, of the client with this id.
MUST_USE result client_facts(archive *a, const char *id, json_t **facts);
// The client of that alias or id. NOT_FOUND: nobody is called so. FAILED: nobody of whom all
// can be read, but a file about somebody cannot be: it may be theirs (client_say_unread), and
// nobody is to be begun under that name.
MUST_USE result client_find(archive *a, const char *who, char id[24]);
// One sentence about the first file about a client that cannot be read, for whoever asked for
// `who`: which, and what to do. False: all can be.
bool client_say_unread(archive *a, const char *who, char *why, size_t room);
// One new file about the client: only what changes. Takes over `facts`; {} writes nothing.
MUST_USE result client_note(archive *a, const char *id, json_t *facts);
// A client who comes to be known by this alias. EXISTS: another one is; BAD_DATA: no alias;
// FAILED: as client_find.
// `members` (ids, or NULL) makes a group. The catalogue knows of it, too.
MUST_USE result client_make(
  archive *a, const char *alias, const json_t *members, char id[24]);
// Another alias; a guest is none any more. As client_make.
MUST_USE result client_name(archive *a, const char *id, const char *alias);
// Each client in the order of ids. What `each` returns ends it unless it is OK.
typedef result client_each_fn(void *data, const char *id, const json_t *facts);
MUST_USE result client_each(archive *a, client_each_fn *each, void *data);

#endif
