// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/voices.h"

#include <dlfcn.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static const char LIBRARY[] = "libfluidsynth.so.3";
static const char FONT[] = "/usr/share/sounds/sf2/TimGM6mb.sf2";

// The few functions of FluidSynth 2 that are needed, as its documentation describes them.
typedef struct calls {
  void *(*new_settings)(void);
  void (*delete_settings)(void *settings);
  int (*setint)(void *settings, const char *name, int value);
  int (*setnum)(void *settings, const char *name, double value);
  void *(*new_synth)(void *settings);
  void (*delete_synth)(void *synth);
  int (*sfload)(void *synth, const char *file, int reset);
  int (*noteon)(void *synth, int channel, int key, int velocity);
  int (*noteoff)(void *synth, int channel, int key);
  int (*program_change)(void *synth, int channel, int program);
  int (*process)(void *synth, int frames, int nfx, float *fx[], int nout, float *out[]);
  int (*activate_key_tuning)(
    void *synth, int bank, int program, const char *name, const double *pitch, int apply);
  int (*activate_tuning)(void *synth, int channel, int bank, int program, int apply);
  int (*tune_notes)(void *synth, int bank, int program, int count, const int *key,
    const double *pitch, int apply);
  void *(*set_log_function)(int level, void *function, void *data);
} calls;

struct voices {
  calls call;
  void *settings, *synth;
  bool used;                       // a note was played since the synthesizer was made
  bool touched;                    // anything was asked of it since then
  bool rendered;                   // in this block
  bool bent[VOICES_CHANNELS][128]; // the key is tuned away from its number
  float out[VOICES_CHANNELS][2][VOICES_FRAMES];
};

typedef struct symbol {
  const char *name;
  size_t at;
} symbol;

static const symbol SYMBOLS[] = {
  {"new_fluid_settings", offsetof(calls, new_settings)},
  {"delete_fluid_settings", offsetof(calls, delete_settings)},
  {"fluid_settings_setint", offsetof(calls, setint)},
  {"fluid_settings_setnum", offsetof(calls, setnum)},
  {"new_fluid_synth", offsetof(calls, new_synth)},
  {"delete_fluid_synth", offsetof(calls, delete_synth)},
  {"fluid_synth_sfload", offsetof(calls, sfload)},
  {"fluid_synth_noteon", offsetof(calls, noteon)},
  {"fluid_synth_noteoff", offsetof(calls, noteoff)},
  {"fluid_synth_program_change", offsetof(calls, program_change)},
  {"fluid_synth_process", offsetof(calls, process)},
  {"fluid_synth_activate_key_tuning", offsetof(calls, activate_key_tuning)},
  {"fluid_synth_activate_tuning", offsetof(calls, activate_tuning)},
  {"fluid_synth_tune_notes", offsetof(calls, tune_notes)},
  {"fluid_set_log_function", offsetof(calls, set_log_function)},
};

static result find_symbols(voices *v, void *library) {
  for (size_t i = 0; i < sizeof SYMBOLS / sizeof *SYMBOLS; i++) {
    void *found = dlsym(library, SYMBOLS[i].name);
    if (!found) return NOT_FOUND;
    memcpy((char *)&v->call + SYMBOLS[i].at, &found, sizeof found);
  }
  return OK;
}

result voices_open(voices **v) {
  *v = NULL;
  setenv("OMP_NUM_THREADS", "1", 1);
  void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
  if (!library) return NOT_FOUND;
  voices *new = calloc(1, sizeof *new);
  if (!new) return NO_MEMORY;
  result r = find_symbols(new, library);
  if (r == OK)
    *v = new;
  else
    free(new);
  return r;
}

