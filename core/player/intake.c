// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/intake.h"

#include "core/base/memory_map.h"
#include "core/base/protocol.h"
#include "core/media/open_raster.h"
#include "core/media/photo.h"
#include "core/player/say.h"
#include "core/player/surface.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAMES = 256 };

typedef struct foreign {
  const void *bytes;
  size_t size;
  char blended[NAMES]; // names of sheets that may look different here: "Glow", "Shade"
} foreign;

static bool begins_with(const foreign *f, const char *mark, size_t size) {
  return f->size >= size && memcmp(f->bytes, mark, size) == 0;
}

// As many as there is room for.
static void name_blended(const open_raster *o, foreign *f) {
  size_t used = 0;
  for (uint32_t i = 0; i < o->count; i++) {
    const raster_sheet *s = &o->sheets[i];
    if (!s->blends || s->hidden || !(s->opacity > 0)) continue;
    const int n = snprintf(f->blended + used, NAMES - used, "%s\"%s\"", used ? ", " : "",
      s->name[0] ? s->name : "?");
    if (n < 0 || (size_t)n >= NAMES - used) {
      f->blended[used] = 0;
      return;
    }
    used += (size_t)n;
  }
}

static result read_open_raster(picture *p, foreign *f) {
  open_raster *o = malloc(sizeof *o);
  if (!o) return NO_MEMORY;
  result r = open_raster_read(o, f->bytes, f->size);
  if (r == OK) r = open_raster_flatten(o, p);
  if (r == OK) name_blended(o, f);
  open_raster_finish(o);
  free(o);
  return r;
}

static result read_any(picture *p, foreign *f, uint32_t longest) {
  if (begins_with(f, "\x89PNG", 4)) return picture_read_png(p, f->bytes, f->size);
  if (begins_with(f, "\xFF\xD8\xFF", 3))
    return photo_read_jpeg(p, f->bytes, f->size, longest);
  if (begins_with(f, "PK\3\4", 4)) return read_open_raster(p, f);
  return NOT_FOUND;
}

static uint8_t straight(uint32_t colour, uint32_t alpha) {
  return alpha ? (uint8_t)((colour * 255 + alpha / 2) / alpha) : 0;
}

static void take_pixels(cairo_surface_t *from, picture *p) {
  const unsigned char *rows = cairo_image_surface_get_data(from);
  const size_t stride = (size_t)cairo_image_surface_get_stride(from);
  uint8_t *to = p->rgba;
  for (uint32_t y = 0; y < p->height; y++) {
    const uint32_t *row = (const uint32_t *)(const void *)(rows + y * stride);
    for (uint32_t x = 0; x < p->width; x++, to += 4) {
      to[3] = (uint8_t)(row[x] >> 24);
      for (int k = 0; k < 3; k++) to[k] = straight(row[x] >> (16 - 8 * k) & 255, to[3]);
    }
  }
}

static uint32_t scaled(uint32_t side, uint32_t longest, uint32_t most) {
  const uint32_t n = (uint32_t)lround((double)side * most / longest);
  return n > 0 ? n : 1;
}

static result shrink(picture *p, uint32_t most) {
  const uint32_t longest = p->width > p->height ? p->width : p->height;
  if (longest <= most) return OK;
  picture small = {
    .width = scaled(p->width, longest, most), .height = scaled(p->height, longest, most)};
  small.rgba = malloc((size_t)small.width * small.height * 4);
  cairo_surface_t *from = surface_of(p),
                  *to = cairo_image_surface_create(
                    CAIRO_FORMAT_ARGB32, (int)small.width, (int)small.height);
  cairo_t *cr = cairo_create(to);
  surface_paint(cr, from, small.width, small.height);
  cairo_surface_flush(to);
  const bool good = small.rgba && cairo_status(cr) == CAIRO_STATUS_SUCCESS &&
    cairo_surface_status(from) == CAIRO_STATUS_SUCCESS;
  if (good) take_pixels(to, &small);
  cairo_destroy(cr);
  cairo_surface_destroy(to);
  cairo_surface_destroy(from);
  picture_finish(good ? p : &small);
  if (good) *p = small;
  return good ? OK : NO_MEMORY;
}

static bool is_empty(const picture *p) {
  for (size_t i = 0; i < (size_t)p->width * p->height; i++) {
    if (p->rgba[4 * i + 3] != 0) return false;
  }
  return true;
}

static uint32_t word_for(result r) {
  switch (r) {
  case OK: return INTAKE_DONE;
  case NOT_FOUND: return INTAKE_UNKNOWN;
  case TOO_LARGE: return INTAKE_TOO_LARGE;
  case NO_MEMORY: return INTAKE_NO_MEMORY;
  default: return INTAKE_DAMAGED;
  }
}

static uint32_t take_in(foreign *f, uint32_t most, const memory_map *room, size_t *size) {
  picture p = {0};
  result r = read_any(&p, f, most);
  if (r == OK) r = shrink(&p, most);
  const bool empty = r == OK && is_empty(&p);
  if (r == OK && !empty)
    r = picture_write_png(&p, NULL, NULL, room->bytes, room->size, size);
  picture_finish(&p);
  return empty ? INTAKE_EMPTY : word_for(r);
}

void intake_picture(int link, link_message *m) {
  memory_map bytes = {0}, room = {0};
  size_t size = 0;
  uint32_t answer = INTAKE_NO_MEMORY;
  foreign f = {.size = (size_t)m->big};
  if (m->fd_count >= 2 && m->b > 0 &&
    memory_map_open(&bytes, m->fds[0], false, 1) == OK &&
    memory_map_open(&room, m->fds[1], true, 4) == OK && m->big <= bytes.size) {
    f.bytes = bytes.bytes;
    answer = take_in(&f, m->b, &room, &size);
  }
  memory_map_close(&bytes);
  memory_map_close(&room); // before the word, so that the keeper can seal it
  say(link,
    &(saying){.kind = FROM_PLAYER_INTAKEN,
      .a = m->a,
      .b = answer,
      .big = size,
      .text = f.blended});
}
