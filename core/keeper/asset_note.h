// SPDX-License-Identifier: GPL-3.0-or-later
// What an exercise read beside its input: a frame for its journal with name and hash, and,
// up to 256 KiB, the bytes themselves beside the creation. Keeper's main thread.
#ifndef GESTO_KEEPER_ASSET_NOTE_H
#define GESTO_KEEPER_ASSET_NOTE_H

#include "core/base/result.h"

// `name` comes from the player ("routines/sea.json" of the exercise's own assets folder) and
// is not trusted. On OK the caller frees *json, the text of an ASSET frame.
MUST_USE result asset_note_make(
  const char *exercise_id, const char *name, int creation_dir, char **json);

#endif
