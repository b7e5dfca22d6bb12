// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base
// From Stop to the calm page, on the screen itself and by ear.
//   time_stop SCREEN X Y W H keep FILE      keeps that part of the screen once it is at rest
//   time_stop SCREEN X Y W H wait FILE ...  does what the words say and prints "calm MS":
//     key KEYS | click X Y: through xdotool; stop PID: SIGSTOP
// until that part looks as FILE does, or "calm none" after 20 s. With GESTO_HEAR=1 a sound
// device is opened and its input listened to: "quiet MS", when the last that was louder than
// -60 dB came in. SCREEN is written by Xvfb -fbdir.
#include "core/base/clock.h"
#include "tests/tools/screen.h"

#include <math.h>
#include <portaudio.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_US = 20000000, REST_LOOKS = 60, LOOK_US = 500, HEAR_US = 600000 };

typedef struct ear {
  _Atomic uint64_t loud_us; // when it was loud last
  _Atomic uint32_t blocks;
} ear;

static int hear(const void *in, void *out, unsigned long frames,
  const PaStreamCallbackTimeInfo *time, PaStreamCallbackFlags flags, void *data) {
  ear *e = data;
  const float *samples = in;
  (void)out, (void)time, (void)flags;
  for (unsigned long i = 0; samples && i < frames; i++)
    if (fabsf(samples[i]) > 0.001f) atomic_store(&e->loud_us, clock_now_us());
  atomic_fetch_add(&e->blocks, 1);
  return paContinue;
}

static bool open_ear(ear *e) {
  PaStream *stream = NULL;
  if (Pa_Initialize() != paNoError) return false;
  for (int i = 0; i < Pa_GetDeviceCount(); i++) {
    const PaDeviceInfo *d = Pa_GetDeviceInfo(i);
    if (strcmp(d->name, "system") != 0) continue; // JACK's
    const PaStreamParameters how = {.device = i,
      .channelCount = 1,
      .sampleFormat = paFloat32,
      .suggestedLatency = d->defaultLowInputLatency};
    if (Pa_OpenStream(&stream, &how, NULL, 48000, paFramesPerBufferUnspecified, paNoFlag,
          hear, e) == paNoError)
      return Pa_StartStream(stream) == paNoError;
  }
  return false;
}

static bool keep(const screen *s, const char *path) {
  uint32_t *before = calloc(s->w * s->h, 4), *now = calloc(s->w * s->h, 4);
  int rest = 0;
  if (!before || !now) abort();
  for (int i = 0; i < 6000 && rest < REST_LOOKS; i++) {
    screen_read(s, now);
    rest = memcmp(before, now, (size_t)s->w * s->h * 4) == 0 ? rest + 1 : 0;
    memcpy(before, now, (size_t)s->w * s->h * 4);
    clock_sleep_us(5000);
  }
  FILE *out = fopen(path, "w");
  const size_t count = (size_t)s->w * s->h;
  const bool good = out && fwrite(now, 4, count, out) == count && fclose(out) == 0;
  free(before);
  free(now);
  return good && rest == REST_LOOKS;
}

static void act(char **words, FILE *to_xdotool) {
  if (strcmp(words[0], "key") == 0) fprintf(to_xdotool, "key %s\n", words[1]);
  if (strcmp(words[0], "click") == 0)
    fprintf(to_xdotool, "mousemove %s %s\nclick 1\n", words[1], words[2]);
  if (strcmp(words[0], "stop") == 0) kill(atoi(words[1]), SIGSTOP);
  fflush(to_xdotool);
}

static bool looks_so(const screen *s, const uint32_t *wanted, uint32_t *now) {
  screen_read(s, now);
  return memcmp(wanted, now, (size_t)s->w * s->h * 4) == 0;
}

// Within the last moments, unless it has gone on for too long already.
static bool is_loud(const ear *e, uint64_t from_us) {
  const uint64_t now = clock_now_us();
  return now - from_us < MOST_US && now - atomic_load(&e->loud_us) < HEAR_US / 2;
}

static int wait_for(const screen *s, const char *path, char **words) {
  static ear e;
  const size_t count = (size_t)s->w * s->h;
  uint32_t *wanted = calloc(count, 4), *now = calloc(count, 4);
  FILE *in = fopen(path, "r"), *xdotool = popen("exec xdotool -", "w");
  const bool hears = getenv("GESTO_HEAR") != NULL;
  if (!wanted || !now || !in || !xdotool || fread(wanted, 4, count, in) != count) exit(2);
  fclose(in);
  if (hears && !open_ear(&e)) {
    fprintf(stderr, "time_stop: no device to listen to\n");
    exit(2);
  }
  if (hears) system("jack_connect PortAudio:out_0 PortAudio-01:in_0 >&2");
  clock_sleep_us(300000); // xdotool is there
  for (int i = 0; hears && i < 300 && !atomic_load(&e.loud_us); i++)
    clock_sleep_us(10000);
  const uint64_t heard_us = atomic_load(&e.loud_us);
  const bool had = looks_so(s, wanted, now);
  const uint64_t from = clock_now_us();
  uint64_t until = from;
  act(words, xdotool);
  while (!looks_so(s, wanted, now) && until - from < MOST_US) {
    clock_sleep_us(LOOK_US);
    until = clock_now_us();
  }
  if (had || until - from >= MOST_US)
    puts(had ? "calm already" : "calm none");
  else
    printf("calm %.1f\n", (double)(clock_now_us() - from) / 1000);
  if (hears) {
    while (clock_now_us() - from < HEAR_US || is_loud(&e, from)) clock_sleep_us(10000);
    const uint64_t last = atomic_load(&e.loud_us);
    const bool heard = heard_us && from - heard_us < 300000;
    if (heard)
      printf("quiet %.1f\n", last > from ? (double)(last - from) / 1000 : 0.0);
    else
      puts("quiet already");
  }
  fflush(stdout);
  pclose(xdotool);
  free(wanted);
  free(now);
  return 0;
}

int main(int argc, char **argv) {
  screen s = {0};
  if (argc < 8 || !screen_open(&s, argv[1], argv + 2)) {
    fprintf(stderr, "time_stop: SCREEN X Y W H keep|wait FILE [key|click|stop ...]\n");
    return 2;
  }
  int code = 2;
  if (strcmp(argv[6], "keep") == 0) code = keep(&s, argv[7]) ? 0 : 1;
  if (strcmp(argv[6], "wait") == 0 && argc > 9) code = wait_for(&s, argv[7], argv + 8);
  screen_close(&s);
  return code;
}
