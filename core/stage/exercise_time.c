// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/exercise_time.h"

static uint64_t at(const exercise_time *t, uint64_t now_us) {
  if (!t->runs || now_us < t->since_us) return t->passed_us;
  return t->passed_us + (now_us - t->since_us);
}

void exercise_time_begin(exercise_time *t, uint64_t passed_us) {
  *t = (exercise_time){.passed_us = passed_us, .last_us = passed_us};
}

void exercise_time_start(exercise_time *t, uint64_t now_us) {
  if (t->runs) return;
  t->since_us = now_us;
  t->runs = true;
}

void exercise_time_stop(exercise_time *t, uint64_t now_us) {
  t->passed_us = at(t, now_us);
  t->runs = false;
}

uint64_t exercise_time_stamp(exercise_time *t, uint64_t device_us) {
  const uint64_t us = at(t, device_us);
  if (us > t->last_us) t->last_us = us;
  return t->last_us;
}
