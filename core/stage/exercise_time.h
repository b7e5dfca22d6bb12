// SPDX-License-Identifier: GPL-3.0-or-later
// Exercise time: a creation's own microseconds, standing still in Pause, never going back.
// Times of the machine are arguments. Any thread.
#ifndef GESTO_STAGE_EXERCISE_TIME_H
#define GESTO_STAGE_EXERCISE_TIME_H

#include <stdbool.h>
#include <stdint.h>

typedef struct exercise_time {
  uint64_t passed_us; // up to the last start or pause
  uint64_t since_us;  // CLOCK_MONOTONIC of the last start
  uint64_t last_us;   // of what was stamped last
  bool runs;
} exercise_time;

// A creation of which `passed_us` have passed; stands still until it is started.
void exercise_time_begin(exercise_time *t, uint64_t passed_us);
void exercise_time_start(exercise_time *t, uint64_t now_us);
void exercise_time_stop(exercise_time *t, uint64_t now_us);
// The stamp of something that the device says happened at `device_us`.
uint64_t exercise_time_stamp(exercise_time *t, uint64_t device_us);

#endif
