// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/result.h"

#include <errno.h>
#include <stddef.h>

static const char *const texts[] = {
  [OK] = "all is well",
  [FAILED] = "it could not be done",
  [NO_MEMORY] = "there is not enough memory",
  [NO_SPACE] = "there is no room left",
  [NOT_FOUND] = "it is not there",
  [EXISTS] = "it is there already",
  [NOT_ALLOWED] = "it is not permitted",
  [BAD_DATA] = "it is damaged or of another format",
  [TOO_NEW] = "it was made by a later version",
  [TOO_LARGE] = "it is larger than the limit",
  [NOT_NOW] = "it cannot be done just now",
  [ENDED] = "it has come to its end",
};

const char *result_text(result r) {
  size_t i = (size_t)r;
  return i < sizeof texts / sizeof *texts ? texts[i] : texts[FAILED];
}

result result_of_errno(int error) {
  switch (error) {
  case 0: return OK;
  case ENOMEM: return NO_MEMORY;
  case ENOSPC:
  case EDQUOT: return NO_SPACE;
  case ENOENT:
  case ENOTDIR: return NOT_FOUND;
  case EEXIST:
  case ENOTEMPTY: return EXISTS;
  case EACCES:
  case EPERM:
  case EROFS:
  case ELOOP:
  case EBUSY: return NOT_ALLOWED;
  case EFBIG:
  case EMSGSIZE:
  case ENAMETOOLONG: return TOO_LARGE;
  case EAGAIN: return NOT_NOW;
  case EPIPE:
  case ECONNRESET: return ENDED;
  default: return FAILED;
  }
}
