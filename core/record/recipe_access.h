// SPDX-License-Identifier: GPL-3.0-or-later
// What the members of a room's "access" may be (docs/session-format.md, "The room"). Who
// writes one by hand is told what does not hold; what is already kept is read more mildly,
// as the next version may know more (recipe_check). Any thread.
#ifndef GESTO_RECORD_RECIPE_ACCESS_H
#define GESTO_RECORD_RECIPE_ACCESS_H

#include "core/base/result.h"

#include <jansson.h>
#include <stddef.h>

// `access`: of a recipe that recipe_check() holds for, with null for "as usual"; or NULL.
// BAD_DATA: `why`, for which 512 bytes do, gets a sentence that names what and the remedy.
MUST_USE result recipe_access_check(const json_t *access, char *why, size_t room);

#endif
