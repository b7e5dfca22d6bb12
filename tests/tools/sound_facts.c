// SPDX-License-Identifier: GPL-3.0-or-later
// What can be measured of a recording: sound_facts FILE [FROM TO] prints, of those seconds,
//   seconds S   peak DBFS   lufs L   bend B   and a line "sound FROM TO" for each stretch that
// is not silence (pauses under 250 ms do not end one). `bend` is the largest second difference
// of any two samples beside each other: what a click is made of. Of the first channel.
#include <ebur128.h>
#include <math.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>

enum { SILENCE_MS = 250 };
static const float silent_below = 1e-4f; // -80 dBFS

typedef struct piece {
  float *samples;
  sf_count_t count;
  int rate;
} piece;

static int load(piece *p, const char *path, double from, double to) {
  SF_INFO info = {0};
  SNDFILE *file = sf_open(path, SFM_READ, &info);
  if (!file || info.channels < 1 || info.frames < 1) return 0;
  float *all = malloc((size_t)info.frames * (size_t)info.channels * sizeof *all);
  if (!all) return 0;
  if (sf_readf_float(file, all, info.frames) != info.frames) exit(2);
  sf_close(file);
  sf_count_t first = (sf_count_t)(from * info.samplerate);
  sf_count_t last = to > 0 ? (sf_count_t)(to * info.samplerate) : info.frames;
  if (last > info.frames) last = info.frames;
  p->rate = info.samplerate;
  p->count = last > first ? last - first : 0;
  p->samples = malloc((size_t)(p->count + 1) * sizeof *p->samples);
  for (sf_count_t i = 0; p->samples && i < p->count; i++)
    p->samples[i] = all[(first + i) * info.channels];
  free(all);
  return p->samples != NULL;
}

static void print_loudness(const piece *p) {
  double lufs = -HUGE_VAL;
  ebur128_state *meter = ebur128_init(1, (unsigned long)p->rate, EBUR128_MODE_I);
  if (!meter) return;
  ebur128_set_channel(meter, 0, EBUR128_DUAL_MONO);
  ebur128_add_frames_float(meter, p->samples, (size_t)p->count);
  ebur128_loudness_global(meter, &lufs);
  printf("lufs %.1f\n", lufs);
  ebur128_destroy(&meter);
}

static void print_peak_and_bend(const piece *p) {
  float peak = 0;
  float bend = 0;
  for (sf_count_t i = 0; i < p->count; i++) peak = fmaxf(peak, fabsf(p->samples[i]));
  for (sf_count_t i = 2; i < p->count; i++)
    bend = fmaxf(bend, fabsf(p->samples[i] - 2 * p->samples[i - 1] + p->samples[i - 2]));
  printf("peak %.1f\nbend %.4f\n", 20 * log10((double)peak + 1e-10), (double)bend);
}

static void print_stretches(const piece *p, double from) {
  sf_count_t began = -1;
  sf_count_t last = -1;
  const sf_count_t pause = (sf_count_t)p->rate * SILENCE_MS / 1000;
  for (sf_count_t i = 0; i <= p->count; i++) {
    const int heard = i < p->count && fabsf(p->samples[i]) > silent_below;
    if (began >= 0 && (i == p->count || (heard && i - last > pause))) {
      printf("sound %.3f %.3f\n", from + (double)began / p->rate,
        from + (double)last / p->rate);
      began = -1;
    }
    if (!heard) continue;
    if (began < 0) began = i;
    last = i;
  }
}

int main(int count, char **args) {
  piece p = {0};
  const double from = count > 2 ? atof(args[2]) : 0;
  if (count < 2 || !load(&p, args[1], from, count > 3 ? atof(args[3]) : 0)) return 2;
  printf("seconds %.3f\n", (double)p.count / p.rate);
  print_peak_and_bend(&p);
  print_loudness(&p);
  print_stretches(&p, from);
  free(p.samples);
  return 0;
}
