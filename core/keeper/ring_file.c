// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/ring_file.h"

#include "core/base/io.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// Our own folder, of our own user, that nobody else can look into.
static result open_own_dir(int base, const char *name, int *dir) {
  result done = io_make_dir(base, name, 0700);
  if (done != OK && done != EXISTS) return done;
  int fd = -1;
  done = io_open(base, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0, &fd);
  if (done != OK) return done;
  struct stat s = {0};
  if (fstat(fd, &s) != 0 || s.st_uid != geteuid() || (s.st_mode & 077) != 0) {
    io_close(fd);
    return NOT_ALLOWED;
  }
  *dir = fd;
  return OK;
}

static result open_in(const char *base_path, const char *name, int *dir) {
  int base = -1;
  result done = io_open_dir(AT_FDCWD, base_path, &base);
  if (done != OK) return done;
  done = open_own_dir(base, name, dir);
  io_close(base);
  return done;
}

result ring_file_folder(int *dir) {
  const char *runtime = getenv("XDG_RUNTIME_DIR");
  if (runtime && runtime[0] == '/' && open_in(runtime, "gesto", dir) == OK) return OK;
  char name[32];
  snprintf(name, sizeof name, "gesto-%u", (unsigned)geteuid());
  return open_in("/dev/shm", name, dir);
}

static result name_it(ring_file *f, const char *session_name) {
  *f = (ring_file){.fd = -1, .read_fd = -1};
  if (strchr(session_name, '/')) return BAD_DATA;
  if (asprintf(&f->name, "%s.ring", session_name) < 0) {
    f->name = NULL;
    return NO_MEMORY;
  }
  return OK;
}

result ring_file_create(
  ring_file *f, const char *session_name, const uint8_t session_id[16]) {
  int dir = -1;
  result done = name_it(f, session_name);
  if (done == OK) done = ring_file_folder(&dir);
  if (done == OK) done = io_open(dir, f->name, O_RDWR | O_CREAT | O_EXCL, 0600, &f->fd);
  if (done == OK) done = io_allocate(f->fd, RING_FILE_BYTES);
  if (done == OK) done = io_open(dir, f->name, O_RDONLY, 0, &f->read_fd);
  if (done == OK) done = ring_init(&f->input, f->fd, RING_FILE_BYTES, session_id);
  io_close(dir);
  if (done != OK && f->fd >= 0) {
    ring_file_remove(f);
  } else if (done != OK) {
    ring_file_finish(f);
  }
  return done;
}

result ring_file_open(
  ring_file *f, const char *session_name, const uint8_t session_id[16]) {
  int dir = -1;
  result done = name_it(f, session_name);
  if (done == OK) done = ring_file_folder(&dir);
  if (done == OK) done = io_open(dir, f->name, O_RDWR | O_NOFOLLOW, 0, &f->fd);
  if (done == OK) done = io_open(dir, f->name, O_RDONLY | O_NOFOLLOW, 0, &f->read_fd);
  if (done == OK) done = ring_open(&f->input, f->fd, true);
  if (done == OK && memcmp(f->input.head->session, session_id, 16) != 0) done = BAD_DATA;
  io_close(dir);
  if (done != OK) ring_file_finish(f);
  return done;
}

bool ring_file_exists(const char *session_name) {
  ring_file f;
  int dir = -1;
  result done = name_it(&f, session_name);
  if (done == OK) done = ring_file_folder(&dir);
  if (done == OK) done = io_open(dir, f.name, O_RDONLY | O_NOFOLLOW, 0, &f.fd);
  io_close(dir);
  ring_file_finish(&f);
  return done == OK;
}

void ring_file_finish(ring_file *f) {
  if (!f->name) return;
  ring_finish(&f->input);
  io_close(f->fd);
  io_close(f->read_fd);
  free(f->name);
  *f = (ring_file){.fd = -1, .read_fd = -1};
}

void ring_file_remove(ring_file *f) {
  if (!f->name) return;
  int dir = -1;
  if (ring_file_folder(&dir) == OK) {
    result gone = io_unlink(dir, f->name);
    (void)gone; // one that is left behind is swept with its session
  }
  io_close(dir);
  ring_file_finish(f);
}
