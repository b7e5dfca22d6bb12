// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sound/silent_clock.h"

#include "core/base/clock.h"

enum { FRAMES = 256, BEHIND_MOST = MIXER_RATE / 4 };

static void *keep_time(void *data) {
  silent_clock *s = data;
  float out[2 * FRAMES];
  uint64_t began = clock_now_us(), made = 0;
  while (!atomic_load(&s->ending)) {
    uint64_t due = (clock_now_us() - began) * MIXER_RATE / 1000000;
    if (due > made + BEHIND_MOST) made = due - FRAMES; // the machine slept
    for (; made + FRAMES <= due; made += FRAMES) mixer_run_rt(s->mixer, out, FRAMES);
    clock_sleep_us((made + FRAMES - due) * 1000000 / MIXER_RATE + 1);
  }
  return NULL;
}

result silent_clock_start(silent_clock *s, mixer *m) {
  s->mixer = m;
  atomic_store(&s->ending, false);
  s->runs = pthread_create(&s->thread, NULL, keep_time, s) == 0;
  return s->runs ? OK : FAILED;
}

void silent_clock_stop(silent_clock *s) {
  if (!s->runs) return;
  atomic_store(&s->ending, true);
  pthread_join(s->thread, NULL);
  s->runs = false;
}
