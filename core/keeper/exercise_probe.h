// SPDX-License-Identifier: GPL-3.0-or-later
// Learns what a foreign exercise declares without loading it here: a locked player of its
// own reads it, within 2 s. Remembered by the file's hash in $XDG_CACHE_HOME/gesto, until
// there is another player.
#ifndef GESTO_KEEPER_EXERCISE_PROBE_H
#define GESTO_KEEPER_EXERCISE_PROBE_H

#include "core/base/result.h"

// The JSON of player/declared.h of the file of this hash, or NULL and one sentence in
// *refused. The caller frees.
char *exercise_probe(const char *path, const char *hash, char **refused);

// SHA-256 of a file as 64 hexadecimal digits.
MUST_USE result exercise_file_hash(const char *path, char hex[65]);

#endif
