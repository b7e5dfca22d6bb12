// SPDX-License-Identifier: GPL-3.0-or-later
// Every file call of ours goes through here, so that tests can make the Nth one fail and
// record the trace of all of them. Thin: names and meanings are those of POSIX, EINTR and
// short transfers are dealt with, and a failure leaves errno set.
//
// Any thread, except where a line says otherwise.
#ifndef GESTO_BASE_IO_H
#define GESTO_BASE_IO_H

#include "core/base/result.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// Descriptors are close-on-exec. `dir` is a folder's descriptor or AT_FDCWD.
MUST_USE result io_open(int dir, const char *path, int flags, mode_t mode, int *fd);
MUST_USE result io_open_dir(int dir, const char *path, int *fd);
// All `size` bytes or a failure; on NO_SPACE some may have been written.
MUST_USE result io_write_all(int fd, const void *bytes, size_t size);
MUST_USE result io_write_all_at(int fd, const void *bytes, size_t size, uint64_t at);
// Reads until `size` bytes or the end; *got says how many.
MUST_USE result io_read_full(int fd, void *bytes, size_t size, size_t *got);
MUST_USE result io_read_full_at(
  int fd, void *bytes, size_t size, uint64_t at, size_t *got);
MUST_USE result io_sync(int fd);      // fsync; never to be tried again on the same fd
MUST_USE result io_sync_data(int fd); // fdatasync; the same
MUST_USE result io_truncate(int fd, uint64_t size);
MUST_USE result io_allocate(int fd, uint64_t size); // posix_fallocate: really there
MUST_USE result io_rename(int from_dir, const char *from, int to_dir, const char *to);
MUST_USE result io_unlink(int dir, const char *path); // NOT_FOUND if it is not there
MUST_USE result io_make_dir(int dir, const char *path, mode_t mode);
MUST_USE result io_remove_dir(int dir, const char *path);
void io_close(int fd); // takes -1

// All of a file, followed by a zero byte that is not counted. The caller frees *bytes.
// TOO_LARGE over `limit`; NOT_FOUND; BAD_DATA if it is not a regular file.
MUST_USE result io_load(
  int dir, const char *path, size_t limit, char **bytes, size_t *size);

// Atomic: temporary file (".<name>.new", mode 0600), fsync, rename, fsync of the folder. On
// any failure the old file stays as it was and the temporary one is gone; only where the
// last fsync alone did not succeed, the new file stands already. `name` has no slash. One
// thread at a time for one name.
MUST_USE result io_save(int dir, const char *name, const void *bytes, size_t size);

// The same for much, in pieces, so that nobody waits long for the disk at once.
typedef struct io_saving {
  int dir, fd; // dir is the caller's
  char name[256];
} io_saving;
MUST_USE result io_save_begin(io_saving *s, int dir, const char *name);
// Appends; it is on disk when this returns. After a failure only io_save_drop is of use.
MUST_USE result io_save_piece(io_saving *s, const void *bytes, size_t size);
// What io_save does last. In any case *s is over then.
MUST_USE result io_save_end(io_saving *s);
void io_save_drop(io_saving *s); // the old file stays as it was

// Removes a folder and all below it without following links; then syncs its parent.
MUST_USE result io_remove_tree(int dir, const char *name);

// Calls `each` for every entry but "." and "..", sorted by name. Stops at the first
// result that is not OK and returns it.
typedef result io_each_fn(void *data, int dir, const char *name, bool is_dir);
MUST_USE result io_each(int dir, const char *path, io_each_fn *each, void *data);

// ---- For tests ---------------------------------------------------------------------
// Main thread, before other threads start. The Nth call from now that changes or opens
// something (open, write, sync, rename, unlink, mkdir, truncate, allocate) answers with
// `error` (ENOSPC, EIO...) instead of being made; a write of more than one byte first
// writes half of it. 0: none. Returns nothing; io_calls() counts since then.
void io_fail_at(uint64_t nth, int error);
uint64_t io_calls(void);
// Every call is written to `fd` as a line "write 5 4096 0" (call, fd or names, size or
// offset, errno). -1: no trace.
void io_trace_to(int fd);

#endif
