// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/studio/limiter.h"

#include <math.h>

// A little under -1 dB, because changing the gain moves the peaks between samples.
static const float ceiling = 0.87096f;   // -1.2 dB
static const float quiet = 0.12589f;     // -18 dB: softer than that is never held back
static const float input_most = 8;       // 18 dB over full scale; more is nobody's wish
static const float rise = 1.00028783f;   // a sample: 12 dB in 100 ms
static const float fall = 0.99997122f;   // a sample: 12 dB in 1 s
static const float forget = 0.99895888f; // the loudness follows down in 20 ms
static const float release = 0.00025f;   // of the way back, a sample: about 80 ms

// The signal a quarter, a half and three quarters of the way from the sixth sample to the
// seventh: sin(pi x) / (pi x) under a raised cosine that ends at 6.5, rows adding up to one.
static const float between[3][LIMITER_TAPS] = {
  {-0.003795f, 0.014175f, -0.034630f, 0.073268f, -0.164139f, 0.897104f, 0.290377f,
    -0.106961f, 0.050721f, -0.022830f, 0.007982f, -0.001272f},
  {-0.003314f, 0.015275f, -0.039987f, 0.086227f, -0.185502f, 0.627302f, 0.627302f,
    -0.185502f, 0.086227f, -0.039987f, 0.015275f, -0.003314f},
  {-0.001272f, 0.007982f, -0.022830f, 0.050721f, -0.106961f, 0.290377f, 0.897104f,
    -0.164139f, 0.073268f, -0.034630f, 0.014175f, -0.003795f},
};

void limiter_init(limiter *l) {
  *l = (limiter){.released = 1, .sum = LIMITER_AHEAD, .allowed = quiet};
  for (uint32_t i = 0; i < LIMITER_RING; i++) l->needed[i] = l->lowest[i] = 1;
}

static float sane(float x) {
  if (!isfinite(x)) return 0;
  return fminf(fmaxf(x, -input_most), input_most);
}

static float *place(float *ring, uint32_t at) { return &ring[at % LIMITER_RING]; }

// The largest of the signal at and right after the sample in the middle of the newest taps.
static float peak_near(limiter *l, uint32_t channel, uint32_t newest) {
  float x[LIMITER_TAPS];
  for (uint32_t i = 0; i < LIMITER_TAPS; i++)
    x[i] = *place(l->delay[channel], newest - (LIMITER_TAPS - 1) + i);
  float peak = fmaxf(fabsf(x[5]), fabsf(x[6]));
  for (uint32_t q = 0; q < 3; q++) {
    float sum = 0;
    for (uint32_t i = 0; i < LIMITER_TAPS; i++) sum += between[q][i] * x[i];
    peak = fmaxf(peak, fabsf(sum));
  }
  return peak;
}

// What the guard lets through now: grows slowly while it is asked for more.
static float guarded(limiter *l, float peak) {
  l->loud = fmaxf(peak, l->loud * forget);
  if (l->loud > l->allowed)
    l->allowed = fminf(l->allowed * rise, 1);
  else
    l->allowed = fmaxf(l->allowed * fall, quiet);
  return l->loud > l->allowed ? l->allowed / l->loud : 1;
}

static float gain_needed(limiter *l, float peak) {
  float guard = guarded(l, peak);
  float most = peak > ceiling ? ceiling / peak : 1;
  return fminf(most, guard);
}

// The least gain that any sample of the coming 1.5 ms needs, with a slow way back.
static float foreseen(limiter *l) {
  float least = 1;
  for (uint32_t i = 0; i <= LIMITER_AHEAD; i++)
    least = fminf(least, *place(l->needed, l->at - i));
  l->released = fminf(least, l->released + (1 - l->released) * release);
  return l->released;
}

static float smoothed(limiter *l, float gain) {
  l->sum += gain - *place(l->lowest, l->at - LIMITER_AHEAD);
  *place(l->lowest, l->at) = gain;
  return (float)(l->sum / LIMITER_AHEAD);
}

void limiter_run_rt(limiter *l, float *left, float *right, uint32_t frames) {
  for (uint32_t i = 0; i < frames; i++) {
    *place(l->delay[0], l->at) = sane(left[i]);
    *place(l->delay[1], l->at) = sane(right[i]);
    float peak = fmaxf(peak_near(l, 0, l->at), peak_near(l, 1, l->at));
    *place(l->needed, l->at) = gain_needed(l, peak);
    float gain = smoothed(l, foreseen(l));
    uint32_t out = l->at - LIMITER_DELAY;
    left[i] = *place(l->delay[0], out) * gain;
    right[i] = *place(l->delay[1], out) * gain;
    l->at++;
  }
}
