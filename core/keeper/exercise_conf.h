// SPDX-License-Identifier: GPL-3.0-or-later
// The text of a plugins.conf as a list of entries: sections, keys and their limits. Looks at
// no file but the text that it is given. Any thread.
#ifndef GESTO_KEEPER_EXERCISE_CONF_H
#define GESTO_KEEPER_EXERCISE_CONF_H

#include "core/base/result.h"
#include "core/keeper/exercise_list.h"

#include <stddef.h>

enum { CONF_BYTES_MAX = 64 * 1024, CONF_KEYS_MAX = 1000 };

// Reads `size` bytes of `text` (changed on the way; text[size] is 0). `folder` ends with a
// slash: what paths are relative to. `name` stands in the sentences. A line that cannot be
// understood refuses the entry it belongs to. TOO_LARGE or BAD_DATA, with a sentence, when
// the whole text is not to be used; the list is then empty.
MUST_USE result exercise_conf_parse(exercise_list *list, char *text, size_t size,
  const char *folder, const char *name, char *why, size_t room);

// Sets entry->refused unless it is set already.
void exercise_refuse(exercise_entry *entry, const char *format, ...) PRINTF_LIKE(2, 3);

#endif
