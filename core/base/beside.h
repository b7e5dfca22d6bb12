// SPDX-License-Identifier: GPL-3.0-or-later
// Where the files lie that come with the program. Any thread.
#ifndef GESTO_BASE_BESIDE_H
#define GESTO_BASE_BESIDE_H

#include "core/base/result.h"

#include <stddef.h>

// The path of `name` in the folder of the running program, whether it is there or not.
// TOO_LARGE: `path` has no room for it; FAILED or another: the system does not say where.
MUST_USE result beside_program(const char *name, char *path, size_t room);

#endif
