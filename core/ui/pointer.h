// SPDX-License-Identifier: GPL-3.0-or-later
// One moment of a mouse, a finger or a pen. Plain values; any thread.
#ifndef GESTO_UI_POINTER_H
#define GESTO_UI_POINTER_H

#include <stdint.h>

typedef enum phase {
  PHASE_DOWN = 1,
  PHASE_MOVE,
  PHASE_UP,
  PHASE_CANCEL,
  PHASE_HOVER, // moves without being down
} phase;

typedef struct pointer {
  phase phase;
  uint32_t source, tool; // as in gesto_event
  double x, y;           // layout pixels
  double pressure, tilt_x, tilt_y;
  uint64_t time_us; // CLOCK_MONOTONIC as the device says
} pointer;

#endif
