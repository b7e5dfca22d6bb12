// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sound/mixer.h"

#include "core/base/clock.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

enum { ANSWERS_OWED_MOST = WAVE_SLOTS / 2 }; // then nobody is there, and no more is asked
static const float fade_step = 1.0f / 480;   // a sample: attach and detach in 10 ms
static const float hush_step = 1.0f / 9600;  // Stop: 200 ms, and what the device holds
static const float follow = 0.0008f;   // of the way, a sample: loudness in about 50 ms
static const float guard_most = 0.16f; // effective value: -16 dB of full scale
static const float guard_up = 0.125f;  // of the way, a block: 10 ms
static const float guard_down = 0.004f;
enum { PEAK_FRAMES = MIXER_RATE / 10 };

static float volume_gain(uint32_t thousandths) {
  if (thousandths == 0) return 0;
  float db = ((float)(thousandths < 1000 ? thousandths : 1000) - 1000) / 15;
  return powf(10, db / 20);
}

void mixer_init(mixer *m) {
  memset(m, 0, offsetof(mixer, tap)); // that is read only where it was written
  limiter_init(&m->rt.limiter);
  m->rt.rest_at = WAVE_FRAMES;
  m->rt.guard = 1;
  m->rt.hush = m->rt.steer = 1;
  m->rt.volume = volume_gain(MIXER_QUIET_START);
  m->rt.voice = 1;
  atomic_store(&m->steer, 1);
}

void mixer_attach(mixer *m, wave_page *wave) { atomic_store(&m->wanted, wave); }

bool mixer_plays(mixer *m, const wave_page *wave) {
  return atomic_load(&m->playing) == wave;
}

bool mixer_rests(mixer *m) {
  return atomic_load(&m->wanted) == NULL && atomic_load(&m->playing) == NULL &&
    speech_rests(&m->speech);
}

bool mixer_chime(mixer *m, uint32_t kind, double seconds) {
  if (atomic_load(&m->cue)) return false;
  atomic_store(&m->cue_ms, seconds > 0 && seconds < 60 ? (uint32_t)(seconds * 1000) : 0);
  atomic_store(&m->cue, kind);
  return true;
}

void mixer_skip_chimes(mixer *m) {
  m->rt.page = NULL;
  atomic_store(&m->cue, 0);
}

void mixer_set_page(mixer *m, sound_page *page) { atomic_store(&m->page, page); }

void mixer_end(mixer *m) { atomic_store(&m->ending, true); }

uint32_t mixer_tap(mixer *m, uint32_t *seen, float (*to)[2], uint32_t most) {
  uint32_t written = atomic_load(&m->tap_written), count = written - *seen;
  if (count > MIXER_TAP / 2)
    *seen = written - MIXER_TAP / 2; // the rest may be overwritten
  count = written - *seen;
  if (count > most) count = most;
  for (uint32_t i = 0; i < count; i++)
    memcpy(to[i], m->tap[(*seen + i) % MIXER_TAP], sizeof to[i]);
  *seen += count;
  return count;
}

// ---- Blocks -------------------------------------------------------------------------------

static void change_wave_rt(mixer *m) {
  mixer_rt *rt = &m->rt;
  wave_page *wanted = atomic_load(&m->wanted);
  if (wanted == rt->wave || rt->fade > 0) return;
  rt->wave = wanted;
  rt->answered = rt->gap = false;
  rt->taken = rt->asked = wanted ? atomic_load(&wanted->asked) : 0;
  atomic_store(&m->playing, wanted);
}

// A late block: down from where the sound was, then silence.
static void fill_gap_rt(mixer_rt *rt, float out[2][WAVE_FRAMES]) {
  for (uint32_t c = 0; c < 2; c++) {
    for (uint32_t i = 0; i < WAVE_FRAMES; i++)
      out[c][i] = rt->last[c] * (1 - (float)(i + 1) / WAVE_FRAMES);
    rt->last[c] = 0;
  }
  rt->gap = true;
}

