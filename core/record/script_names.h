// SPDX-License-Identifier: GPL-3.0-or-later
// Keys of controls and choices, as scripts name them. Private to the script's reader and
// writer; script.h has the public part. `names` may be NULL everywhere: numbers only.
#ifndef GESTO_RECORD_SCRIPT_NAMES_H
#define GESTO_RECORD_SCRIPT_NAMES_H

#include "core/record/script.h"

#include <jansson.h>

// The control's key, or NULL.
const char *script_names_key(const script_names *names, uint32_t id);
// False if no control has this key.
bool script_names_id(const script_names *names, const char *key, uint32_t *id);
// The value as JSON: true, false, a choice's key, "#rrggbb" or a number. NULL: no memory.
json_t *script_names_show(const script_names *names, uint32_t id, double value);
// The other way round. False: this control has no such value.
bool script_names_read(
  const script_names *names, uint32_t id, const json_t *shown, double *value);

#endif
