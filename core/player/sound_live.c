// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/sound_live.h"

#include "core/base/clock.h"

#include <string.h>

enum {
  BEHIND_MAX = WAVE_SLOTS / 2, // further behind than that, blocks are left out
  AHEAD = 4,
  LOOK_UP_US = 250000, // how soon an end is seen when nobody asks for blocks
};

result sound_live_open(sound_live *s, int fd) {
  *s = (sound_live){.running = false};
  return memory_map_open(&s->map, fd, true, sizeof(wave_page));
}

static void ring_driver(player_page *page) {
  atomic_fetch_add(&page->commit_bell, 1);
  futex_wake(&page->commit_bell);
}

static void fill_from_half(void *data, float out[2][WAVE_FRAMES]) {
  sound_live *s = data;
  bool ran = false;
  uint64_t said = atomic_load(&s->half->from_written);
  pthread_mutex_lock(&s->half->turn);
  if (!atomic_load(&s->silent)) ran = sound_half_run_rt(s->half, SOUND_TAKEN_MAX);
  if (ran) memcpy(out, s->half->out, sizeof s->half->out);
  pthread_mutex_unlock(&s->half->turn);
  if (!ran) memset(out, 0, 2 * WAVE_FRAMES * sizeof(float));
  if (atomic_load(&s->half->from_written) != said) ring_driver(s->page);
}

void sound_live_answer(
  wave_page *wave, const _Atomic bool *ending, sound_live_fill *fill, void *data) {
  while (!atomic_load(ending)) {
    uint32_t asked = atomic_load(&wave->asked), done = atomic_load(&wave->done);
    if (asked == done) {
      futex_wait(&wave->asked, asked, LOOK_UP_US);
      continue;
    }
    if (asked - done > BEHIND_MAX) done = asked - AHEAD;
    fill(data, wave->out[done % WAVE_SLOTS]);
    atomic_store(&wave->done, done + 1);
    futex_wake(&wave->done);
  }
}

static void *answer(void *data) {
  sound_live *s = data;
  sound_live_answer(s->map.bytes, &s->ending, fill_from_half, s);
  return NULL;
}

result sound_live_start(sound_live *s, sound_half *half, player_page *page) {
  if (!s->map.bytes || s->running) return OK;
  wave_page *wave = s->map.bytes;
  s->half = half;
  s->page = page;
  atomic_store(&wave->done, atomic_load(&wave->asked));
  s->running = pthread_create(&s->thread, NULL, answer, s) == 0;
  return s->running ? OK : FAILED;
}

void sound_live_hush(sound_live *s, bool silent) { atomic_store(&s->silent, silent); }

uint32_t sound_live_late(const sound_live *s) {
  const wave_page *wave = s->map.bytes;
  return wave ? atomic_load(&wave->late) : 0;
}

void sound_live_finish(sound_live *s) {
  atomic_store(&s->ending, true);
  if (s->running) {
    futex_wake(&((wave_page *)s->map.bytes)->asked);
    pthread_join(s->thread, NULL);
  }
  memory_map_close(&s->map);
  *s = (sound_live){.running = false};
}
