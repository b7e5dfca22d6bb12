// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/studio/tile_patch.h"

#include <string.h>

enum { PATCH_CLEAR = 0, PATCH_OTHERS = 1 };

static const uint16_t *pixels_of(const tile *t) {
  return t == NULL ? tile_clear_pixels() : t->rgba;
}

static bool is_same(const uint16_t *a, const uint16_t *b, uint32_t at) {
  return memcmp(a + 4 * (size_t)at, b + 4 * (size_t)at, TILE_PIXEL_BYTES) == 0;
}

// How many pixels from `at` on are the same in both, or are not.
static uint32_t run_of(bool same, const uint16_t *a, const uint16_t *b, uint32_t at) {
  uint32_t n = 0;
  while (at + n < TILE_PIXELS && is_same(a, b, at + n) == same) n++;
  return n;
}

// What a colour of a pixel is likely to be: as much of its alpha as the pixel before it has of
// its own; alpha itself is likely to stay.
static uint16_t likely(const uint16_t *before, const uint16_t *pixel, uint32_t colour) {
  const uint32_t alpha = before[3];
  if (colour == 3) return before[3];
  return alpha == 0
    ? 0
    : (uint16_t)(((uint32_t)before[colour] * pixel[3] + alpha / 2) / alpha);
}

// ---- Putting ---------------------------------------------------------------------------

// Each number as what it differs from what was likely, all low bytes of a colour together and
// then all high ones: so they pack well.
static void put_planes(code_out *to, const uint16_t *rgba, uint32_t n) {
  static const uint16_t none[4] = {0};
  uint8_t planes[TILE_PIXELS * TILE_PIXEL_BYTES];
  uint8_t *low = planes, *high = planes + (size_t)4 * n;
  for (uint32_t i = 0; i < n; i++) {
    const uint16_t *pixel = rgba + 4 * (size_t)i, *before = i > 0 ? pixel - 4 : none;
    for (uint32_t colour = 0; colour < 4; colour++) {
      const uint16_t v = (uint16_t)(pixel[colour] - likely(before, pixel, colour));
      low[colour * n + i] = (uint8_t)v;
      high[colour * n + i] = (uint8_t)(v >> 8);
    }
  }
  code_put(to, planes, (size_t)n * TILE_PIXEL_BYTES);
}

static void put_others(code_out *to, const uint16_t *a, const uint16_t *b) {
  uint16_t changed[TILE_PIXELS * 4];
  uint32_t count = 0;
  for (uint32_t at = 0; at < TILE_PIXELS;) {
    const uint32_t same = run_of(true, a, b, at), others = run_of(false, a, b, at + same);
    code_put_u16(to, (uint16_t)same);
    code_put_u16(to, (uint16_t)others);
    memcpy(changed + 4 * (size_t)count, b + 4 * (size_t)(at + same),
      (size_t)others * TILE_PIXEL_BYTES);
    count += others;
    at += same + others;
  }
  put_planes(to, changed, count);
}

void tile_patch_put(code_out *to, const tile *base, const tile *t) {
  const uint8_t kind = tile_is_clear(t) ? PATCH_CLEAR : PATCH_OTHERS;
  code_put(to, &kind, 1);
  if (kind == PATCH_OTHERS) put_others(to, pixels_of(base), pixels_of(t));
}

// ---- Getting ---------------------------------------------------------------------------

// A run of pixels that are others than those of the base.
typedef struct patch_run {
  uint16_t at, count;
} patch_run;

// Returns how many pixels are others, in how many runs.
static uint32_t get_heads(code_in *from, patch_run runs[TILE_PIXELS], uint32_t *count) {
  uint32_t changed = 0;
  *count = 0;
  for (uint32_t at = 0; at < TILE_PIXELS && from->trouble == OK;) {
    const uint32_t same = code_get_u16(from), others = code_get_u16(from),
                   left = TILE_PIXELS - at;
    if (same + others == 0 || same > left || others > left - same)
      code_refuse(from, BAD_DATA);
    if (from->trouble != OK) return 0;
    runs[(*count)++] = (patch_run){(uint16_t)(at + same), (uint16_t)others};
    changed += others;
    at += same + others;
  }
  return changed;
}

// Alpha comes first, as the colours go by it.
static void get_planes(code_in *from, uint16_t *rgba, uint32_t n) {
  static const uint16_t none[4] = {0};
  uint8_t planes[TILE_PIXELS * TILE_PIXEL_BYTES];
  const uint8_t *low = planes, *high = planes + (size_t)4 * n;
  code_get(from, planes, (size_t)n * TILE_PIXEL_BYTES);
  for (uint32_t i = 0; i < n; i++) {
    uint16_t *pixel = rgba + 4 * (size_t)i;
    const uint16_t *before = i > 0 ? pixel - 4 : none;
    for (uint32_t k = 4; k-- > 0;) {
      const uint32_t v = low[k * n + i] | (uint32_t)high[k * n + i] << 8;
      pixel[k] = (uint16_t)(v + likely(before, pixel, k));
    }
  }
}

static void get_others(code_in *from, uint16_t *rgba) {
  patch_run runs[TILE_PIXELS];
  uint16_t changed[TILE_PIXELS * 4];
  uint32_t count = 0;
  const uint32_t n = get_heads(from, runs, &count);
  get_planes(from, changed, n);
  if (from->trouble != OK) return;
  if (!tile_holds(changed, n)) code_refuse(from, BAD_DATA);
  const uint16_t *next = changed;
  for (uint32_t i = 0; i < count; next += 4 * (size_t)runs[i++].count)
    memcpy(rgba + 4 * (size_t)runs[i].at, next, (size_t)runs[i].count * TILE_PIXEL_BYTES);
}

tile *tile_patch_get(code_in *from, const tile *base) {
  uint8_t kind = PATCH_CLEAR;
  code_get(from, &kind, 1);
  if (kind > PATCH_OTHERS) code_refuse(from, BAD_DATA);
  if (from->trouble != OK || kind == PATCH_CLEAR) return NULL;
  tile *t = tile_copy(base);
  if (t == NULL) {
    code_refuse(from, NO_MEMORY);
    return NULL;
  }
  get_others(from, t->rgba);
  if (from->trouble == OK) return t;
  tile_release(t);
  return NULL;
}
