// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/voice/clear.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

enum { TAPS = 32, PHASES_MAX = 2400 };
enum { PIECE = CLEAR_RATE / 50 }; // 20 ms: what is measured at once
enum { FADE_IN = CLEAR_RATE / 400, FADE_OUT = CLEAR_RATE / 100 };
enum { KEPT_BEFORE = CLEAR_RATE / 100, KEPT_AFTER = CLEAR_RATE / 20 };
static const double wanted_rms = 0.0794; // -22 dBFS where somebody speaks: about -20 LUFS
static const double most_peak = 0.56;    // -5 dBFS
static const double speaks_over = 0.004; // rms
static const double audible = 0.002;
static const double reach = TAPS / 2.0; // of a row, to either side

static uint32_t common(uint32_t a, uint32_t b) { return b ? common(b, a % b) : a; }

// One row for each place between two samples: sin(x) / x under a raised cosine.
static float *make_rows(uint32_t phases, double cut) {
  float *rows = malloc((size_t)phases * TAPS * sizeof *rows);
  for (uint32_t p = 0; rows && p < phases; p++) {
    double sum = 0, row[TAPS];
    for (int t = 0; t < TAPS; t++) {
      double x = t - (reach - 1) - (double)p / phases;
      double window = 0.5 + 0.5 * cos(M_PI * x / reach);
      double wave = fabs(x) < 1e-9 ? 1 : sin(M_PI * cut * x) / (M_PI * cut * x);
      sum += row[t] = fabs(x) < reach ? wave * window : 0;
    }
    for (int t = 0; t < TAPS; t++) rows[(size_t)p * TAPS + t] = (float)(row[t] / sum);
  }
  return rows;
}

static float at(const clear_wish *w, int64_t i) {
  return i >= 0 && (size_t)i < w->count ? w->from[i] : 0;
}

static result bring_to_rate(const clear_wish *w, float **to, size_t *made) {
  uint32_t step = common(w->rate, CLEAR_RATE);
  uint32_t phases = CLEAR_RATE / step, stride = w->rate / step;
  if (w->rate < 8000 || w->rate > CLEAR_RATE || phases > PHASES_MAX) return BAD_DATA;
  size_t all = (size_t)((double)w->count * phases / stride);
  if (all > w->most) all = w->most;
  float *rows = make_rows(phases, 0.95);
  *to = calloc(all + 1, sizeof **to);
  for (size_t i = 0; rows && *to && i < all; i++) {
    uint64_t place = (uint64_t)i * stride;
    const float *row = rows + place % phases * TAPS;
    int64_t first = (int64_t)(place / phases) - (TAPS / 2 - 1);
    float sum = 0;
    for (int t = 0; t < TAPS; t++) sum += row[t] * at(w, first + t);
    (*to)[i] = sum;
  }
  *made = all;
  bool good = rows && *to;
  free(rows);
  return good ? OK : NO_MEMORY;
}

// How loud it is where somebody speaks, pauses left out.
static double gain_for(const float *x, size_t count) {
  double sum = 0, peak = 0;
  size_t heard = 0;
  for (size_t i = 0; i < count; i += PIECE) {
    size_t n = count - i < PIECE ? count - i : PIECE;
    double here = 0;
    for (size_t k = i; k < i + n; k++) {
      here += (double)x[k] * x[k];
      peak = fmax(peak, fabs((double)x[k]));
    }
    if (sqrt(here / (double)n) < speaks_over) continue;
    sum += here;
    heard += n;
  }
  if (heard == 0 || peak <= 0) return 0;
  return fmin(wanted_rms / sqrt(sum / (double)heard), most_peak / peak);
}

static void trim(const float *x, size_t *from, size_t *to) {
  size_t first = 0, last = *to;
  while (first < last && fabsf(x[first]) < audible) first++;
  while (last > first && fabsf(x[last - 1]) < audible) last--;
  *from = first > KEPT_BEFORE ? first - KEPT_BEFORE : 0;
  *to = last + KEPT_AFTER < *to ? last + KEPT_AFTER : *to;
  if (first == last) *to = *from;
}

static double edge(size_t i, size_t count) {
  double in = i < FADE_IN ? (double)i / FADE_IN : 1;
  size_t left = count - 1 - i;
  return in * (left < FADE_OUT ? (double)left / FADE_OUT : 1);
}

static result write_out(const float *x, size_t count, int16_t **to, size_t *made) {
  size_t first = 0, last = count;
  double gain = gain_for(x, count);
  if (gain <= 0) return OK;
  trim(x, &first, &last);
  if (last == first) return OK;
  int16_t *samples = malloc((last - first) * sizeof *samples);
  if (!samples) return NO_MEMORY;
  for (size_t i = 0; i < last - first; i++)
    samples[i] = (int16_t)lrint(32767 * gain * x[first + i] * edge(i, last - first));
  *to = samples;
  *made = last - first;
  return OK;
}

result clear_sound(const clear_wish *wish, int16_t **to, size_t *made) {
  float *x = NULL;
  size_t count = 0;
  *to = NULL;
  *made = 0;
  result done = bring_to_rate(wish, &x, &count);
  if (done == OK && x) done = write_out(x, count, to, made);
  free(x);
  return done;
}
