// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/beside.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

result beside_program(const char *name, char *path, size_t room) {
  char self[4096];
  const ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
  if (n <= 0) return result_of_errno(errno);
  self[n] = 0;
  char *slash = strrchr(self, '/');
  if (!slash) return FAILED;
  slash[1] = 0;
  const int length = snprintf(path, room, "%s%s", self, name);
  return length < 0 || (size_t)length >= room ? TOO_LARGE : OK;
}
