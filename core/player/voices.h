// SPDX-License-Identifier: GPL-3.0-or-later
// The host's instruments: FluidSynth with one sound font, loaded at run time by a player that
// was asked to, never linked. The settings are those under which it neither locks nor
// allocates while it renders, and gives the same samples for the same notes.
#ifndef GESTO_PLAYER_VOICES_H
#define GESTO_PLAYER_VOICES_H

#include "core/base/result.h"

#include <stdint.h>

enum { VOICES_CHANNELS = 16, VOICES_FRAMES = 64 };

typedef struct voices voices;

// Loads the library: before the lock, while there is one thread. NOT_FOUND: not installed.
MUST_USE result voices_open(voices **v);
// Makes the synthesizer anew and loads the font: after the lock, and whenever a sound half is
// opened, so that each begins in the same state. Main thread.
MUST_USE result voices_renew(voices *v);
void voices_destroy(voices *v); // takes NULL

// The thread that renders, in turns with the main thread.
void voices_note_rt(voices *v, uint32_t channel, float pitch, float velocity);
void voices_instrument_rt(voices *v, uint32_t channel, uint32_t preset);
// Adds what the channel plays in this block; all channels are rendered at the first call.
void voices_render_rt(voices *v, uint32_t channel, float *const out[2]);
// Once per block, after the sound half.
void voices_end_block_rt(voices *v);

#endif
