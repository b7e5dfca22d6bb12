// SPDX-License-Identifier: GPL-3.0-or-later
// Part of a screen, in the memory that Xvfb -fbdir shares as an X window dump.
#ifndef GESTO_TESTS_SCREEN_H
#define GESTO_TESTS_SCREEN_H

#include "core/base/io.h"
#include "core/base/memory_map.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct screen {
  memory_map map;
  const uint32_t *pixels;         // XRGB32, of the whole screen
  uint32_t width, height, stride; // of it
  uint32_t x, y, w, h;            // the part
} screen;

static inline uint32_t screen_word(const screen *s, int n) {
  return ntohl(((const uint32_t *)s->map.bytes)[n]);
}

// `part`: x, y, width and height as words. False: no such file, or no such part.
static inline bool screen_open(screen *s, const char *path, char *const part[4]) {
  enum { HEADER_SIZE = 0, WIDTH = 4, HEIGHT = 5, BITS = 11, ROW = 12, COLOURS = 19 };
  enum { COLOUR_BYTES = 12, WORDS = 25 };
  int fd = -1;
  if (io_open(AT_FDCWD, path, O_RDONLY, 0, &fd) != OK) return false;
  const result r = memory_map_open(&s->map, fd, false, WORDS * 4);
  io_close(fd);
  if (r != OK || screen_word(s, BITS) != 32) return false;
  const size_t at =
    screen_word(s, HEADER_SIZE) + (size_t)screen_word(s, COLOURS) * COLOUR_BYTES;
  s->pixels = (const uint32_t *)(const void *)((const char *)s->map.bytes + at);
  s->width = screen_word(s, WIDTH);
  s->height = screen_word(s, HEIGHT);
  s->stride = screen_word(s, ROW) / 4;
  uint32_t *const sides[4] = {&s->x, &s->y, &s->w, &s->h};
  for (int i = 0; i < 4; i++) *sides[i] = (uint32_t)strtoul(part[i], NULL, 10);
  return s->map.size >= at + (size_t)s->stride * 4 * s->height && s->w > 0 && s->h > 0 &&
    s->x < s->width && s->y < s->height && s->w <= s->width - s->x &&
    s->h <= s->height - s->y;
}

static inline void screen_close(screen *s) { memory_map_close(&s->map); }

// The part as it is now: w * h pixels without their unused byte.
static inline void screen_read(const screen *s, uint32_t *to) {
  for (uint32_t y = 0; y < s->h; y++) {
    const uint32_t *from = s->pixels + (size_t)(s->y + y) * s->stride + s->x;
    for (uint32_t x = 0; x < s->w; x++) to[(size_t)y * s->w + x] = from[x] & 0xFFFFFF;
  }
}

#endif