static void take_over_rt(mixer_rt *rt, float out[2][WAVE_FRAMES]) {
  memcpy(out, rt->wave->out[rt->taken % WAVE_SLOTS], sizeof(float) * 2 * WAVE_FRAMES);
  for (uint32_t c = 0; c < 2; c++) {
    for (uint32_t i = 0; i < WAVE_FRAMES; i++) {
      float x = isfinite(out[c][i]) ? fminf(fmaxf(out[c][i], -8), 8) : 0;
      out[c][i] = rt->gap ? x * (float)(i + 1) / WAVE_FRAMES : x;
    }
    rt->last[c] = out[c][WAVE_FRAMES - 1];
  }
  rt->gap = false;
}

static void fetch_rt(mixer_rt *rt, float out[2][WAVE_FRAMES]) {
  memset(out, 0, sizeof(float) * 2 * WAVE_FRAMES);
  if (!rt->wave || rt->taken == rt->asked) {
    if (rt->wave && !rt->gap) fill_gap_rt(rt, out);
    return;
  }
  bool there = (int32_t)(atomic_load(&rt->wave->done) - rt->taken) > 0;
  if (there)
    take_over_rt(rt, out);
  else
    fill_gap_rt(rt, out);
  if (!there && rt->answered) atomic_fetch_add(&rt->wave->late, 1);
  rt->answered |= there;
  rt->taken++;
}

// Asks so far ahead that the next callback finds its blocks made.
static void ask_rt(mixer_rt *rt, uint32_t frames) {
  uint32_t blocks = (frames + WAVE_FRAMES - 1) / WAVE_FRAMES;
  if (frames % WAVE_FRAMES) blocks++;
  if (blocks > ANSWERS_OWED_MOST / 2) blocks = ANSWERS_OWED_MOST / 2;
  if (blocks > rt->lead) rt->lead = blocks;
  if (!rt->wave || rt->asked - rt->taken >= rt->lead) return;
  if (rt->asked - atomic_load(&rt->wave->done) > ANSWERS_OWED_MOST) return;
  rt->asked = rt->taken + rt->lead;
  atomic_store(&rt->wave->asked, rt->asked);
  futex_wake(&rt->wave->asked);
}

// ---- Loudness -------------------------------------------------------------------------------

static float step_to(float from, float to, float step) {
  return from < to ? fminf(from + step, to) : fmaxf(from - step, to);
}

static void tap_rt(mixer *m, uint32_t at, float left, float right) {
  m->tap[at % MIXER_TAP][0] = left;
  m->tap[at % MIXER_TAP][1] = right;
}

static void take_chimes_rt(mixer *m, const sound_page *page) {
  mixer_rt *rt = &m->rt;
  uint32_t wanted = page ? atomic_load(&page->chimes) : rt->chimes_seen;
  if (page != rt->page) rt->chimes_seen = wanted; // they were wanted of one before us
  rt->page = page;
  if (wanted - rt->chimes_seen > CHIMES_WAITING)
    rt->chimes_seen = wanted - CHIMES_WAITING;
  for (; rt->chimes_seen != wanted; rt->chimes_seen++)
    chimes_begin_rt(
      &rt->chimes, atomic_load(&page->chime[rt->chimes_seen % CHIMES_WAITING]), 0);
  uint32_t cue = atomic_load(&m->cue);
  if (!cue) return;
  chimes_begin_rt(&rt->chimes, cue, atomic_load(&m->cue_ms) / 1000.0);
  atomic_store(&m->cue, 0);
}

// The wave as Stop and its coming and going leave it.
static void shape_wave_rt(mixer *m, bool hushed, float out[2][WAVE_FRAMES]) {
  mixer_rt *rt = &m->rt;
  float fade = rt->wave && atomic_load(&m->wanted) == rt->wave ? 1 : 0;
  for (uint32_t i = 0; i < WAVE_FRAMES; i++) {
    rt->fade = step_to(rt->fade, fade, fade_step);
    rt->hush = step_to(rt->hush, hushed ? 0 : 1, hush_step);
    out[0][i] *= rt->fade * rt->hush;
    out[1][i] *= rt->fade * rt->hush;
  }
}

