// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sound/loudness.h"

#include "core/base/clock.h"

#include <ebur128.h>
#include <math.h>
#include <stdlib.h>

enum { PIECE = 4800, WINDOW_US = 3000 * 1000 };
static const double most_lufs = -16;

struct loudness {
  ebur128_state *meter; // NULL: it rests
  uint64_t heard_us;    // when something was there to be heard
  uint32_t seen;
  float piece[PIECE][2];
};

loudness *loudness_create(void) { return calloc(1, sizeof(loudness)); }

static void rest(loudness *l) {
  if (l->meter) ebur128_destroy(&l->meter);
}

void loudness_destroy(loudness *l) {
  if (!l) return;
  rest(l);
  free(l);
}

bool loudness_rests(const loudness *l) { return l->meter == NULL; }

// False: there was nothing, or it cannot be heard.
static bool hear(loudness *l, mixer *m) {
  uint32_t count;
  bool heard = false;
  while ((count = mixer_tap(m, &l->seen, l->piece, PIECE)) > 0) {
    if (!l->meter) l->meter = ebur128_init(2, MIXER_RATE, EBUR128_MODE_S);
    heard = l->meter &&
      ebur128_add_frames_float(l->meter, l->piece[0], count) == EBUR128_SUCCESS;
  }
  return heard;
}

static void steer(const loudness *l, mixer *m) {
  double lufs = -HUGE_VAL;
  if (ebur128_loudness_shortterm(l->meter, &lufs) != EBUR128_SUCCESS) return;
  const double over_db = lufs > most_lufs ? lufs - most_lufs : 0;
  atomic_store(&m->steer, (float)pow(10, -over_db / 20));
}

void loudness_steer(loudness *l, mixer *m) {
  const uint64_t now = clock_now_us();
  if (hear(l, m)) {
    l->heard_us = now;
    steer(l, m);
  } else if (l->meter && now - l->heard_us > WINDOW_US) {
    rest(l);
    atomic_store(&m->steer, 1);
  }
}
