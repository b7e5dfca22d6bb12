// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps every sample that leaves the program safe to hear: a ceiling of -1 dB true peak with
// 1.5 ms of foresight, and a guard against being startled: what is louder than -18 dBFS may
// grow by 12 dB in 100 ms at most. Pure: no clock, no memory, no call; any one thread.
#ifndef GESTO_STUDIO_LIMITER_H
#define GESTO_STUDIO_LIMITER_H

#include <stdint.h>

enum {
  LIMITER_AHEAD = 72, // 1.5 ms at 48,000
  LIMITER_TAPS = 12,  // of the interpolation between samples
  LIMITER_DELAY = LIMITER_AHEAD + LIMITER_TAPS / 2 - 1, // what goes in comes out later
  LIMITER_RING = 256,
};

typedef struct limiter {
  uint32_t at;
  float delay[2][LIMITER_RING];
  float needed[LIMITER_RING]; // gain that the sample there can bear
  float lowest[LIMITER_RING]; // after looking ahead and slow return
  double sum;                 // of the last LIMITER_AHEAD of `lowest`
  float released;
  float loud, allowed; // of the guard
} limiter;

void limiter_init(limiter *l);
// In place, 48,000 a second. Anything that is not a number becomes silence.
void limiter_run_rt(limiter *l, float *left, float *right, uint32_t frames);

#endif
