// SPDX-License-Identifier: GPL-3.0-or-later
// Light safety of one area of a window: between the picture that an exercise wants and the
// one that shows. On a grid of 32 x 32 cells with 16 places in each it counts what shows.
// Where about a quarter of a field (flash_field.h) or more would flash a third time within a
// second, those cells keep their picture and, once what is wanted there has come to rest, are
// eased over to it within 500 ms. Less than that is never delayed. Only cells that changed
// are looked at. It has no clock and no window; the same calls give the same pixels.
#ifndef GESTO_LIGHT_FLASH_GUARD_H
#define GESTO_LIGHT_FLASH_GUARD_H

#include "core/base/protocol.h"

#include <stdbool.h>
#include <stdint.h>

enum { FLASH_EASE_US = 500000 };

typedef struct flash_guard flash_guard;

typedef struct flash_picture { // XRGB32, rows of `stride` pixels; both of the same size
  const uint32_t *wanted;
  uint32_t *shown;
  uint32_t width, height, stride;
  bool anew; // `shown` holds no picture yet, so that there is none to keep: only counts
} flash_picture;

flash_guard *flash_guard_create(void); // NULL: no memory
void flash_guard_destroy(flash_guard *g);
// How large a field is in pixels: a third of the window's width and height, of which the
// picture is a part. Until then, or 0: a third of the picture, which is stricter.
void flash_guard_set_field(flash_guard *g, uint32_t width, uint32_t height);
// Brings what changed in `rects` (inside the picture) to `shown` and goes on easing. Returns
// the part that changed beyond `rects`, because it is eased (w 0: none). What was counted
// stays if the size is another than before. `now_us` never goes back.
page_rect flash_guard_pass(flash_guard *g, const flash_picture *p, const page_rect *rects,
  uint32_t count, uint64_t now_us);
// Some part is eased: a pass is wanted each frame, with or without a new picture.
bool flash_guard_eases(const flash_guard *g);
// The same, and a frame's time has passed since it last went on.
bool flash_guard_due(const flash_guard *g, uint64_t now_us);
// How often more of some field than may flash has changed within the last second, up to the
// FLASH_CHANGES of flash_count.h, as which one that is eased counts: whoever moves the whole
// picture had better wait then than be held.
uint32_t flash_guard_changes(flash_guard *g, uint64_t now_us);
// How often easing began where none was under way.
uint32_t flash_guard_times(const flash_guard *g);

#endif
