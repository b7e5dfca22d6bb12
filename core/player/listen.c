// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/listen.h"

#include "core/media/sound_file.h"
#include "core/player/sound_live.h"

#include <stdlib.h>
#include <string.h>

enum { RATE = 48000 };
#define FRAMES_MAX ((uint64_t)RATE * 60 * 60)

struct listener {
  memory_map wave, page;
  float *samples;
  uint64_t frames;
  double at, step; // in frames of the file; how many to one of ours
  uint64_t blocks;
  _Atomic bool ending;
  bool running;
  pthread_t thread;
};

static float between(const listener *l, uint64_t frame, double part, int side) {
  const float *here = l->samples + frame * 2 + side;
  float next = frame + 1 < l->frames ? here[2] : 0;
  return here[0] + (next - here[0]) * (float)part;
}

static void fill(void *data, float out[2][WAVE_FRAMES]) {
  listener *l = data;
  memset(out, 0, 2 * WAVE_FRAMES * sizeof(float));
  for (int i = 0; i < WAVE_FRAMES && l->at < (double)l->frames; i++) {
    uint64_t frame = (uint64_t)l->at;
    for (int side = 0; side < 2; side++) {
      out[side][i] = between(l, frame, l->at - (double)frame, side);
    }
    l->at += l->step;
  }
  player_page *page = l->page.bytes;
  if (page) atomic_store(&page->sound_block, ++l->blocks);
}

static void *answer(void *data) {
  listener *l = data;
  sound_live_answer(l->wave.bytes, &l->ending, fill, l);
  return NULL;
}

static result read_file(listener *l, int fd, uint64_t size) {
  memory_map file = {0};
  uint32_t rate = 0;
  result r = memory_map_open(&file, fd, false, 1);
  if (r == OK && size > file.size) r = BAD_DATA;
  if (r == OK) {
    r = sound_file_read(
      file.bytes, (size_t)size, FRAMES_MAX, &l->samples, &l->frames, &rate);
  }
  memory_map_close(&file);
  l->step = (double)rate / RATE;
  return r;
}

result listener_create(listener **made, link_message *m) {
  listener *l = *made = calloc(1, sizeof *l);
  if (!l) return NO_MEMORY;
  if (m->fd_count < 2) return BAD_DATA;
  result r = read_file(l, m->fds[0], m->big);
  if (r == OK) r = memory_map_open(&l->wave, m->fds[1], true, sizeof(wave_page));
  if (r == OK && m->fd_count > 2 && m->fds[2] >= 0) {
    r = memory_map_open(&l->page, m->fds[2], true, sizeof(player_page));
  }
  if (r != OK) return r;
  wave_page *wave = l->wave.bytes;
  atomic_store(&wave->done, atomic_load(&wave->asked));
  l->running = pthread_create(&l->thread, NULL, answer, l) == 0;
  return l->running ? OK : FAILED;
}

void listener_destroy(listener *l) {
  if (!l) return;
  atomic_store(&l->ending, true);
  if (l->running) pthread_join(l->thread, NULL);
  memory_map_close(&l->wave);
  memory_map_close(&l->page);
  free(l->samples);
  free(l);
}
