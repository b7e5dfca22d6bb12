// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/io.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

// The one door for tests. It is the state of the process on purpose: the calls of every
// module are counted together.
static struct {
  _Atomic uint64_t calls, fail_at;
  _Atomic int error, trace_fd;
} door = {.trace_fd = -1};

void io_fail_at(uint64_t nth, int error) {
  atomic_store(&door.error, error);
  atomic_store(&door.fail_at, nth);
  atomic_store(&door.calls, 0);
}

uint64_t io_calls(void) { return atomic_load(&door.calls); }

void io_trace_to(int fd) { atomic_store(&door.trace_fd, fd); }

// True once: then the call is not made and errno says what the test wished for.
static bool refused(void) {
  uint64_t call = atomic_fetch_add(&door.calls, 1) + 1;
  uint64_t nth = atomic_load_explicit(&door.fail_at, memory_order_relaxed);
  if (nth == 0 || call != nth) return false;
  errno = atomic_load(&door.error);
  return true;
}

PRINTF_LIKE(1, 2) static void trace(const char *format, ...) {
  int fd = atomic_load_explicit(&door.trace_fd, memory_order_relaxed);
  if (fd < 0) return;
  int kept = errno;
  char line[1024];
  va_list values;
  va_start(values, format);
  int size = vsnprintf(line, sizeof line - 1, format, values);
  va_end(values);
  if (size < 0) size = 0;
  if (size > (int)sizeof line - 2) size = (int)sizeof line - 2;
  line[size++] = '\n';
  if (write(fd, line, (size_t)size) < 0) atomic_store(&door.trace_fd, -1);
  errno = kept;
}

// What a call that answers 0 or -1 came to.
static result outcome(int answer) { return answer == 0 ? OK : result_of_errno(errno); }

static int errno_of(result r) { return r == OK ? 0 : errno; }

result io_open(int dir, const char *path, int flags, mode_t mode, int *fd) {
  int opened = -1;
  if (!refused()) {
    do {
      opened = openat(dir, path, flags | O_CLOEXEC, mode);
    } while (opened < 0 && errno == EINTR);
  }
  *fd = opened;
  result r = outcome(opened < 0 ? -1 : 0);
  trace("open %d:%s %d %d", dir, path, opened, errno_of(r));
  return r;
}

result io_open_dir(int dir, const char *path, int *fd) {
  return io_open(dir, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0, fd);
}

enum { HERE = -1 }; // instead of a place: where the descriptor stands

static ssize_t write_some(int fd, const char *bytes, size_t size, int64_t at) {
  ssize_t n = 0;
  do {
    n = at == HERE ? write(fd, bytes, size) : pwrite(fd, bytes, size, at);
  } while (n < 0 && errno == EINTR);
  return n;
}

static result write_all(int fd, const char *bytes, size_t size, int64_t at) {
  size_t done = 0;
  while (done < size) {
    int64_t place = at == HERE ? HERE : at + (int64_t)done;
    ssize_t n = write_some(fd, bytes + done, size - done, place);
    if (n < 0) return result_of_errno(errno);
    if (n == 0) {
      errno = ENOSPC;
      return NO_SPACE;
    }
    done += (size_t)n;
  }
  return OK;
}

// A full disk leaves half of what was to be written, so a test's does too.
static result write_half(int fd, const char *bytes, size_t size, int64_t at) {
  int error = errno;
  if (size > 1) (void)!write_all(fd, bytes, size / 2, at);
  errno = error;
  return result_of_errno(error);
}

static result write_counted(int fd, const void *bytes, size_t size, int64_t at) {
  result r = refused() ? write_half(fd, bytes, size, at) : write_all(fd, bytes, size, at);
  trace("write %d %zu %lld %d", fd, size, (long long)at, errno_of(r));
  return r;
}

result io_write_all(int fd, const void *bytes, size_t size) {
  return write_counted(fd, bytes, size, HERE);
}

result io_write_all_at(int fd, const void *bytes, size_t size, uint64_t at) {
  if (at > INT64_MAX - size) {
    errno = EFBIG;
    return TOO_LARGE;
  }
  return write_counted(fd, bytes, size, (int64_t)at);
}

static result read_full(int fd, char *bytes, size_t size, int64_t at, size_t *got) {
  *got = 0;
  while (*got < size) {
    ssize_t n = at == HERE ? read(fd, bytes + *got, size - *got)
                           : pread(fd, bytes + *got, size - *got, at + (int64_t)*got);
    if (n == 0) break;
    if (n > 0) *got += (size_t)n;
    if (n < 0 && errno != EINTR) return result_of_errno(errno);
  }
  return OK;
}

result io_read_full(int fd, void *bytes, size_t size, size_t *got) {
  result r = read_full(fd, bytes, size, HERE, got);
  trace("read %d %zu %d", fd, size, errno_of(r));
  return r;
}

result io_read_full_at(int fd, void *bytes, size_t size, uint64_t at, size_t *got) {
  *got = 0;
  if (at > INT64_MAX - size) {
    errno = EFBIG;
    return TOO_LARGE;
  }
  result r = read_full(fd, bytes, size, (int64_t)at, got);
  trace("read %d %zu %llu %d", fd, size, (unsigned long long)at, errno_of(r));
  return r;
}

result io_sync(int fd) {
  result r = outcome(refused() ? -1 : fsync(fd));
  trace("sync %d %d", fd, errno_of(r));
  return r;
}

result io_sync_data(int fd) {
  result r = outcome(refused() ? -1 : fdatasync(fd));
  trace("sync-data %d %d", fd, errno_of(r));
  return r;
}

static int truncate_once(int fd, uint64_t size) {
  int answer = 0;
  do {
    answer = ftruncate(fd, (off_t)size);
  } while (answer != 0 && errno == EINTR);
  return answer;
}

result io_truncate(int fd, uint64_t size) {
  result r = outcome(refused() ? -1 : truncate_once(fd, size));
  trace("truncate %d %llu %d", fd, (unsigned long long)size, errno_of(r));
  return r;
}

static int allocate_once(int fd, uint64_t size) {
  int error = 0;
  do {
    error = posix_fallocate(fd, 0, (off_t)size);
  } while (error == EINTR);
  if (error != 0) errno = error;
  return error == 0 ? 0 : -1;
}

result io_allocate(int fd, uint64_t size) {
  result r = outcome(refused() ? -1 : allocate_once(fd, size));
  trace("allocate %d %llu %d", fd, (unsigned long long)size, errno_of(r));
  return r;
}

result io_rename(int from_dir, const char *from, int to_dir, const char *to) {
  result r = outcome(refused() ? -1 : renameat(from_dir, from, to_dir, to));
  trace("rename %d:%s %d:%s %d", from_dir, from, to_dir, to, errno_of(r));
  return r;
}

result io_unlink(int dir, const char *path) {
  result r = outcome(refused() ? -1 : unlinkat(dir, path, 0));
  trace("unlink %d:%s %d", dir, path, errno_of(r));
  return r;
}

result io_make_dir(int dir, const char *path, mode_t mode) {
  result r = outcome(refused() ? -1 : mkdirat(dir, path, mode));
  trace("mkdir %d:%s %d", dir, path, errno_of(r));
  return r;
}

result io_remove_dir(int dir, const char *path) {
  result r = outcome(refused() ? -1 : unlinkat(dir, path, AT_REMOVEDIR));
  trace("rmdir %d:%s %d", dir, path, errno_of(r));
  return r;
}

void io_close(int fd) {
  if (fd < 0) return;
  int kept = errno;
  close(fd);
  errno = kept;
}
