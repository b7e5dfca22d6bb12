// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base media
// Reading any bytes as OpenRaster; what is read is written and read again to the same sheets.
#include "core/media/open_raster.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static bool small(const open_raster *o) {
  size_t pixels = (size_t)o->width * o->height;
  for (uint32_t i = 0; i < o->count; i++)
    pixels += (size_t)o->sheets[i].pixels.width * o->sheets[i].pixels.height;
  return pixels < 1 << 14;
}

static void there_and_back(open_raster *o) {
  static open_raster again;
  o->whole = (picture){.width = o->width, .height = o->height};
  o->whole.rgba = calloc((size_t)o->width * o->height, 4);
  const size_t room = open_raster_room(o);
  uint8_t *file = malloc(room);
  size_t written = 0;
  if (!o->whole.rgba || !file || open_raster_write(o, file, room, &written) != OK)
    abort();
  if (open_raster_read(&again, file, written) != OK || again.count != o->count) abort();
  for (uint32_t i = 0; i < o->count; i++) {
    const picture *a = &o->sheets[i].pixels, *b = &again.sheets[i].pixels;
    if (a->width != b->width || a->height != b->height) abort();
    if (memcmp(a->rgba, b->rgba, (size_t)a->width * a->height * 4) != 0) abort();
  }
  open_raster_finish(&again);
  free(file);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  static open_raster o;
  if (open_raster_read(&o, bytes, size) != OK) return 0;
  if (small(&o)) {
    picture flat;
    if (open_raster_flatten(&o, &flat) == OK) picture_finish(&flat);
    there_and_back(&o);
  }
  open_raster_finish(&o);
  return 0;
}
