// SPDX-License-Identifier: GPL-3.0-or-later
// catalogue.sqlite: an index of the archive, never the truth, rebuilt at will.
#ifndef GESTO_RECORD_CATALOGUE_H
#define GESTO_RECORD_CATALOGUE_H

#include "core/base/result.h"
#include "core/record/archive.h"

#include <stdbool.h>

MUST_USE result catalogue_rebuild(archive *a);
// Adds one closed session (its folder) after it was closed.
MUST_USE result catalogue_add_session(archive *a, const char *session_path);
// What a client is called changed, or the client is new.
MUST_USE result catalogue_note_client(archive *a, const char *client_id);
// JSON text {"clients":[{"id","alias","sessions":[{"name","path","began","seconds",
// "interrupted","told","points","note" (all as told_of of told.h),"private" (how many creations
// are),"creations":[{"number","name","exercise","title","consent","works":[{"file",
// "kind","title","bytes"}]}]}]}]}; private creations only if with_private. Falls back to the
// folders when there is no catalogue. The caller frees.
MUST_USE result catalogue_list_json(
  archive *a, const char *alias, bool with_private, char **json);

#endif
