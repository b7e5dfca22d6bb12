// SPDX-License-Identifier: GPL-3.0-or-later
// The input ring of a session as a preallocated file of 16 MiB, 0600, in memory
// ($XDG_RUNTIME_DIR/gesto or /dev/shm/gesto-<uid>), so that it outlives every process and is
// found again by the session's name. Keeper only.
#ifndef GESTO_KEEPER_RING_FILE_H
#define GESTO_KEEPER_RING_FILE_H

#include "core/base/result.h"
#include "core/base/ring.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct ring_file {
  ring input;      // mapped for writing
  int fd, read_fd; // for the driver; for players (opened read-only, of a named file)
  char *name;      // "<session>.ring"
} ring_file;

// NO_SPACE if there is not room for all of it: later writes then never meet a full memory.
MUST_USE result ring_file_create(
  ring_file *f, const char *session_name, const uint8_t session_id[16]);
// NOT_FOUND; BAD_DATA if it is another session's or none.
MUST_USE result ring_file_open(
  ring_file *f, const char *session_name, const uint8_t session_id[16]);
// Whether a ring of that name is there.
bool ring_file_exists(const char *session_name);
void ring_file_finish(ring_file *f); // unmaps; the file stays; takes a zeroed one
void ring_file_remove(ring_file *f); // the same, and the file goes

// The folder in memory that rings lie in, of this user alone: $XDG_RUNTIME_DIR/gesto, or in
// /dev/shm. The caller closes it.
MUST_USE result ring_file_folder(int *dir);

#endif
