// SPDX-License-Identifier: GPL-3.0-or-later
// Checks what lies on disk against its manifests and checksums. Changes nothing.
#ifndef GESTO_RECORD_VERIFY_H
#define GESTO_RECORD_VERIFY_H

#include "core/base/result.h"

// Told of each thing that does not hold: the file and what is wrong with it.
typedef void verify_fn(void *data, const char *path, const char *what);
// A session folder, a client, or an archive. OK: all holds. BAD_DATA: `tell` was called.
MUST_USE result verify_path(const char *path, verify_fn *tell, void *data);

#endif
