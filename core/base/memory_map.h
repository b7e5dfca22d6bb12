// SPDX-License-Identifier: GPL-3.0-or-later
// Shared memory between our processes: memfds of a fixed size, sealed before they are
// handed over, and plain maps of files. Any thread.
#ifndef GESTO_BASE_MEMORY_MAP_H
#define GESTO_BASE_MEMORY_MAP_H

#include "core/base/result.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct memory_map {
  void *bytes; // NULL: nothing mapped
  size_t size;
} memory_map;

// A zeroed memfd of `size` bytes with F_SEAL_SHRINK and F_SEAL_GROW (F_SEAL_SEAL is left
// open so that the maker can still seal it against writing). The caller closes *fd.
MUST_USE result memory_create(const char *name, size_t size, int *fd);

// The same for memory that one side goes on writing to: no seal can be added any more, by
// whoever gets it, so that nobody is shut out.
MUST_USE result memory_create_shared(const char *name, size_t size, int *fd);

// Seals against writing for ever (WRITE and SEAL). NOT_ALLOWED while anyone has it mapped
// for writing.
MUST_USE result memory_seal(int fd);

// Maps all of the file behind `fd`, shared. BAD_DATA if it is smaller than `at_least`.
MUST_USE result memory_map_open(memory_map *map, int fd, bool writable, size_t at_least);
void memory_map_close(memory_map *map); // zeroed map: nothing

#endif
