// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sound/device.h"

#include "core/base/clock.h"

#include <portaudio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TRY_US = 400 * 1000, TOO_FAST = 4 };
static const double latency_s = 0.02;

static int play_rt(const void *in, void *out, unsigned long frames,
  const PaStreamCallbackTimeInfo *time, PaStreamCallbackFlags flags, void *data) {
  (void)in, (void)time, (void)flags;
  mixer_run_rt(data, out, (uint32_t)frames);
  return paContinue;
}

typedef bool device_test(PaDeviceIndex i);

static bool can_play(PaDeviceIndex i) {
  const PaDeviceInfo *info = i >= 0 ? Pa_GetDeviceInfo(i) : NULL;
  return info && info->maxOutputChannels >= 2;
}

static bool can_hear(PaDeviceIndex i) {
  const PaDeviceInfo *info = i >= 0 ? Pa_GetDeviceInfo(i) : NULL;
  return info && info->maxInputChannels >= 1;
}

static PaDeviceIndex named(const char *part, device_test *can) {
  for (PaDeviceIndex i = 0; i < Pa_GetDeviceCount(); i++)
    if (can(i) && strstr(Pa_GetDeviceInfo(i)->name, part)) return i;
  return paNoDevice;
}

// A JACK server that runs was started on purpose.
static PaDeviceIndex of_jack(bool input) {
  PaHostApiIndex api = Pa_HostApiTypeIdToHostApiIndex(paJACK);
  const PaHostApiInfo *info = api >= 0 ? Pa_GetHostApiInfo(api) : NULL;
  if (!info) return paNoDevice;
  return input ? info->defaultInputDevice : info->defaultOutputDevice;
}

static PaDeviceIndex choose(bool input) {
  device_test *can = input ? can_hear : can_play;
  const char *wish = getenv("GESTO_SOUND_DEVICE");
  if (wish && *wish) return named(wish, can);
  PaDeviceIndex jack = of_jack(input);
  if (can(jack)) return jack;
  return input ? Pa_GetDefaultInputDevice() : Pa_GetDefaultOutputDevice();
}

static result begin_library(void) {
  const char *wish = getenv("GESTO_SOUND_DEVICE");
  if (wish && strcmp(wish, "none") == 0) return NOT_FOUND;
  return Pa_Initialize() == paNoError ? OK : FAILED;
}

result device_find_input(int *index) {
  result begun = begin_library();
  if (begun != OK) return begun;
  *index = choose(true);
  return can_hear(*index) ? OK : NOT_FOUND;
}

result device_open(mixer *m, char *name, size_t room) {
  result begun = begin_library();
  if (begun != OK) return begun;
  PaDeviceIndex chosen = choose(false);
  if (!can_play(chosen)) return NOT_FOUND;
  const PaStreamParameters how = {.device = chosen,
    .channelCount = 2,
    .sampleFormat = paFloat32,
    .suggestedLatency = latency_s};
  PaStream *stream = NULL;
  if (Pa_OpenStream(&stream, NULL, &how, MIXER_RATE, paFramesPerBufferUnspecified,
        paNoFlag, play_rt, m) != paNoError ||
    Pa_StartStream(stream) != paNoError)
    return FAILED;
  snprintf(name, room, "%s", Pa_GetDeviceInfo(chosen)->name);
  return OK;
}

// Some devices (null plugins) swallow sound as fast as they are given it; those keep no time.
result device_try(void) {
  char name[8];
  mixer *m = calloc(1, sizeof *m);
  if (!m) return NO_MEMORY;
  mixer_init(m);
  result opened = device_open(m, name, sizeof name);
  if (opened != OK) return opened; // m stays: a stream may still hold it
  clock_sleep_us(TRY_US);
  uint64_t made = atomic_load(&m->frames), due = (uint64_t)MIXER_RATE * TRY_US / 1000000;
  return made > 0 && made < due * TOO_FAST ? OK : FAILED;
}
