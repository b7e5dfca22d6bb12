// SPDX-License-Identifier: GPL-3.0-or-later
// As loud as numbers go, and now and then none.
#include "broken.h"
#include <math.h>
#include <string.h>

static void *open_half(const void *self, double rate, uint32_t frames, uint64_t seed) {
  (void)self, (void)rate, (void)frames, (void)seed;
  return calloc(1, 4);
}

static void process(void *sound, const gesto_block *block) {
  uint32_t *count = sound;
  for (uint32_t i = 0; i < block->frames; i++) {
    float level = (*count)++ / 37 % 2 ? 8.0f : -8.0f;
    block->out[0][i] = block->out[1][i] = *count % 48000 == 0 ? NAN : level;
  }
}

static const gesto_sound sound = {sizeof sound, open_half, free, process};

static const void *extension(const char *id) {
  return strcmp(id, GESTO_SOUND) == 0 ? &sound : NULL;
}

GESTO_EXPORT const gesto_exercise gesto_entry = {PLAIN("loud-noise"), .needs = GESTO_ABI,
  .wants = GESTO_WANTS_SOUND, .event = plain_event, .draw = plain_draw,
  .extension = extension};
