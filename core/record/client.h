// SPDX-License-Identifier: GPL-3.0-or-later
// What is known about a client. Private to core/record.
#ifndef GESTO_RECORD_CLIENT_H
#define GESTO_RECORD_CLIENT_H

#include "core/base/result.h"

#include <jansson.h>

// The newest of each fact in about/: {"alias":…,"guest":…}. The caller owns *facts.
MUST_USE result client_about(int client_dir, json_t **facts);

#endif
