// SPDX-License-Identifier: GPL-3.0-or-later
// What counts as a flash at one place of a picture, as WCAG 2.2 puts it in 2.3.1: opposing
// changes of relative luminance by a tenth or more whose darker side lies below 0.80, and
// opposing changes of a saturated red. A flash is two opposing changes. Pure; any thread.
#ifndef GESTO_LIGHT_FLASH_COUNT_H
#define GESTO_LIGHT_FLASH_COUNT_H

#include <stdbool.h>
#include <stdint.h>

enum { FLASH_GENERAL, FLASH_RED, FLASH_KINDS };
enum { FLASH_SAMPLES = 4 };
// Opposing changes within a second that a place may show. One more would be its third flash.
enum { FLASH_CHANGES = 5, FLASH_WINDOW_MS = 1000 };

typedef struct flash_scale {
  uint16_t linear[256]; // an sRGB byte as light, 65535 = 1.0
} flash_scale;

typedef struct flash_light {   // 65535 = 1.0
  uint16_t value[FLASH_KINDS]; // relative luminance; R - G - B, at least 0
  bool pure;                   // R / (R + G + B) >= 0.8
} flash_light;

typedef struct flash_place {
  uint16_t turn[FLASH_KINDS]; // farthest value since the last opposing change
  int8_t way[FLASH_KINDS];    // 1: the last change went up, -1: down, 0: none yet
  bool pure;                  // of turn[FLASH_RED]
} flash_place;

typedef struct flash_times { // zeroed: none
  uint32_t ms[FLASH_CHANGES + 1];
  uint8_t next, count;
} flash_times;

void flash_scale_init(flash_scale *s);
// The light of pixels (XRGB32) that stand for one place together.
flash_light flash_light_of(const flash_scale *s, const uint32_t pixels[FLASH_SAMPLES]);
// Whether two lights differ by as much as a change needs.
bool flash_differs(const uint16_t a[FLASH_KINDS], const uint16_t b[FLASH_KINDS]);

flash_place flash_place_at(flash_light first);
// 1 or -1 if showing `now` would be an opposing change of this kind, else 0.
int flash_place_change(const flash_place *p, int kind, flash_light now);
void flash_place_show(flash_place *p, flash_light now);

void flash_times_add(flash_times *t, uint32_t now_ms);
// There were so many (1 to FLASH_CHANGES + 1) within the last second.
bool flash_times_made(const flash_times *t, uint32_t now_ms, uint32_t changes);
// No further change is allowed now.
bool flash_times_full(const flash_times *t, uint32_t now_ms);
// There were more than are allowed: the place was let through as part of a small area.
bool flash_times_over(const flash_times *t, uint32_t now_ms);

#endif
