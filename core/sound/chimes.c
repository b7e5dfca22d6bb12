// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sound/chimes.h"

#include <math.h>

static const double breath_least_s = 1, breath_most_s = 15, breath_usual_s = 4;
static const float out_step = 1.0f / 240;

enum { RATE = 48000, KIND_COUNT = CHIME_BREATH_OUT + 1, PARTIALS = 3 };

// One note: its partials as multiples of `hz`, how they fade, and how softly it is struck.
typedef struct note {
  double from_s, hz;
  double ratio[PARTIALS], part[PARTIALS], fade_s[PARTIALS]; // to a third
  double attack_s;
} note;

enum { NOTES = 2 };
typedef struct sound {
  double seconds;
  uint32_t count;
  note notes[NOTES];
} sound;

static const sound sounds[KIND_COUNT] = {
  [CHIME_TICK] = {0.04, 1,
    {{0, 920, {1, 2.71, 4.9}, {1, 0.32, 0.1}, {0.011, 0.005, 0.003}, 0.0015}}},
  [CHIME_KEEP] = {0.4, 2,
    {{0, 523.25, {1, 2, 3}, {1, 0.16, 0.05}, {0.13, 0.07, 0.04}, 0.012},
      {0.15, 783.99, {1, 2, 3}, {1, 0.16, 0.05}, {0.1, 0.06, 0.04}, 0.012}}},
  [CHIME_PAUSE] = {0.3, 1,
    {{0, 174.61, {1, 2, 3}, {1, 0.3, 0.08}, {0.11, 0.08, 0.05}, 0.02}}},
  [CHIME_STEP] = {0.9, 1,
    {{0, 392, {1, 2.01, 3.93}, {1, 0.12, 0.06}, {0.22, 0.1, 0.03}, 0.008}}},
};

// Brings the loudest 10 ms of each to its level, as AES17 says it: a full-scale sine is 0 dBFS.
static const double gains[KIND_COUNT] = {
  [CHIME_TICK] = 0.0504,       // -30 dBFS
  [CHIME_KEEP] = 0.0537,       // -26
  [CHIME_PAUSE] = 0.0561,      // -26
  [CHIME_STEP] = 0.0833,       // -22
  [CHIME_BREATH_IN] = 0.2750,  // -28
  [CHIME_BREATH_OUT] = 0.2750, // -28
};

static bool is_breath(uint32_t kind) {
  return kind == CHIME_BREATH_IN || kind == CHIME_BREATH_OUT;
}

void chimes_begin_rt(chimes *c, uint32_t kind, double seconds) {
  if (kind == 0 || kind >= KIND_COUNT) return;
  if (!(seconds >= breath_least_s)) seconds = breath_usual_s;
  if (!is_breath(kind)) seconds = sounds[kind].seconds;
  for (uint32_t i = 0; i < CHIMES_AT_ONCE; i++) {
    if (c->now[i].kind) continue;
    c->now[i] = (chime){
      .kind = kind, .seed = 1, .last = (uint64_t)(fmin(seconds, breath_most_s) * RATE)};
    return;
  }
}

// Up from nothing and back to nothing, without a corner.
static double rounded(double part) {
  if (part <= 0) return 0;
  return part >= 1 ? 1 : 0.5 - 0.5 * cos(M_PI * part);
}

static double struck(const note *n, double now_s, double left_s) {
  double s = now_s - n->from_s, sum = 0;
  if (s < 0) return 0;
  for (uint32_t i = 0; i < PARTIALS; i++)
    sum += n->part[i] * exp(-s / n->fade_s[i]) * sin(2 * M_PI * n->hz * n->ratio[i] * s);
  return sum * rounded(s / n->attack_s) * rounded(left_s / n->attack_s);
}

// Noise through a low filter that opens with the breath in and closes with the breath out,
// as loud as the pace goes: a sine from nothing to nothing.
static double breath(chime *c, double part) {
  c->seed = c->seed * 1664525 + 1013904223;
  double white = (double)(int32_t)c->seed / 2147483648.0;
  double open = c->kind == CHIME_BREATH_IN ? part : 1 - part;
  double cut = 2 * sin(M_PI * (350 + 500 * open) / RATE);
  c->low += (float)(cut * c->band);
  c->band += (float)(cut * (white - c->low - 1.1 * c->band));
  double swell = sin(M_PI * part);
  c->soft += 0.12f * (c->band - c->soft);
  return c->soft * swell * swell;
}

static double sample(chime *c) {
  double gain = gains[c->kind], now_s = (double)c->at / RATE;
  if (is_breath(c->kind)) return gain * breath(c, (double)c->at / (double)c->last);
  const sound *s = &sounds[c->kind];
  double sum = 0;
  for (uint32_t i = 0; i < s->count; i++)
    sum += struck(&s->notes[i], now_s, s->seconds - now_s);
  return gain * sum;
}

static float step(chimes *c) {
  double sum = 0;
  for (uint32_t i = 0; i < CHIMES_AT_ONCE; i++) {
    chime *one = &c->now[i];
    if (!one->kind) continue;
    sum += sample(one);
    if (++one->at >= one->last) one->kind = 0;
  }
  return (float)sum;
}

void chimes_add_rt(chimes *c, bool wanted, float *left, float *right, uint32_t frames) {
  for (uint32_t i = 0; i < frames; i++) {
    bool sounds_on = !chimes_rest(c);
    c->out = fminf(fmaxf(c->out + (wanted ? out_step : -out_step), 0), 1);
    if (!sounds_on) c->out = wanted ? 1 : 0;
    if (!wanted && c->out <= 0) *c = (chimes){0};
    if (!sounds_on) continue;
    float x = step(c) * c->out;
    left[i] += x;
    right[i] += x;
  }
}

bool chimes_rest(const chimes *c) {
  for (uint32_t i = 0; i < CHIMES_AT_ONCE; i++)
    if (c->now[i].kind) return false;
  return true;
}
