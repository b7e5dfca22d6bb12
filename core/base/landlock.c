// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/landlock.h"

#include "core/base/io.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { // the same on all machines
  CALL_CREATE_RULESET = 444,
  CALL_ADD_RULE = 445,
  CALL_RESTRICT_SELF = 446,
};
enum { WHICH_VERSION = 1, RULE_PATH_BENEATH = 1 };

#define FS_READ_FILE (UINT64_C(1) << 2)
#define FS_READ_DIR (UINT64_C(1) << 3)
#define FS_ALL_1 ((UINT64_C(1) << 13) - 1) // execute, write, read, make and remove
#define FS_REFER (UINT64_C(1) << 13)       // ABI 2
#define FS_TRUNCATE (UINT64_C(1) << 14)    // ABI 3
#define FS_IOCTL_DEV (UINT64_C(1) << 15)   // ABI 5
#define NET_ALL_4 UINT64_C(3)              // bind and connect TCP
#define SCOPE_ALL_6 UINT64_C(3)            // abstract sockets, signals
// ABI 7 added what is written to the audit log; it knows no new right.

typedef struct ruleset_rights {
  uint64_t fs, net, scoped;
} ruleset_rights;

typedef struct path_rule {
  uint64_t allowed;
  int32_t parent_fd;
} __attribute__((packed)) path_rule;

int landlock_abi(void) {
  long abi = syscall(CALL_CREATE_RULESET, NULL, 0, WHICH_VERSION);
  return abi > 0 ? (int)abi : 0;
}

static ruleset_rights rights_of(int abi) {
  ruleset_rights rights = {.fs = FS_ALL_1};
  if (abi >= 2) rights.fs |= FS_REFER;
  if (abi >= 3) rights.fs |= FS_TRUNCATE;
  if (abi >= 4) rights.net = NET_ALL_4;
  if (abi >= 5) rights.fs |= FS_IOCTL_DEV;
  if (abi >= 6) rights.scoped = SCOPE_ALL_6;
  return rights;
}

// An older kernel refuses a struct with members that it does not know.
static size_t size_of_rights(int abi) {
  if (abi >= 6) return sizeof(ruleset_rights);
  if (abi >= 4) return offsetof(ruleset_rights, scoped);
  return offsetof(ruleset_rights, net);
}

static result allow_reading(int ruleset, const char *path) {
  int fd = -1;
  if (io_open(AT_FDCWD, path, O_PATH, 0, &fd) != OK) return OK; // nothing there to allow
  struct stat info;
  result r = OK;
  if (fstat(fd, &info) != 0) {
    r = result_of_errno(errno);
  } else {
    path_rule rule = {
      .allowed = S_ISDIR(info.st_mode) ? FS_READ_FILE | FS_READ_DIR : FS_READ_FILE,
      .parent_fd = fd,
    };
    if (syscall(CALL_ADD_RULE, ruleset, RULE_PATH_BENEATH, &rule, 0) != 0) {
      r = result_of_errno(errno);
    }
  }
  io_close(fd);
  return r;
}

result landlock_read_only(const char *const *readable, int abi) {
  ruleset_rights rights = rights_of(abi);
  int ruleset = (int)syscall(CALL_CREATE_RULESET, &rights, size_of_rights(abi), 0);
  if (ruleset < 0) return result_of_errno(errno);
  result r = OK;
  for (size_t i = 0; r == OK && readable && readable[i]; i++) {
    r = allow_reading(ruleset, readable[i]);
  }
  if (r == OK && syscall(CALL_RESTRICT_SELF, ruleset, 0) != 0) r = result_of_errno(errno);
  io_close(ruleset);
  return r;
}
