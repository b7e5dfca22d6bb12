// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sound/speech.h"

#include <fcntl.h>
#include <math.h>

enum { RATE = 48000 };
static const float fade_step = 1.0f / 960;  // cut off in 20 ms
static const float hush_step = 1.0f / 9600; // Stop: 200 ms, as the wave

// ---- [main] ------------------------------------------------------------------------------

static bool sealed(int fd) {
  const int all = F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW;
  int seals = fcntl(fd, F_GET_SEALS);
  return seals >= 0 && (seals & all) == all;
}

static void drop_waiting(speech *s) {
  for (uint32_t i = 0; i < s->waiting_count; i++) memory_map_close(&s->waiting[i].map);
  s->waiting_count = 0;
}

void speech_quiet(speech *s) {
  drop_waiting(s);
  atomic_store(&s->wanted, NULL);
}

result speech_give(speech *s, int fd, uint64_t frames, bool now) {
  clip c = {.frames = frames};
  if (frames == 0 || frames > (uint64_t)SPEECH_SECONDS * RATE || !sealed(fd))
    return BAD_DATA;
  if (now) speech_quiet(s);
  if (s->waiting_count == SPEECH_WAITING) return NO_SPACE;
  result done = memory_map_open(&c.map, fd, false, (size_t)frames * sizeof(int16_t));
  if (done == OK) s->waiting[s->waiting_count++] = c;
  return done;
}

static void begin_next(speech *s) {
  s->clip = s->waiting[0];
  s->waiting_count--;
  for (uint32_t i = 0; i < s->waiting_count; i++) s->waiting[i] = s->waiting[i + 1];
  atomic_store(&s->over, false);
  atomic_store(&s->wanted, &s->clip);
}

// The device says what it plays before it looks whether that is still wanted, and what is
// not wanted is let go only when it says that it plays nothing: so none is in use then.
bool speech_turn(speech *s) {
  bool ended = false;
  if (s->clip.map.bytes && atomic_load(&s->over)) atomic_store(&s->wanted, NULL);
  if (atomic_load(&s->wanted) || atomic_load(&s->playing)) return false;
  if (s->clip.map.bytes) {
    memory_map_close(&s->clip.map);
    ended = true;
  }
  if (s->waiting_count) begin_next(s);
  return ended;
}

bool speech_rests(speech *s) {
  return !atomic_load(&s->wanted) && !atomic_load(&s->playing);
}

// ---- [device] ------------------------------------------------------------------------------

static void take_next(speech *s) {
  const clip *wanted = atomic_load(&s->wanted);
  if (!wanted) return;
  atomic_store(&s->playing, wanted);
  if (atomic_load(&s->wanted) != wanted) {
    atomic_store(&s->playing, NULL);
    return;
  }
  s->rt.now = wanted;
  s->rt.at = 0;
  s->rt.fade = 0;
  s->rt.hush = 1;
  s->rt.cut = false;
}

static void let_go(speech *s) {
  s->rt.now = NULL;
  atomic_store(&s->playing, NULL);
}

static float step_to(float from, float to, float step) {
  return from < to ? fminf(from + step, to) : fmaxf(from - step, to);
}

static float sample(speech *s, bool stays) {
  const int16_t *samples = s->rt.now->map.bytes;
  s->rt.fade = step_to(s->rt.fade, stays ? 1 : 0, fade_step);
  s->rt.hush = step_to(s->rt.hush, s->rt.cut ? 0 : 1, hush_step);
  return (float)samples[s->rt.at++] / 32768 * s->rt.fade * s->rt.hush;
}

void speech_add_rt(
  speech *s, const speech_way *way, float *left, float *right, uint32_t frames) {
  if (way->hushed && !s->rt.hushed) s->rt.cut = true;
  s->rt.hushed = way->hushed;
  if (!s->rt.now) take_next(s);
  if (!s->rt.now) return;
  bool stays = way->wanted && atomic_load(&s->wanted) == s->rt.now;
  for (uint32_t i = 0; i < frames && s->rt.at < s->rt.now->frames; i++) {
    float x = sample(s, stays) * way->gain[i];
    left[i] += x;
    right[i] += x;
  }
  bool silent = (!stays && s->rt.fade <= 0) || (s->rt.cut && s->rt.hush <= 0);
  if (silent) s->rt.at = s->rt.now->frames;
  if (s->rt.at < s->rt.now->frames) return;
  atomic_store(&s->over, true);
  if (atomic_load(&s->wanted) != s->rt.now) let_go(s);
}
