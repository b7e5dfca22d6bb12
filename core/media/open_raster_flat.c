// SPDX-License-Identifier: GPL-3.0-or-later
// All sheets of an OpenRaster as one picture.
#include "core/media/open_raster.h"

#include <stdlib.h>

// Straight alpha over straight alpha (Porter and Duff, "over"); `strength` 0..255.
static void lay_over(uint8_t *below, const uint8_t *above, uint32_t strength) {
  const uint32_t a = above[3] * strength; // of 255 * 255
  const uint32_t b = below[3] * (255 * 255 - a) / 255;
  const uint32_t both = a + b;
  if (a == 0) return;
  for (int k = 0; k < 3; k++)
    below[k] =
      (uint8_t)(((uint64_t)above[k] * a + (uint64_t)below[k] * b + both / 2) / both);
  below[3] = (uint8_t)((both + 127) / 255);
}

typedef struct span {
  int64_t from, to;
} span;

static span within(int64_t at, uint32_t length, uint32_t whole) {
  const int64_t end = at + length;
  return (span){.from = at > 0 ? at : 0, .to = end < whole ? end : whole};
}

static void lay_sheet(picture *on, const raster_sheet *s) {
  const picture *p = &s->pixels;
  const uint32_t strength = (uint32_t)(s->opacity * 255 + 0.5f);
  if (s->hidden || !p->rgba || strength == 0) return;
  const span across = within(s->x, p->width, on->width);
  const span down = within(s->y, p->height, on->height);
  for (int64_t y = down.from; y < down.to; y++) {
    for (int64_t x = across.from; x < across.to; x++) {
      const size_t from = (size_t)(y - s->y) * p->width + (size_t)(x - s->x);
      const size_t to = (size_t)y * on->width + (size_t)x;
      lay_over(on->rgba + to * 4, p->rgba + from * 4, strength);
    }
  }
}

result open_raster_flatten(const open_raster *o, picture *p) {
  *p = (picture){.width = o->width, .height = o->height};
  p->rgba = calloc((size_t)o->width * o->height, 4);
  if (!p->rgba) return NO_MEMORY;
  for (uint32_t i = 0; i < o->count; i++) lay_sheet(p, &o->sheets[i]);
  return OK;
}
