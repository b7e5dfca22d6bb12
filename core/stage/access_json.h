// SPDX-License-Identifier: GPL-3.0-or-later
// How a client reaches the screen, as JSON: what "access" of TO_STAGE_SESSION, FROM_STAGE_ROOM
// and a client's facts holds (docs/session-format.md, "The room"). Any thread.
#ifndef GESTO_STAGE_ACCESS_JSON_H
#define GESTO_STAGE_ACCESS_JSON_H

#include "core/ui/access.h"

#include <jansson.h>

// What is not there, or is of no use, is as usual.
access_settings access_read(const json_t *json);
// What of `now` is other than in `before`; what is as usual again is null. New; NULL: no
// memory.
json_t *access_changes(const access_settings *before, const access_settings *now);
bool access_same(const access_settings *a, const access_settings *b);

#endif
