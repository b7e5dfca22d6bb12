// SPDX-License-Identifier: GPL-3.0-or-later
// OpenRaster: a picture with all its sheets, as MyPaint, Krita and GIMP open it. A zip archive
// with one PNG for each sheet, a list of them in XML, the picture as a whole and a small one.
// Layout and names as in the OpenRaster specification, version 0.0.5. Linked by the player
// alone. Any thread.
#ifndef GESTO_MEDIA_OPEN_RASTER_H
#define GESTO_MEDIA_OPEN_RASTER_H

#include "core/media/picture.h"

#include <stdbool.h>

enum { RASTER_SHEETS_MAX = 64, RASTER_NAME_MAX = 128 };

typedef struct raster_sheet {
  char name[RASTER_NAME_MAX]; // UTF-8
  picture pixels;             // no rgba: there is nothing on it
  int32_t x, y;               // of its top left, in pixels of the whole
  float opacity;              // 0..1
  bool hidden;
  bool selected; // it is the one that is worked on
  bool blends;   // read: it, or its group, does more to those below than lie on them
} raster_sheet;

typedef struct open_raster {
  uint32_t width, height;
  raster_sheet sheets[RASTER_SHEETS_MAX]; // lowest first
  uint32_t count;
  picture whole; // all that is seen, for programs that know no sheets; not read
} open_raster;

// How much room open_raster_write may need.
size_t open_raster_room(const open_raster *o);
// Nothing that identifies a person is written: no time, no author, no title. The same sheets
// give the same bytes. NO_SPACE; TOO_LARGE.
MUST_USE result open_raster_write(
  const open_raster *o, void *to, size_t room, size_t *size);
// Groups of sheets come as their sheets; ways of blending other than plain ones come as plain,
// and `blends` says of which.
// BAD_DATA: damaged, or not OpenRaster. TOO_LARGE: more sheets, pixels or bytes than the
// limits. Nothing outside `bytes` is looked at, whatever names they hold.
MUST_USE result open_raster_read(open_raster *o, const void *bytes, size_t size);
// What is seen of it, all sheets over each other on nothing. The caller finishes *p. NO_MEMORY.
MUST_USE result open_raster_flatten(const open_raster *o, picture *p);
void open_raster_finish(open_raster *o); // takes a zeroed one

#endif