// What the program itself says, above the wave: not while a microphone listens.
static void add_house_rt(mixer *m, bool hushed, float out[2][WAVE_FRAMES]) {
  mixer_rt *rt = &m->rt;
  sound_page *page = atomic_load(&m->page);
  bool ending = atomic_load(&m->ending);
  bool wanted = !ending && !(page && atomic_load(&page->microphone));
  float voice = volume_gain(page ? atomic_load(&page->voice_volume) : 1000);
  for (uint32_t i = 0; i < WAVE_FRAMES; i++)
    rt->levels[i] = rt->voice += (voice - rt->voice) * follow;
  take_chimes_rt(m, page);
  chimes_add_rt(&rt->chimes, wanted, out[0], out[1], WAVE_FRAMES);
  const speech_way way = {.hushed = hushed, .wanted = wanted, .gain = rt->levels};
  speech_add_rt(&m->speech, &way, out[0], out[1], WAVE_FRAMES);
}

static float power_of(float samples[WAVE_FRAMES]) {
  float sum = 0;
  for (uint32_t i = 0; i < WAVE_FRAMES; i++) sum += samples[i] * samples[i];
  return sum / WAVE_FRAMES;
}

// The meter listens to seconds. Until it has, nothing startles: what is far louder than music
// is turned down within some 10 ms and comes back slowly.
static void guard_rt(mixer_rt *rt, float out[2][WAVE_FRAMES]) {
  const float now = fmaxf(power_of(out[0]), power_of(out[1]));
  rt->power += (now - rt->power) * (now > rt->power ? guard_up : guard_down);
  const float to =
    rt->power > guard_most * guard_most ? guard_most / sqrtf(rt->power) : 1;
  const float step = (to - rt->guard) / WAVE_FRAMES;
  for (uint32_t i = 0; i < WAVE_FRAMES; i++) {
    rt->guard += step;
    out[0][i] *= rt->guard;
    out[1][i] *= rt->guard;
  }
}

static void shape_rt(mixer *m, float out[2][WAVE_FRAMES]) {
  mixer_rt *rt = &m->rt;
  sound_page *page = atomic_load(&m->page);
  bool hushed = atomic_load(&m->ending) || (page && atomic_load(&page->hush));
  float volume = volume_gain(page ? atomic_load(&page->volume) : MIXER_QUIET_START);
  float steer = fminf(fmaxf(atomic_load(&m->steer), 0), 1);
  uint32_t tap = atomic_load_explicit(&m->tap_written, memory_order_relaxed);
  shape_wave_rt(m, hushed, out);
  add_house_rt(m, hushed, out);
  for (uint32_t i = 0; i < WAVE_FRAMES; i++) {
    rt->volume += (volume - rt->volume) * follow;
    rt->steer += (steer - rt->steer) * follow;
    tap_rt(m, tap + i, out[0][i] * rt->volume, out[1][i] * rt->volume);
    out[0][i] *= rt->volume * rt->steer;
    out[1][i] *= rt->volume * rt->steer;
  }
  atomic_store(&m->tap_written, tap + WAVE_FRAMES);
  guard_rt(rt, out);
  limiter_run_rt(&rt->limiter, out[0], out[1], WAVE_FRAMES);
}

static void meter_rt(mixer *m, float out[2][WAVE_FRAMES]) {
  mixer_rt *rt = &m->rt;
  for (uint32_t c = 0; c < 2; c++)
    for (uint32_t i = 0; i < WAVE_FRAMES; i++)
      rt->peak = fmaxf(rt->peak, fabsf(out[c][i]));
  rt->peak_frames += WAVE_FRAMES;
  if (rt->peak_frames < PEAK_FRAMES) return;
  sound_page *page = atomic_load(&m->page);
  if (page) atomic_store(&page->peak, (uint32_t)(fminf(rt->peak, 1) * 1000));
  rt->peak = 0;
  rt->peak_frames = 0;
}

void mixer_run_rt(mixer *m, float *out, uint32_t frames) {
  mixer_rt *rt = &m->rt;
  for (uint32_t i = 0; i < frames; i++) {
    if (rt->rest_at == WAVE_FRAMES) {
      change_wave_rt(m);
      fetch_rt(rt, rt->rest);
      shape_rt(m, rt->rest);
      meter_rt(m, rt->rest);
      rt->rest_at = 0;
    }
    out[2 * i] = rt->rest[0][rt->rest_at];
    out[2 * i + 1] = rt->rest[1][rt->rest_at++];
  }
  ask_rt(rt, frames);
  atomic_fetch_add(&m->frames, frames);
}
