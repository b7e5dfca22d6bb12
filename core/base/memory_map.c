// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/memory_map.h"

#include "core/base/io.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

static result create(const char *name, size_t size, int seals, int *fd) {
  *fd = -1;
  int made = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (made < 0) return result_of_errno(errno);
  result r = io_truncate(made, size);
  if (r == OK && fcntl(made, F_ADD_SEALS, seals) != 0) {
    r = result_of_errno(errno);
  }
  if (r != OK) {
    io_close(made);
    return r;
  }
  *fd = made;
  return OK;
}

result memory_create(const char *name, size_t size, int *fd) {
  return create(name, size, F_SEAL_SHRINK | F_SEAL_GROW, fd);
}

result memory_create_shared(const char *name, size_t size, int *fd) {
  return create(name, size, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL, fd);
}

result memory_seal(int fd) {
  const int wanted = F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL;
  int seals = fcntl(fd, F_GET_SEALS);
  if (seals < 0) return BAD_DATA; // no memfd
  if ((seals & wanted) == wanted) return OK;
  return fcntl(fd, F_ADD_SEALS, wanted) == 0 ? OK : result_of_errno(errno);
}

result memory_map_open(memory_map *map, int fd, bool writable, size_t at_least) {
  *map = (memory_map){0};
  struct stat info;
  if (fstat(fd, &info) != 0) return result_of_errno(errno);
  if (info.st_size <= 0 || (uint64_t)info.st_size < at_least) return BAD_DATA;
  int access = PROT_READ | (writable ? PROT_WRITE : 0);
  void *bytes = mmap(NULL, (size_t)info.st_size, access, MAP_SHARED, fd, 0);
  if (bytes == MAP_FAILED) return result_of_errno(errno);
  *map = (memory_map){.bytes = bytes, .size = (size_t)info.st_size};
  return OK;
}

void memory_map_close(memory_map *map) {
  if (map->bytes) munmap(map->bytes, map->size);
  *map = (memory_map){0};
}
