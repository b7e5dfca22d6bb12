// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/glimpse.h"

#include "core/base/memory_map.h"
#include "core/media/picture.h"
#include "core/player/frame.h"
#include "core/player/paper.h"
#include "core/player/say.h"

#include <stdlib.h>

// Cairo's pixels as a picture's: 0xRRGGBB in a word each, opaque.
static uint8_t *bytes_of(cairo_surface_t *shown, uint32_t width, uint32_t height) {
  uint8_t *rgba = malloc((size_t)width * height * 4);
  const uint8_t *rows = cairo_image_surface_get_data(shown);
  const size_t stride = (size_t)cairo_image_surface_get_stride(shown);
  for (uint32_t y = 0; rgba && y < height; y++) {
    const uint32_t *from = (const uint32_t *)(const void *)(rows + y * stride);
    uint8_t *to = rgba + (size_t)y * width * 4;
    for (uint32_t x = 0; x < width; x++, to += 4) {
      to[0] = (uint8_t)(from[x] >> 16);
      to[1] = (uint8_t)(from[x] >> 8);
      to[2] = (uint8_t)from[x];
      to[3] = 255;
    }
  }
  return rgba;
}

static result draw(machine *m, uint32_t width, uint32_t height, uint8_t **rgba) {
  cairo_surface_t *shown =
    cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)width, (int)height);
  if (cairo_surface_status(shown) == CAIRO_STATUS_SUCCESS) {
    if (m->paper) paper_refresh(m->paper, &m->stale);
    frame_draw_parts(m, shown, &(page_rect){0, 0, width, height}, 1);
    *rgba = bytes_of(shown, width, height);
  }
  cairo_surface_destroy(shown);
  return *rgba ? OK : NO_MEMORY;
}

static result press(
  machine *m, const link_message *order, memory_map *room, size_t *size) {
  const uint32_t width = (uint32_t)(order->big >> 32), height = (uint32_t)order->big;
  picture p = {.width = width, .height = height};
  const bool fits = width > 0 && height > 0 && width <= PICTURE_SIDE_MAX &&
    height <= PICTURE_SIDE_MAX && (uint64_t)width * height <= PICTURE_PIXELS_MAX;
  result r = fits && m->self ? draw(m, width, height, &p.rgba) : BAD_DATA;
  if (r == OK) r = picture_write_png(&p, NULL, NULL, room->bytes, room->size, size);
  picture_finish(&p);
  return r;
}

void glimpse_take(int link, machine *m, const link_message *order) {
  memory_map room = {0};
  size_t size = 0;
  bool done = order->fd_count > 0 &&
    memory_map_open(&room, order->fds[0], true, 1) == OK &&
    press(m, order, &room, &size) == OK;
  memory_map_close(&room); // before the word, so that the keeper can seal it
  say(
    link, &(saying){.kind = FROM_PLAYER_GLIMPSE, .a = order->a, .b = done, .big = size});
}
