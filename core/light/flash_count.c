// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/light/flash_count.h"

#include <math.h>
#include <stdlib.h>

enum {
  ONE = 65535,
  GENERAL_CHANGE = 6553,     // a tenth
  GENERAL_DARKER = 52428,    // 0.80
  RED_CHANGE = ONE / 16 + 1, // (R - G - B) * 320 > 20
};

void flash_scale_init(flash_scale *s) {
  for (int i = 0; i < 256; i++) {
    const double c = i / 255.0;
    const double light = c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
    s->linear[i] = (uint16_t)lround(light * ONE);
  }
}

flash_light flash_light_of(const flash_scale *s, const uint32_t pixels[FLASH_SAMPLES]) {
  uint32_t r = 0;
  uint32_t g = 0;
  uint32_t b = 0;
  for (int i = 0; i < FLASH_SAMPLES; i++) {
    r += s->linear[pixels[i] >> 16 & 255];
    g += s->linear[pixels[i] >> 8 & 255];
    b += s->linear[pixels[i] & 255];
  }
  r /= FLASH_SAMPLES;
  g /= FLASH_SAMPLES;
  b /= FLASH_SAMPLES;
  // 0.2126, 0.7152 and 0.0722 of 65536.
  const uint32_t luminance = (13933 * r + 46871 * g + 4732 * b) >> 16;
  return (flash_light){
    .value = {(uint16_t)luminance, (uint16_t)(r > g + b ? r - g - b : 0)},
    .pure = r > 0 && 5 * r >= 4 * (r + g + b)};
}

bool flash_differs(const uint16_t a[FLASH_KINDS], const uint16_t b[FLASH_KINDS]) {
  return abs(a[FLASH_GENERAL] - b[FLASH_GENERAL]) >= GENERAL_CHANGE ||
    abs(a[FLASH_RED] - b[FLASH_RED]) >= RED_CHANGE;
}

flash_place flash_place_at(flash_light first) {
  return (flash_place){
    .turn = {first.value[FLASH_GENERAL], first.value[FLASH_RED]}, .pure = first.pure};
}

static bool counts(const flash_place *p, int kind, flash_light now) {
  const int from = p->turn[kind];
  const int to = now.value[kind];
  if (kind == FLASH_RED) return abs(to - from) >= RED_CHANGE && (p->pure || now.pure);
  return abs(to - from) >= GENERAL_CHANGE && (from < to ? from : to) < GENERAL_DARKER;
}

int flash_place_change(const flash_place *p, int kind, flash_light now) {
  const int way = now.value[kind] > p->turn[kind] ? 1 : -1;
  return way != p->way[kind] && counts(p, kind, now) ? way : 0;
}

void flash_place_show(flash_place *p, flash_light now) {
  for (int kind = 0; kind < FLASH_KINDS; kind++) {
    const int change = flash_place_change(p, kind, now);
    const int farther = (now.value[kind] - p->turn[kind]) * p->way[kind];
    if (change) p->way[kind] = (int8_t)change;
    if (!change && farther <= 0) continue;
    p->turn[kind] = now.value[kind];
    if (kind == FLASH_RED) p->pure = now.pure;
  }
}

void flash_times_add(flash_times *t, uint32_t now_ms) {
  t->ms[t->next] = now_ms;
  t->next = (uint8_t)((t->next + 1) % (FLASH_CHANGES + 1));
  if (t->count <= FLASH_CHANGES) t->count++;
}

bool flash_times_made(const flash_times *t, uint32_t now_ms, uint32_t changes) {
  if (t->count < changes) return false;
  const uint32_t at = (t->next + FLASH_CHANGES + 1 - changes) % (FLASH_CHANGES + 1);
  return now_ms - t->ms[at] <= FLASH_WINDOW_MS;
}

bool flash_times_full(const flash_times *t, uint32_t now_ms) {
  return flash_times_made(t, now_ms, FLASH_CHANGES);
}

bool flash_times_over(const flash_times *t, uint32_t now_ms) {
  return flash_times_made(t, now_ms, FLASH_CHANGES + 1);
}
