// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/sound_echo.h"

#include "core/base/clock.h"
#include "core/player/sound_live.h"

#include <stdlib.h>
#include <string.h>

enum { FORGOTTEN_US = 200 * 1000 }; // nobody listened for so long: what waits is old

static void forget(sound_echo *e) {
  e->count = 0;
  e->flows = false;
}

static void fill(void *data, float out[2][WAVE_FRAMES]) {
  sound_echo *e = data;
  const uint64_t now_us = clock_now_us();
  pthread_mutex_lock(&e->lock);
  if (now_us - e->asked_us > FORGOTTEN_US) forget(e);
  e->asked_us = now_us;
  e->flows = e->flows ? e->count > 0 : e->count >= ECHO_AHEAD;
  const bool sounds = e->flows;
  if (sounds) {
    memcpy(out, e->blocks[e->first], sizeof e->blocks[0]);
    e->first = (e->first + 1) % ECHO_BLOCKS;
    e->count--;
  }
  pthread_mutex_unlock(&e->lock);
  if (!sounds) memset(out, 0, sizeof e->blocks[0]);
}

static void *answer(void *data) {
  sound_echo *e = data;
  sound_live_answer(e->wave, &e->ending, fill, e);
  return NULL;
}

result sound_echo_create(sound_echo **made, wave_page *wave) {
  sound_echo *e = *made = calloc(1, sizeof *e);
  if (!e) return NO_MEMORY;
  e->wave = wave;
  atomic_store(&wave->done, atomic_load(&wave->asked));
  pthread_mutex_init(&e->lock, NULL);
  if (pthread_create(&e->thread, NULL, answer, e) == 0) return OK;
  pthread_mutex_destroy(&e->lock);
  free(e);
  *made = NULL;
  return FAILED;
}

void sound_echo_destroy(sound_echo *e) {
  if (!e) return;
  atomic_store(&e->ending, true);
  futex_wake(&e->wave->asked);
  pthread_join(e->thread, NULL);
  pthread_mutex_destroy(&e->lock);
  free(e);
}

void sound_echo_push(sound_echo *e, const float *left, const float *right) {
  pthread_mutex_lock(&e->lock);
  if (e->count == ECHO_BLOCKS) forget(e);
  float(*to)[WAVE_FRAMES] = e->blocks[(e->first + e->count++) % ECHO_BLOCKS];
  memcpy(to[0], left, sizeof to[0]);
  memcpy(to[1], right, sizeof to[1]);
  pthread_mutex_unlock(&e->lock);
}
