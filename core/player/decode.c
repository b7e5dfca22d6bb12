// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/decode.h"

#include "core/base/memory_map.h"
#include "core/base/protocol.h"
#include "core/media/picture.h"
#include "core/player/say.h"
#include "core/player/surface.h"

#include <cairo.h>
#include <math.h>

// On white, as on a sheet of paper.
static void paint(const picture *p, uint32_t width, uint32_t height, void *pixels) {
  cairo_surface_t *from = surface_of(p);
  cairo_surface_t *to = cairo_image_surface_create_for_data(
    pixels, CAIRO_FORMAT_RGB24, (int)width, (int)height, (int)width * 4);
  cairo_t *cr = cairo_create(to);
  cairo_set_source_rgb(cr, 1, 1, 1);
  cairo_paint(cr);
  surface_paint(cr, from, width, height);
  cairo_destroy(cr);
  cairo_surface_flush(to);
  cairo_surface_destroy(to);
  cairo_surface_destroy(from);
}

static uint32_t scaled(uint32_t side, uint32_t longest, uint32_t most) {
  uint32_t n = (uint32_t)lround((double)side * most / longest);
  return n > 0 ? n : 1;
}

// Never larger than it is.
static uint64_t decode(
  const memory_map *bytes, size_t size, uint32_t most, memory_map *room) {
  picture p = {0};
  if (size > bytes->size || picture_read_png(&p, bytes->bytes, size) != OK) return 0;
  uint32_t longest = p.width > p.height ? p.width : p.height;
  if (most == 0 || most > longest) most = longest;
  uint32_t w = scaled(p.width, longest, most), h = scaled(p.height, longest, most);
  bool fits = (uint64_t)w * h * 4 <= room->size;
  if (fits) paint(&p, w, h, room->bytes);
  picture_finish(&p);
  return fits ? (uint64_t)w << 32 | h : 0;
}

void decode_picture(int link, link_message *m) {
  memory_map bytes = {0}, room = {0};
  uint64_t size = 0;
  if (m->fd_count >= 2 && memory_map_open(&bytes, m->fds[0], false, 1) == OK &&
    memory_map_open(&room, m->fds[1], true, 4) == OK) {
    size = decode(&bytes, (size_t)m->big, m->b, &room);
  }
  memory_map_close(&bytes);
  memory_map_close(&room); // before the word, so that the keeper can seal it
  say(
    link, &(saying){.kind = FROM_PLAYER_DECODED, .a = m->a, .b = size != 0, .big = size});
}
