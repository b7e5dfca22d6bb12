// SPDX-License-Identifier: GPL-3.0-or-later
// The sound thread of a live exercise: answers each block that the sound program asks for,
// from the sound half, or with silence while that stands still.
#ifndef GESTO_PLAYER_SOUND_LIVE_H
#define GESTO_PLAYER_SOUND_LIVE_H

#include "core/base/memory_map.h"
#include "core/player/machine.h"

typedef struct sound_live {
  memory_map map; // the wave page
  sound_half *half;
  player_page *page;
  _Atomic bool silent; // [main] pause, works of an open tape, the end
  _Atomic bool ending;
  pthread_t thread;
  bool running;
} sound_live;

// Takes the wave page; the caller closes fd. BAD_DATA: it is none.
MUST_USE result sound_live_open(sound_live *s, int fd);
// [main] Starts answering with what `half` makes; blocks asked for before are left out.
MUST_USE result sound_live_start(sound_live *s, sound_half *half, player_page *page);
void sound_live_hush(sound_live *s, bool silent);
// [main] Blocks that came too late, in all.
uint32_t sound_live_late(const sound_live *s);
void sound_live_finish(sound_live *s); // takes a zeroed one

// Answers blocks until `ending`; `fill` writes block by block. Shared with listen.c.
typedef void sound_live_fill(void *data, float out[2][WAVE_FRAMES]);
void sound_live_answer(
  wave_page *wave, const _Atomic bool *ending, sound_live_fill *fill, void *data);

#endif
