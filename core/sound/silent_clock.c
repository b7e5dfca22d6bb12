// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sound/silent_clock.h"

#include "core/base/clock.h"

enum { FRAMES = 256, BEHIND_MOST = MIXER_RATE / 4 };
enum { REST_AFTER = MIXER_RATE / 4, REST_US = 60 * 1000 * 1000 };

// Makes so many frames; how many of late were made for nobody, `idle` before them.
static uint64_t run(silent_clock *s, uint64_t count, uint64_t idle) {
  float out[2 * FRAMES];
  for (; count >= FRAMES; count -= FRAMES) {
    mixer_run_rt(s->mixer, out, FRAMES);
    idle = mixer_rests(s->mixer) ? idle + FRAMES : 0;
  }
  return idle;
}

static void rest(silent_clock *s) {
  uint32_t bell = atomic_load(&s->bell);
  while (mixer_rests(s->mixer) && !atomic_load(&s->ending)) {
    futex_wait(&s->bell, bell, REST_US);
    bell = atomic_load(&s->bell);
  }
}

static void *keep_time(void *data) {
  silent_clock *s = data;
  uint64_t began = clock_now_us(), made = 0, idle = 0;
  while (!atomic_load(&s->ending)) {
    uint64_t due = (clock_now_us() - began) * MIXER_RATE / 1000000;
    if (due > made + BEHIND_MOST) made = due - FRAMES; // the machine slept, or the clock
    idle = run(s, due - made, idle);
    made = due - (due - made) % FRAMES;
    if (idle >= REST_AFTER) rest(s);
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

void silent_clock_wake(silent_clock *s) {
  atomic_fetch_add(&s->bell, 1);
  futex_wake(&s->bell);
}

void silent_clock_stop(silent_clock *s) {
  if (!s->runs) return;
  atomic_store(&s->ending, true);
  silent_clock_wake(s);
  pthread_join(s->thread, NULL);
  s->runs = false;
}
