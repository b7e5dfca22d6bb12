// SPDX-License-Identifier: GPL-3.0-or-later
// A zip archive in memory, through minizip: written once in order, or read by name. The same
// entries give the same bytes: no times are kept. Any thread, one at a time.
#ifndef GESTO_MEDIA_ZIP_MEMORY_H
#define GESTO_MEDIA_ZIP_MEMORY_H

#include "core/base/result.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct zip_memory zip_memory;

// Writes into `to`, which stays the caller's and outlives it.
MUST_USE result zip_memory_create(zip_memory **z, void *to, size_t room);
// `packed`: deflated; else as it is. NO_SPACE: it does not fit, and nothing more will.
MUST_USE result zip_memory_add(
  zip_memory *z, const char *name, const void *bytes, size_t size, bool packed);
// Ends what was created or opened. After writing, *size is the length of the archive.
MUST_USE result zip_memory_close(zip_memory *z, size_t *size);

// BAD_DATA: it is no zip archive. `bytes` stay the caller's and outlive it.
MUST_USE result zip_memory_open(zip_memory **z, const void *bytes, size_t size);
// The whole entry; the caller frees. NOT_FOUND; TOO_LARGE: it says or turns out to be longer
// than `most`; BAD_DATA: damaged, or locked with a password.
MUST_USE result zip_memory_get(
  zip_memory *z, const char *name, size_t most, uint8_t **bytes, size_t *size);
void zip_memory_finish(zip_memory *z); // of one that was opened; takes NULL

#endif
