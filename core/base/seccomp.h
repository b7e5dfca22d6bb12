// SPDX-License-Identifier: GPL-3.0-or-later
// System call filters written from a table: the first rule that fits a call decides.
#ifndef GESTO_BASE_SECCOMP_H
#define GESTO_BASE_SECCOMP_H

#include "core/base/result.h"

#include <stddef.h>
#include <stdint.h>

typedef enum seccomp_answer {
  SECCOMP_PASS = 1, // the call is made
  SECCOMP_REFUSE,   // EPERM
  SECCOMP_UNKNOWN,  // ENOSYS: the caller tries an older way
  SECCOMP_END,      // the process ends with SIGSYS
} seccomp_answer;

typedef enum seccomp_test {
  SECCOMP_ALWAYS = 1,
  SECCOMP_IS,     // (argument & mask) == value
  SECCOMP_IS_NOT, // (argument & mask) != value
} seccomp_test;

// `argument` is compared in its lower 32 bits: use it for int arguments and for flags that
// lie there, not for pointers.
typedef struct seccomp_rule {
  long call; // SYS_...
  seccomp_answer answer;
  seccomp_test test;
  uint32_t argument, mask, value;
} seccomp_rule;

enum { SECCOMP_RULES_MAX = 128 };

// Any thread; holds for all threads of the process at once, and cannot be undone. Needs
// no_new_privs. Calls of another machine's numbering end the process. TOO_LARGE over
// SECCOMP_RULES_MAX rules.
MUST_USE result seccomp_filter(
  const seccomp_rule *rules, size_t count, seccomp_answer otherwise);

#endif
