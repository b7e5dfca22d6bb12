// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sound/loudness.h"

#include <ebur128.h>
#include <math.h>
#include <stdlib.h>

enum { PIECE = 4800 };
static const double most_lufs = -16;

struct loudness {
  ebur128_state *meter;
  uint32_t seen;
  float piece[PIECE][2];
};

loudness *loudness_create(void) {
  loudness *l = calloc(1, sizeof *l);
  if (!l) return NULL;
  l->meter = ebur128_init(2, MIXER_RATE, EBUR128_MODE_S);
  if (l->meter) return l;
  free(l);
  return NULL;
}

void loudness_destroy(loudness *l) {
  if (!l) return;
  ebur128_destroy(&l->meter);
  free(l);
}

void loudness_steer(loudness *l, mixer *m) {
  double lufs = -HUGE_VAL;
  uint32_t count;
  while ((count = mixer_tap(m, &l->seen, l->piece, PIECE)) > 0)
    if (ebur128_add_frames_float(l->meter, l->piece[0], count) != EBUR128_SUCCESS) return;
  if (ebur128_loudness_shortterm(l->meter, &lufs) != EBUR128_SUCCESS) return;
  double over_db = lufs > most_lufs ? lufs - most_lufs : 0;
  atomic_store(&m->steer, (float)pow(10, -over_db / 20));
}
