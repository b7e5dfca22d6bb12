// SPDX-License-Identifier: GPL-3.0-or-later
// Finished works as plain files for the client: named by what the client called them, with
// nothing of ours around them. Any thread.
#ifndef GESTO_KEEPER_TAKE_HOME_H
#define GESTO_KEEPER_TAKE_HOME_H

#include "core/base/result.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TAKE_HOME_NAME = 160 };

// A file name that every system takes, from words that a person typed and the name of the
// finished file (for its ending, and for its words where `title` has none left).
void take_home_name(
  const char *title, const char *file, uint32_t again, char out[TAKE_HOME_NAME]);

// Copies the works of a creation's folder into folder `to`, never over a file that is there.
// *count grows by how many were copied. On failure `why` has a sentence.
MUST_USE result take_home_creation(
  const char *path, int to, uint32_t *count, char *why, size_t room);

#endif
