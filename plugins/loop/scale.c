// SPDX-License-Identifier: GPL-3.0-or-later
#include "scale.h"

#include <math.h>

enum { LOWEST = 40 }; // the key's own note lies at this MIDI number or up to 11 above

static const uint8_t steps[SCALE_COUNT][SCALE_NOTES] = {
  {0, 3, 5, 7, 10}, // gentle: minor
  {0, 2, 4, 7, 9},  // bright: major
  {0, 2, 5, 7, 10}, // open: neither
  {0, 2, 3, 7, 8},  // night: two half steps
};
static const char *const names[KEY_COUNT] = {
  "C", "C sharp", "D", "E flat", "E", "F", "F sharp", "G", "A flat", "A", "B flat", "B"};
static const char *const signs[KEY_COUNT] = {
  "C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B"};

static uint32_t base_note(const scale *s) {
  return LOWEST + (s->key + KEY_COUNT - LOWEST % KEY_COUNT) % KEY_COUNT;
}

float scale_pitch(const scale *s, uint32_t pad) {
  uint32_t octaves = pad / SCALE_NOTES, step = steps[s->kind][pad % SCALE_NOTES];
  return (float)(base_note(s) + 12 * octaves + step);
}

static uint32_t name_index(const scale *s, uint32_t pad) {
  return (s->key + steps[s->kind][pad % SCALE_NOTES]) % KEY_COUNT;
}

const char *scale_note_name(const scale *s, uint32_t pad) {
  return names[name_index(s, pad)];
}
const char *scale_note_sign(const scale *s, uint32_t pad) {
  return signs[name_index(s, pad)];
}

float scale_nearest(const scale *s, float pitch) {
  float best = scale_pitch(s, 0);
  for (uint32_t pad = 1; pad < PAD_COUNT; pad++)
    if (fabsf(scale_pitch(s, pad) - pitch) < fabsf(best - pitch))
      best = scale_pitch(s, pad);
  return best;
}

bool scale_holds(const scale *s, float pitch) {
  float nearest = scale_nearest(s, pitch);
  return nearest == pitch;
}
