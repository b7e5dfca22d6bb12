// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base
// watch_light FILE SECONDS X Y W H: looks at part of a screen for so long, 120 times a second,
// in the memory that Xvfb -fbdir shares as an X window dump, and prints what flashed there by
// a count that knows nothing of the guard: the worst share of the part that flashed more than
// three times within a second, the same for red, and the most opposing changes of its mean.
#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/base/memory_map.h"
#include "tests/tools/light_count.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { HEADER_SIZE = 0, WIDTH = 4, HEIGHT = 5, BITS = 11, ROW_BYTES = 12, COLOURS = 19 };
enum { COLOUR_BYTES = 12, BLOCK = 12, ACROSS = 3, LOOKS_A_SECOND = 120, WORDS = 25 };

typedef struct watch {
  memory_map map;
  const uint32_t *pixels;
  uint32_t width, height, stride;
  uint32_t x, y, columns, rows; // of blocks
  light_rgb *blocks;
  double linear[256];
} watch;

static uint32_t word(const watch *w, int n) {
  return ntohl(((const uint32_t *)w->map.bytes)[n]);
}

static bool open_screen(watch *w, const char *path) {
  int fd = -1;
  if (io_open(AT_FDCWD, path, O_RDONLY, 0, &fd) != OK) return false;
  const result r = memory_map_open(&w->map, fd, false, WORDS * 4);
  io_close(fd);
  if (r != OK || word(w, BITS) != 32) return false;
  const size_t at = word(w, HEADER_SIZE) + (size_t)word(w, COLOURS) * COLOUR_BYTES;
  w->pixels = (const uint32_t *)(const void *)((const char *)w->map.bytes + at);
  w->width = word(w, WIDTH);
  w->height = word(w, HEIGHT);
  w->stride = word(w, ROW_BYTES) / 4;
  return w->map.size >= at + (size_t)w->stride * 4 * w->height;
}

static void look(watch *w) {
  for (uint32_t i = 0; i < w->columns * w->rows; i++) {
    light_rgb sum = {0};
    for (uint32_t n = 0; n < ACROSS * ACROSS; n++) {
      const uint32_t x =
        w->x + i % w->columns * BLOCK + n % ACROSS * (BLOCK / ACROSS) + 1;
      const uint32_t y =
        w->y + i / w->columns * BLOCK + n / ACROSS * (BLOCK / ACROSS) + 1;
      const uint32_t p = w->pixels[(size_t)y * w->stride + x];
      sum.r += w->linear[p >> 16 & 255] / (ACROSS * ACROSS);
      sum.g += w->linear[p >> 8 & 255] / (ACROSS * ACROSS);
      sum.b += w->linear[p & 255] / (ACROSS * ACROSS);
    }
    w->blocks[i] = sum;
  }
}

static int run(watch *w, double seconds) {
  light_count c = light_count_of((int)(w->columns * w->rows));
  const uint64_t from = clock_now_us();
  uint64_t now = from;
  int looks = 0;
  for (; (double)(now - from) < seconds * 1e6; looks++) {
    look(w);
    light_show(&c, w->blocks, (double)now / 1e6);
    const uint64_t next = now + 1000000 / LOOKS_A_SECOND;
    now = clock_now_us();
    if (now < next) clock_sleep_us(next - now);
    now = clock_now_us();
  }
  printf("looks %d\nshare %.3f\nred %.3f\nchanges %d\nred-changes %d\n", looks,
    light_share(&c, false), light_share(&c, true), light_whole(&c, false),
    light_whole(&c, true));
  free(c.block);
  return 0;
}

int main(int argc, char **argv) {
  watch w = {0};
  if (argc != 7 || !open_screen(&w, argv[1])) {
    fprintf(stderr, "watch_light: FILE SECONDS X Y W H, FILE as Xvfb -fbdir writes it\n");
    return 2;
  }
  w.x = (uint32_t)strtoul(argv[3], NULL, 10);
  w.y = (uint32_t)strtoul(argv[4], NULL, 10);
  w.columns = (uint32_t)strtoul(argv[5], NULL, 10) / BLOCK;
  w.rows = (uint32_t)strtoul(argv[6], NULL, 10) / BLOCK;
  const bool fits = w.columns > 0 && w.rows > 0 && w.x + w.columns * BLOCK <= w.width &&
    w.y + w.rows * BLOCK <= w.height;
  w.blocks = fits ? calloc((size_t)w.columns * w.rows, sizeof *w.blocks) : NULL;
  if (!w.blocks) {
    fprintf(stderr, "watch_light: that part is not on the screen\n");
    return 2;
  }
  for (int i = 0; i < 256; i++) w.linear[i] = light_linear(i);
  const int code = run(&w, strtod(argv[2], NULL));
  free(w.blocks);
  memory_map_close(&w.map);
  return code;
}
