// SPDX-License-Identifier: GPL-3.0-or-later
// What is to be told to whoever mends an exercise that ended by itself, and nothing of what a
// client made or did. Keeper's main thread.
#ifndef GESTO_KEEPER_TROUBLE_H
#define GESTO_KEEPER_TROUBLE_H

#include "core/base/result.h"

#include <stddef.h>
#include <stdint.h>

typedef struct trouble {
  char exercise[128], version[64]; // "": nothing happened
  char how[512];                   // in the words of the program that saw it
  int64_t wall_us;                 // when, last
  uint64_t into_us;                // exercise time by then
  uint64_t inputs;                 // that were recorded by then
  uint32_t times;                  // in a row
} trouble;

// One page of text in the home folder of whoever runs Gesto; its path goes to `path`.
MUST_USE result trouble_write(const trouble *t, char *path, size_t room);

#endif
