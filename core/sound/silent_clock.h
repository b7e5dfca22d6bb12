// SPDX-License-Identifier: GPL-3.0-or-later
// Where there is no device, time still passes: a thread that asks for blocks as a device
// would and lets them go. Where nothing plays either it sleeps, and so does the machine.
// [main] for all functions.
#ifndef GESTO_SOUND_SILENT_CLOCK_H
#define GESTO_SOUND_SILENT_CLOCK_H

#include "core/base/result.h"
#include "core/sound/mixer.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct silent_clock {
  pthread_t thread;
  mixer *mixer;
  _Atomic bool ending;
  _Atomic uint32_t bell;
  bool runs;
} silent_clock;

MUST_USE result silent_clock_start(silent_clock *s, mixer *m);
void silent_clock_wake(silent_clock *s); // after something was attached to the mixer
void silent_clock_stop(silent_clock *s); // takes one that does not run

#endif
