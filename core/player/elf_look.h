// SPDX-License-Identifier: GPL-3.0-or-later
// A look into a shared object without running it: what it exports, and what it links.
#ifndef GESTO_PLAYER_ELF_LOOK_H
#define GESTO_PLAYER_ELF_LOOK_H

#include "core/base/result.h"

#include <stddef.h>
#include <stdint.h>

typedef struct elf_look {
  uint32_t exported; // symbols that others can see
  char other[128];   // the first of them that is not gesto_entry
  uint32_t foreign;  // libraries that an exercise may not link
  char library[128]; // the first of them
} elf_look;

// Any thread. BAD_DATA: not a 64-bit shared object for this machine.
MUST_USE result elf_look_at(elf_look *l, const char *path);

#endif
