// SPDX-License-Identifier: GPL-3.0-or-later
// The half of io.h that works on whole files and folders, built on its single calls.
#include "core/base/io.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct contents {
  char *bytes;
  size_t size;
} contents;

// Reads on until the end: what a file says of its size is only where we begin.
static result read_to_end(contents *all, int fd, size_t expected, size_t limit) {
  size_t room = (expected < limit ? expected : limit) + 1;
  for (;;) {
    char *grown = realloc(all->bytes, room + 1);
    if (!grown) return NO_MEMORY;
    all->bytes = grown;
    size_t got = 0;
    result r = io_read_full(fd, grown + all->size, room - all->size, &got);
    if (r != OK) return r;
    all->size += got;
    if (all->size > limit) return TOO_LARGE;
    grown[all->size] = 0;
    if (all->size < room) return OK;
    room = room > limit / 2 ? limit + 1 : room * 2;
  }
}

static result read_regular(contents *all, int fd, size_t limit) {
  struct stat info;
  if (fstat(fd, &info) != 0) return result_of_errno(errno);
  if (!S_ISREG(info.st_mode)) return BAD_DATA;
  if ((uint64_t)info.st_size > limit) return TOO_LARGE;
  return read_to_end(all, fd, (size_t)info.st_size, limit);
}

result io_load(int dir, const char *path, size_t limit, char **bytes, size_t *size) {
  *bytes = NULL;
  *size = 0;
  int fd = -1;
  // Not blocking, so that a pipe that was put there holds nobody up.
  result r = io_open(dir, path, O_RDONLY | O_NONBLOCK | O_NOCTTY, 0, &fd);
  if (r != OK) return r;
  contents all = {0};
  r = read_regular(&all, fd, limit);
  io_close(fd);
  if (r != OK) {
    free(all.bytes);
    return r;
  }
  *bytes = all.bytes;
  *size = all.size;
  return OK;
}

static result sync_folder(int dir) {
  if (dir != AT_FDCWD) return io_sync(dir);
  int here = -1;
  result r = io_open_dir(AT_FDCWD, ".", &here);
  if (r == OK) r = io_sync(here);
  io_close(here);
  return r;
}

static result name_temporary(const char *name, char temporary[NAME_MAX + 1]) {
  int length = snprintf(temporary, NAME_MAX + 1, ".%s.new", name);
  if (length >= 0 && length <= NAME_MAX && !strchr(name, '/')) return OK;
  errno = ENAMETOOLONG;
  return TOO_LARGE;
}

static result open_new(int dir, const char *temporary, int *fd) {
  const int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW;
  result r = io_open(dir, temporary, flags, 0600, fd);
  if (r != EXISTS) return r;
  r = io_unlink(dir, temporary); // left by a save that was cut off
  return r == OK ? io_open(dir, temporary, flags, 0600, fd) : r;
}

static void drop_temporary(int dir, const char *temporary) {
  int kept = errno;
  (void)!io_unlink(dir, temporary);
  errno = kept;
}

result io_save_begin(io_saving *s, int dir, const char *name) {
  char temporary[NAME_MAX + 1];
  *s = (io_saving){.dir = dir, .fd = -1};
  result r = name_temporary(name, temporary);
  if (r != OK) return r;
  snprintf(s->name, sizeof s->name, "%s", name);
  r = open_new(dir, temporary, &s->fd);
  if (r != OK) drop_temporary(dir, temporary);
  return r;
}

result io_save_piece(io_saving *s, const void *bytes, size_t size) {
  result r = size > 0 ? io_write_all(s->fd, bytes, size) : OK;
  return r == OK ? io_sync(s->fd) : r;
}

void io_save_drop(io_saving *s) {
  char temporary[NAME_MAX + 1];
  if (s->fd < 0 || name_temporary(s->name, temporary) != OK) return;
  io_close(s->fd);
  s->fd = -1;
  drop_temporary(s->dir, temporary);
}

result io_save_end(io_saving *s) {
  char temporary[NAME_MAX + 1];
  result r = name_temporary(s->name, temporary);
  if (r == OK) r = io_rename(s->dir, temporary, s->dir, s->name);
  if (r != OK) {
    io_save_drop(s);
    return r;
  }
  io_close(s->fd);
  s->fd = -1;
  return sync_folder(s->dir);
}

result io_save(int dir, const char *name, const void *bytes, size_t size) {
  io_saving s;
  result r = io_save_begin(&s, dir, name);
  if (r == OK) r = io_save_piece(&s, bytes, size);
  if (r == OK) return io_save_end(&s);
  io_save_drop(&s);
  return r;
}

typedef struct names {
  char **list;
  size_t count, room;
} names;

static result names_add(names *all, const char *name) {
  if (all->count == all->room) {
    size_t room = all->room ? all->room * 2 : 32;
    char **grown = realloc(all->list, room * sizeof *grown);
    if (!grown) return NO_MEMORY;
    all->list = grown;
    all->room = room;
  }
  char *copy = strdup(name);
  if (!copy) return NO_MEMORY;
  all->list[all->count++] = copy;
  return OK;
}

static void names_finish(names *all) {
  for (size_t i = 0; i < all->count; i++) free(all->list[i]);
  free(all->list);
  *all = (names){0};
}

static int by_name(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

// Read to the end before anything is called, so that entries may be removed meanwhile.
static result names_read(names *all, int fd) {
  int own = -1;
  result r = io_open_dir(fd, ".", &own);
  if (r != OK) return r;
  DIR *entries = fdopendir(own);
  if (!entries) {
    io_close(own);
    return result_of_errno(errno);
  }
  errno = 0;
  for (struct dirent *e = readdir(entries); e && r == OK; e = readdir(entries)) {
    if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0) {
      r = names_add(all, e->d_name);
    }
    errno = 0;
  }
  if (r == OK && errno != 0) r = result_of_errno(errno);
  closedir(entries);
  if (all->count > 1) qsort(all->list, all->count, sizeof *all->list, by_name);
  return r;
}

static bool is_folder(int dir, const char *name) {
  struct stat info;
  return fstatat(dir, name, &info, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(info.st_mode);
}

result io_each(int dir, const char *path, io_each_fn *each, void *data) {
  int fd = -1;
  result r = io_open_dir(dir, path, &fd);
  if (r != OK) return r;
  names all = {0};
  r = names_read(&all, fd);
  for (size_t i = 0; i < all.count && r == OK; i++) {
    r = each(data, fd, all.list[i], is_folder(fd, all.list[i]));
  }
  names_finish(&all);
  io_close(fd);
  return r;
}

// Each level holds two descriptors and a little stack; deeper than this nothing of ours is.
enum { DEEPEST = 64 };

static result remove_below(void *data, int dir, const char *name, bool is_dir) {
  if (!is_dir) return io_unlink(dir, name);
  int depth = *(int *)data + 1;
  if (depth > DEEPEST) return TOO_LARGE;
  result r = io_each(dir, name, remove_below, &depth);
  return r == OK ? io_remove_dir(dir, name) : r;
}

result io_remove_tree(int dir, const char *name) {
  int depth = 0;
  result r = remove_below(&depth, dir, name, is_folder(dir, name));
  return r == OK ? sync_folder(dir) : r;
}
