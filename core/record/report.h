// SPDX-License-Identifier: GPL-3.0-or-later
// One self-contained HTML page of a session or a client: pictures, sounds and logs inside,
// nothing from outside, nothing private. Reads closed sessions only.
#ifndef GESTO_RECORD_REPORT_H
#define GESTO_RECORD_REPORT_H

#include "core/base/result.h"
#include <stdbool.h>
#include <stddef.h>

// `path`: a closed session's or a client's folder. Written atomically to `to`.
MUST_USE result report_write(
  const char *path, const char *to, bool with_private, char *why, size_t room);

#endif
