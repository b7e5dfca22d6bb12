// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ui/access.h"

#include <stddef.h>

enum { LEAST_MS = 600, MOST_ITEM_MS = 6000, MOST_DWELL_MS = 3000, STEP_MS = 200 };

static const uint32_t targets[] = {64, 80, 96, 128};
static const uint32_t texts[] = {100, 115, 130, 150, 175, 200};
static const uint32_t shortest[] = {0, 80, 200, 400};
static const uint32_t voices[] = {70, 85, 100, 115, 130, 150};

enum { TARGETS = 4, TEXTS = 6, SHORTEST = 4, VOICES = 6 };

access_settings access_defaults(void) {
  return (access_settings){.item_ms = 1800,
    .groups_first = true,
    .switches = {{SWITCH_KEY, 44}, {SWITCH_KEY, 40}}, // SDL_SCANCODE_SPACE, …_RETURN
    .target = 64,
    .text_percent = 100,
    .voice_percent = 100,
    .volume = 700};
}

static uint32_t apart(uint32_t a, uint32_t b) { return a > b ? a - b : b - a; }

static size_t nearest(const uint32_t *list, size_t count, uint32_t value) {
  size_t best = 0;
  for (size_t i = 1; i < count; i++)
    if (apart(list[i], value) < apart(list[best], value)) best = i;
  return best;
}

static uint32_t between(uint32_t value, uint32_t low, uint32_t high) {
  if (value < low) return low;
  return value > high ? high : value;
}

static uint32_t dwell_within(uint32_t ms) {
  return ms < LEAST_MS / 2 ? 0 : between(ms, LEAST_MS, MOST_DWELL_MS);
}

void access_keep_within(access_settings *a) {
  if (a->scanning > SCANNING_TWO_SWITCHES) a->scanning = SCANNING_OFF;
  if (a->pace > PACE_STEP) a->pace = PACE_AUTO;
  if (a->steady > STEADY_STRONG) a->steady = STEADY_OFF;
  if (a->theme >= THEME_COUNT) a->theme = THEME_PAPER;
  for (int i = 0; i < ACCESS_SWITCHES; i++)
    if (a->switches[i].kind > SWITCH_NOTE) a->switches[i] = (access_switch){0};
  a->item_ms = between(a->item_ms, LEAST_MS, MOST_ITEM_MS);
  a->dwell_ms = dwell_within(a->dwell_ms);
  a->target = targets[nearest(targets, TARGETS, a->target)];
  a->text_percent = texts[nearest(texts, TEXTS, a->text_percent)];
  a->shortest_ms = shortest[nearest(shortest, SHORTEST, a->shortest_ms)];
  a->voice_percent = voices[nearest(voices, VOICES, a->voice_percent)];
  a->volume = between(a->volume, 0, 1000);
}

static uint32_t next_of(const uint32_t *list, size_t count, uint32_t value, int step) {
  const size_t at = nearest(list, count, value);
  if (step < 0) return list[at > 0 ? at - 1 : 0];
  return list[at + 1 < count ? at + 1 : count - 1];
}

uint32_t access_next_voice(uint32_t value, int step) {
  return next_of(voices, VOICES, value, step);
}

uint32_t access_next_target(uint32_t value, int step) {
  return next_of(targets, TARGETS, value, step);
}

uint32_t access_next_text(uint32_t value, int step) {
  return next_of(texts, TEXTS, value, step);
}

uint32_t access_next_shortest(uint32_t value, int step) {
  return next_of(shortest, SHORTEST, value, step);
}

uint32_t access_next_item(uint32_t value, int step) {
  if (step < 0) return between(value, LEAST_MS + STEP_MS, MOST_ITEM_MS) - STEP_MS;
  return between(value, 0, MOST_ITEM_MS - STEP_MS) + STEP_MS;
}

uint32_t access_next_dwell(uint32_t value, int step) {
  if (step < 0) return value <= LEAST_MS ? 0 : dwell_within(value - STEP_MS);
  return value < LEAST_MS ? LEAST_MS : dwell_within(value + STEP_MS);
}
