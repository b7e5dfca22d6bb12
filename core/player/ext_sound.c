// SPDX-License-Identifier: GPL-3.0-or-later
// gesto.tapes/1 and gesto.voices/1. The functions of a block find their sound half in it.
#include "core/player/extensions.h"
#include "core/player/machine.h"

static machine *of(const gesto_host *host) { return host->data; }

// The table changes only while no block runs.
static void take_turn(machine *m) { pthread_mutex_lock(&m->sound.turn); }
static void end_turn(machine *m) { pthread_mutex_unlock(&m->sound.turn); }

static uint32_t open_tape(const gesto_host *host, const char *title, uint64_t frames) {
  machine *m = of(host);
  (void)title;
  if (m->reading) return 0;
  take_turn(m);
  uint32_t number = tapes_open(&m->tapes, frames);
  end_turn(m);
  return number;
}

static void close_tape(const gesto_host *host, uint32_t number) {
  machine *m = of(host);
  if (m->reading) return;
  take_turn(m);
  tapes_close(&m->tapes, number);
  end_turn(m);
}

static void drop_tape(const gesto_host *host, uint32_t number) {
  machine *m = of(host);
  if (m->reading) return;
  take_turn(m);
  tapes_drop(&m->tapes, number, m->seq + 1);
  end_turn(m);
  // A replay goes back to no state but the one that it just made.
  if (m->setup.mode == MACHINE_REPLAY) tapes_forget_dropped(&m->tapes, UINT64_MAX);
}

static sound_half *half_of(const gesto_block *block) { return block->host; }

static bool write_tape(
  const gesto_block *block, uint32_t number, uint64_t at, const float *const in[2]) {
  sound_half *s = half_of(block);
  const uint64_t now = atomic_load_explicit(&s->blocks, memory_order_relaxed);
  return tapes_write_rt(s->tapes, number, at, now, in);
}

static bool read_tape(
  const gesto_block *block, uint32_t number, uint64_t at, float *const out[2]) {
  return tapes_read_rt(half_of(block)->tapes, number, at, out);
}

// FluidSynth begins notes on the grid of our blocks, so `at` moves nothing by more than 1.3 ms.
static void note(
  const gesto_block *block, uint32_t channel, float pitch, float velocity, uint32_t at) {
  (void)at;
  voices *v = half_of(block)->voices;
  if (v) voices_note_rt(v, channel, pitch, velocity);
}

static void instrument(const gesto_block *block, uint32_t channel, uint32_t preset) {
  voices *v = half_of(block)->voices;
  if (v) voices_instrument_rt(v, channel, preset);
}

static void render(const gesto_block *block, uint32_t channel, float *const out[2]) {
  voices *v = half_of(block)->voices;
  if (v) voices_render_rt(v, channel, out);
}

const gesto_tapes *tapes_face(void) {
  static const gesto_tapes face = {.size = sizeof face,
    .open = open_tape,
    .close = close_tape,
    .drop = drop_tape,
    .write = write_tape,
    .read = read_tape};
  return &face;
}

const gesto_voices *voices_face(void) {
  static const gesto_voices face = {
    .size = sizeof face, .note = note, .instrument = instrument, .render = render};
  return &face;
}
