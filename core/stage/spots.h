// SPDX-License-Identifier: GPL-3.0-or-later
// The places of an exercise's own surface that are reached without a pointer, as a player
// told them: nothing of it is believed unchecked. Main thread.
#ifndef GESTO_STAGE_SPOTS_H
#define GESTO_STAGE_SPOTS_H

#include "core/base/protocol.h"
#include "core/ui/geometry.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct spot {
  uint32_t id;
  rect where;     // units of the area
  char name[240]; // never empty
} spot;

typedef struct spots {
  uint32_t count;
  spot all[SPOTS_MAX]; // in reading order, no id twice
} spots;

// The JSON of TO_STAGE_SPOTS. What is no place is passed over. False: it is no list at all,
// and *s is as it was.
bool spots_read(spots *s, const char *json, size_t size);
const spot *spots_find(const spots *s, uint32_t id); // NULL: none

#endif
