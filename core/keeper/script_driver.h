// SPDX-License-Identifier: GPL-3.0-or-later
// The keeper as the driver of a timed performance: writes a script's events into the ring,
// with ADVANCE marks 60 times a second of exercise time where something moves or sounds, at
// the speed asked for. Keeper's main thread.
#ifndef GESTO_KEEPER_SCRIPT_DRIVER_H
#define GESTO_KEEPER_SCRIPT_DRIVER_H

#include "core/base/result.h"
#include "core/keeper/performance.h"
#include "core/keeper/sitting.h"

#include <stdint.h>

typedef struct script_driver {
  sitting *sitting;
  performance *performance;
  double speed;              // exercise seconds per second; 0: as fast as it goes
  uint64_t began_us, now_us; // CLOCK_MONOTONIC; exercise time
} script_driver;

void script_driver_init(script_driver *d, sitting *s, performance *p, double speed);
// One turn of sitting and performance, asleep until something comes or `wait_us` are over.
void script_driver_turn(script_driver *d, uint64_t wait_us);
// Both answer ENDED when the exercise has been set aside meanwhile.
MUST_USE result script_driver_event(script_driver *d, const gesto_event *event);
MUST_USE result script_driver_advance(script_driver *d, uint64_t time_us);

#endif
