// SPDX-License-Identifier: GPL-3.0-or-later
// Preloaded into programs: writes down how long each file was when it was last brought to disk,
// a line "inode size" in $FORGETS_LOG, so that a power cut can be played afterwards: what no
// line has was never there.
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void note(off_t size, ino_t inode) {
  const char *path = getenv("FORGETS_LOG");
  const int log = path ? open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600) : -1;
  char line[64];
  if (log < 0) return;
  const int n = snprintf(line, sizeof line, "%llu %llu\n", (unsigned long long)inode,
    (unsigned long long)size);
  if (write(log, line, (size_t)n) != n) abort();
  close(log);
}

// What is written meanwhile may not be there: its length before counts.
static int synced(const char *name, int fd) {
  int (*const real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
  struct stat before;
  const int known = fstat(fd, &before) == 0 && S_ISREG(before.st_mode);
  const int answer = real(fd);
  if (answer == 0 && known) note(before.st_size, before.st_ino);
  return answer;
}

#define INSTEAD_OF(name) __asm__(name) __attribute__((visibility("default")))
int forgetful_fsync(int fd) INSTEAD_OF("fsync");
int forgetful_fdatasync(int fd) INSTEAD_OF("fdatasync");
int forgetful_fsync(int fd) { return synced("fsync", fd); }
int forgetful_fdatasync(int fd) { return synced("fdatasync", fd); }
