// SPDX-License-Identifier: GPL-3.0-or-later
// Fact files: small JSON objects, written once, that check themselves: their last member
// "check" is the SHA-256 of the file with the check's own 64 digits taken as zeros.
// Private to core/record. Any thread.
#ifndef GESTO_RECORD_FACTS_H
#define GESTO_RECORD_FACTS_H

#include "core/base/result.h"

#include <jansson.h>

// Writes `object` (to which "check" is added) as `name`, atomically.
MUST_USE result facts_save(int dir, const char *name, json_t *object);
// BAD_DATA if the file does not fit its check or is no JSON object.
MUST_USE result facts_load(int dir, const char *name, json_t **object);

#endif
