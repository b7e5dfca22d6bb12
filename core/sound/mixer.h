// SPDX-License-Identifier: GPL-3.0-or-later
// From a player's blocks to what a device plays: asks for blocks one callback ahead, fades
// where one is late, adds what is spoken and the sounds of the house, applies loudness and
// Stop, and lets nothing through that could hurt.
// Two threads: [device] calls mixer_run_rt and nothing else; [main] all the rest.
#ifndef GESTO_SOUND_MIXER_H
#define GESTO_SOUND_MIXER_H

#include "core/base/protocol.h"
#include "core/sound/chimes.h"
#include "core/sound/speech.h"
#include "core/studio/limiter.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

enum { MIXER_RATE = 48000, MIXER_TAP = 1 << 15 };
enum { MIXER_QUIET_START = 700 }; // volume until a page says otherwise: -20 dB

// All that the device's thread works with; nobody else looks into it.
typedef struct mixer_rt {
  wave_page *wave;
  uint32_t taken, asked; // blocks of this wave page
  uint32_t lead;         // blocks to be asked for ahead
  bool answered;         // the player answers at all
  bool gap;              // the last block was late
  float last[2];         // its last sample
  float fade, hush;      // 0..1, towards what is wanted
  float volume, voice, steer;
  float levels[WAVE_FRAMES]; // of what is spoken in this block
  chimes chimes;
  const sound_page *page;
  uint32_t chimes_seen;       // of that page's
  float rest[2][WAVE_FRAMES]; // of a block that the last callback did not use up
  uint32_t rest_at;
  float power, guard; // of what is on its way out, and what it is turned down to
  limiter limiter;
  float peak;
  uint32_t peak_frames;
} mixer_rt;

typedef struct mixer {
  mixer_rt rt;
  speech speech;               // [main] gives clips
  _Atomic uint32_t cue;        // [main] CHIME_… that was asked for; 0 once it was taken
  _Atomic uint32_t cue_ms;     // [main] its length, before `cue`
  _Atomic(wave_page *) wanted; // [main]
  _Atomic(wave_page *) playing; // [device]
  _Atomic(sound_page *) page;   // [main]
  _Atomic bool ending;          // [main] fade out for good
  _Atomic float steer;          // [main] 0..1: what the loudness meter found right
  _Atomic uint64_t frames;      // [device] frames made so far
  _Atomic uint32_t tap_written; // [device] frames put into the tap
  float tap[MIXER_TAP][2];      // what the loudness meter listens to, before `steer`
} mixer;

void mixer_init(mixer *m);
// [main] The page stays mapped until mixer_plays() no longer says so. NULL: none.
void mixer_attach(mixer *m, wave_page *wave);
bool mixer_plays(mixer *m, const wave_page *wave);
bool mixer_rests(mixer *m);                      // [any] nothing plays or is about to
void mixer_set_page(mixer *m, sound_page *page); // once; stays mapped to the end
void mixer_end(mixer *m);                        // out within 300 ms, then silence
// [main] A sound of the house; false: the one before was not taken yet.
bool mixer_chime(mixer *m, uint32_t kind, double seconds);
// [main] Before a device begins: what was wanted while nobody could hear it is over.
void mixer_skip_chimes(mixer *m);
// [main] Moves what is new in the tap into `to` (room for `most` frames); how many.
uint32_t mixer_tap(mixer *m, uint32_t *seen, float (*to)[2], uint32_t most);

// [device] Fills `out` (interleaved, 2 channels). Never waits.
void mixer_run_rt(mixer *m, float *out, uint32_t frames);

#endif
