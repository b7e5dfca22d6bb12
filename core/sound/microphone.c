// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sound/microphone.h"

#include "core/base/clock.h"
#include "core/base/link.h"
#include "core/base/memory_map.h"
#include "core/base/protocol.h"
#include "core/sound/device.h"

#include <math.h>
#include <portaudio.h>
#include <stdlib.h>
#include <unistd.h>

enum { TURN_MS = 100, SILENT_US = 1000 * 1000, LOOK_US = 400 * 1000, TOO_FAST = 4 };
enum { LEVEL_FRAMES = NOTE_RATE / 10, FULL = 8388607 };

typedef struct microphone {
  note_page *page; // the device's thread writes it
  float peak;
  uint32_t peak_frames;
  _Atomic uint32_t heard; // frames, also those that there was no room for
} microphone;

static void note_level_rt(microphone *m, float x) {
  m->peak = fmaxf(m->peak, fabsf(x));
  if (++m->peak_frames < LEVEL_FRAMES) return;
  atomic_store(&m->page->level, (uint32_t)(fminf(m->peak, 1) * 1000));
  m->peak = 0;
  m->peak_frames = 0;
}

// What the keeper has no room for is left out: it is four seconds behind then.
static int hear_rt(const void *in, void *out, unsigned long frames,
  const PaStreamCallbackTimeInfo *time, PaStreamCallbackFlags flags, void *data) {
  (void)out, (void)time, (void)flags;
  microphone *m = data;
  const float *samples = in;
  uint32_t written = atomic_load(&m->page->written);
  for (unsigned long i = 0; samples && i < frames; i++) {
    float x = isfinite(samples[i]) ? fminf(fmaxf(samples[i], -1), 1) : 0;
    note_level_rt(m, x);
    if (written - atomic_load(&m->page->taken) >= NOTE_RING) break;
    m->page->frames[written++ % NOTE_RING] = (int32_t)lrintf(x * FULL);
  }
  atomic_store(&m->page->written, written);
  atomic_fetch_add(&m->heard, (uint32_t)frames);
  return paContinue;
}

static result open_stream(microphone *m) {
  PaDeviceIndex chosen = paNoDevice;
  PaStream *stream = NULL;
  if (device_find_input(&chosen) != OK) return NOT_FOUND;
  const PaStreamParameters how = {.device = chosen,
    .channelCount = 1,
    .sampleFormat = paFloat32,
    .suggestedLatency = 0.05};
  if (Pa_OpenStream(&stream, &how, NULL, NOTE_RATE, paFramesPerBufferUnspecified,
        paNoFlag, hear_rt, m) != paNoError ||
    Pa_StartStream(stream) != paNoError)
    return FAILED;
  return OK;
}

// Some devices (null plugins) give silence as fast as it is taken; those hear nobody.
static result open_and_look(microphone *m) {
  result opened = open_stream(m);
  if (opened != OK) return opened;
  clock_sleep_us(LOOK_US);
  uint64_t heard = atomic_load(&m->heard), due = (uint64_t)NOTE_RATE * LOOK_US / 1000000;
  return heard > 0 && heard < due * TOO_FAST ? OK : FAILED;
}

static void say_state(int link, bool on) {
  if (link_say(link, FROM_SOUND_STATE, 0,
        on ? "{\"running\":true}" : "{\"running\":false}") != OK) {
    // the end of the link is noticed where it is read
  }
}

static result await_page(int link, link_message *in, memory_map *page) {
  result got = OK;
  do {
    got = link_receive(link, in, -1);
  } while (got == OK && in->kind != TO_SOUND_RECORD);
  if (got == OK && in->fd_count > 0)
    got = memory_map_open(page, in->fds[0], true, sizeof(note_page));
  link_drop_fds(in);
  return got == OK && !page->bytes ? BAD_DATA : got;
}

static int listen(int link, link_message *in, microphone *m) {
  uint32_t seen = 0;
  uint64_t seen_us = clock_now_us();
  for (;;) {
    result got = link_receive(link, in, TURN_MS);
    if (got == ENDED || (got == OK && in->kind == TO_SOUND_QUIT)) return EXIT_SUCCESS;
    if (got == OK) link_drop_fds(in);
    uint32_t heard = atomic_load(&m->heard);
    if (heard != seen) seen_us = clock_now_us();
    seen = heard;
    if (clock_now_us() - seen_us > SILENT_US) return EXIT_FAILURE;
  }
}

static int serve(int link, link_message *in, microphone *m) {
  memory_map page = {.bytes = NULL};
  if (await_page(link, in, &page) != OK) return EXIT_FAILURE;
  m->page = page.bytes;
  result opened = open_and_look(m);
  say_state(link, opened == OK);
  return opened == OK ? listen(link, in, m) : EXIT_FAILURE;
}

// Nothing of a stream is closed: that may never return. Its thread has `m` to the end.
void microphone_run(int link) {
  microphone m = {.page = NULL};
  link_message *in = calloc(1, sizeof *in);
  _exit(in ? serve(link, in, &m) : EXIT_FAILURE);
}
