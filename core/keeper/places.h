// SPDX-License-Identifier: GPL-3.0-or-later
// Finds what a person names on the command line in an archive, and reads its facts. Any
// thread.
#ifndef GESTO_KEEPER_PLACES_H
#define GESTO_KEEPER_PLACES_H

#include "core/base/result.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

typedef enum place_kind { PLACE_CREATION = 1, PLACE_SESSION, PLACE_CLIENT } place_kind;

// `named` is a path, or a session's name ("…"), or SESSION/CREATION as `gesto list` prints
// them, or a client's id. Gives the absolute path. NOT_FOUND: nothing of that kind is there.
MUST_USE result place_find(
  const char *archive, const char *named, place_kind kind, char *path, size_t room);

// creation.json or session.json of a folder; NULL if it is not there or not whole. The
// caller releases it.
json_t *place_facts(const char *path, const char *file);

// Did the client keep this creation private? True also where that cannot be told.
bool place_is_private(const char *creation_path);

#endif
