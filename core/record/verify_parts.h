// SPDX-License-Identifier: GPL-3.0-or-later
// What the files behind verify.h share. Private to core/record.
#ifndef GESTO_RECORD_VERIFY_PARTS_H
#define GESTO_RECORD_VERIFY_PARTS_H

#include "core/record/verify.h"

#include <stdbool.h>

typedef struct verification {
  verify_fn *tell;
  void *data;
  bool bad; // something was told
} verification;

// `file` below `folder`; "": the folder itself.
void verify_say(verification *v, const char *folder, const char *file, const char *what);
// A session by the absolute path of its folder. Only what kept us from looking is a result.
MUST_USE result verify_session(verification *v, const char *path);

#endif
