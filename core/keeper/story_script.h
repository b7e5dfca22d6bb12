// SPDX-License-Identifier: GPL-3.0-or-later
// A creation's story as a gesture script. Keeper only.
#ifndef GESTO_KEEPER_STORY_SCRIPT_H
#define GESTO_KEEPER_STORY_SCRIPT_H

#include "core/keeper/beginning.h"
#include "core/keeper/story.h"

#include <stdio.h>

// Writes head, slots and close. `declared_json` as of the exercise's probe; NULL: controls
// stand there by their numbers.
MUST_USE result story_script_write(
  FILE *to, const story *s, const beginning *begun, const char *declared_json);

#endif
