// SPDX-License-Identifier: GPL-3.0-or-later
// Words to the keeper. A full queue is waited for: nothing that the keeper counts on is lost.
#ifndef GESTO_PLAYER_SAY_H
#define GESTO_PLAYER_SAY_H

#include "core/base/result.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct saying {
  uint32_t kind, a, b;
  uint64_t big;
  double value;
  const char *text; // or NULL
} saying;

// [any] False: the keeper is gone, or the text is too long.
bool say(int link, const saying *what);

#endif