static result make_settings(voices *v) {
  v->settings = v->call.new_settings();
  if (!v->settings) return NO_MEMORY;
  const struct {
    const char *name;
    int value;
  } wanted[] = {
    {"synth.reverb.active", 0},
    {"synth.chorus.active", 0},
    {"synth.threadsafe-api", 0},
    {"synth.cpu-cores", 1},
    {"synth.polyphony", 64},
    {"synth.dynamic-sample-loading", 0},
    {"synth.lock-memory", 0},
    {"synth.midi-channels", VOICES_CHANNELS},
    {"synth.audio-channels", VOICES_CHANNELS},
    {"synth.audio-groups", VOICES_CHANNELS},
  };
  for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
    v->call.setint(v->settings, wanted[i].name, wanted[i].value);
  }
  v->call.setnum(v->settings, "synth.sample-rate", 48000);
  v->call.setnum(v->settings, "synth.gain", 1.0);
  return OK;
}

static void silence_log(voices *v) {
  for (int level = 0; level < 5; level++) v->call.set_log_function(level, NULL, NULL);
}

result voices_renew(voices *v) {
  if (v->synth && !v->touched) return OK;
  silence_log(v);
  if (!v->settings && make_settings(v) != OK) return NO_MEMORY;
  if (v->synth) v->call.delete_synth(v->synth);
  v->synth = v->call.new_synth(v->settings);
  if (!v->synth) return NO_MEMORY;
  v->used = v->rendered = v->touched = false;
  memset(v->bent, 0, sizeof v->bent);
  if (v->call.sfload(v->synth, FONT, 1) < 0) return NOT_FOUND;
  for (int i = 0; i < VOICES_CHANNELS; i++) {
    v->call.activate_key_tuning(v->synth, 0, i, "own", NULL, 0);
    v->call.activate_tuning(v->synth, i, 0, i, 0);
  }
  return OK;
}

void voices_destroy(voices *v) {
  if (!v) return;
  if (v->synth) v->call.delete_synth(v->synth);
  if (v->settings) v->call.delete_settings(v->settings);
  free(v);
}

// A pitch between two keys tunes the nearest key for as long as nothing else asks for it.
static void tune_rt(voices *v, uint32_t channel, int key, float pitch) {
  bool bent = fabsf(pitch - (float)key) > 0.001f;
  if (!bent && !v->bent[channel][key]) return;
  double cents = 100.0 * (bent ? (double)pitch : key);
  v->call.tune_notes(v->synth, 0, (int)channel, 1, &key, &cents, 0);
  v->bent[channel][key] = bent;
}

void voices_note_rt(voices *v, uint32_t channel, float pitch, float velocity) {
  if (!v->synth || channel >= VOICES_CHANNELS || !(pitch >= 0 && pitch <= 127)) return;
  int key = (int)lroundf(pitch);
  v->used = v->touched = true;
  if (!(velocity > 0)) {
    v->call.noteoff(v->synth, (int)channel, key);
    return;
  }
  tune_rt(v, channel, key, pitch);
  int strength = (int)lroundf(fminf(velocity, 1) * 127);
  v->call.noteon(v->synth, (int)channel, key, strength < 1 ? 1 : strength);
}

void voices_instrument_rt(voices *v, uint32_t channel, uint32_t preset) {
  if (!v->synth || channel >= VOICES_CHANNELS || preset > 127) return;
  v->touched = true;
  v->call.program_change(v->synth, (int)channel, (int)preset);
}

static void render_all_rt(voices *v) {
  float *to[VOICES_CHANNELS * 2];
  for (int i = 0; i < VOICES_CHANNELS * 2; i++) to[i] = v->out[i / 2][i % 2];
  memset(v->out, 0, sizeof v->out);
  v->call.process(v->synth, VOICES_FRAMES, 0, NULL, VOICES_CHANNELS * 2, to);
  v->rendered = true;
}

void voices_render_rt(voices *v, uint32_t channel, float *const out[2]) {
  if (!v->synth || !v->used || channel >= VOICES_CHANNELS) return;
  if (!v->rendered) render_all_rt(v);
  for (int side = 0; side < 2; side++) {
    for (int i = 0; i < VOICES_FRAMES; i++) out[side][i] += v->out[channel][side][i];
  }
}

void voices_end_block_rt(voices *v) {
  if (v->synth && v->used && !v->rendered) render_all_rt(v);
  v->rendered = false;
}
