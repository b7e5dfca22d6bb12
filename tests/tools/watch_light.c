// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base
// watch_light FILE SECONDS X Y W H: looks at part of a screen for so long, 120 times a second,
// in the memory that Xvfb -fbdir shares as an X window dump, and prints what flashed there by
// a count that knows nothing of the guard: the worst share of any field of sight (a third of
// the part's width by a third of its height) that flashed more than three times within a
// second, the same for red, when that was, and the most opposing changes of the part's mean.
#include "core/base/clock.h"
#include "tests/tools/light_count.h"
#include "tests/tools/screen.h"

#include <stdio.h>

enum { BLOCK = 12, ACROSS = 3, LOOKS_A_SECOND = 120 };

typedef struct watch {
  screen screen;
  uint32_t columns, rows; // of blocks
  light_rgb *blocks;
  double linear[256];
} watch;

static void look(watch *w) {
  for (uint32_t i = 0; i < w->columns * w->rows; i++) {
    light_rgb sum = {0};
    for (uint32_t n = 0; n < ACROSS * ACROSS; n++) {
      const uint32_t x =
        w->screen.x + i % w->columns * BLOCK + n % ACROSS * (BLOCK / ACROSS) + 1;
      const uint32_t y =
        w->screen.y + i / w->columns * BLOCK + n / ACROSS * (BLOCK / ACROSS) + 1;
      const uint32_t p = w->screen.pixels[(size_t)y * w->screen.stride + x];
      sum.r += w->linear[p >> 16 & 255] / (ACROSS * ACROSS);
      sum.g += w->linear[p >> 8 & 255] / (ACROSS * ACROSS);
      sum.b += w->linear[p & 255] / (ACROSS * ACROSS);
    }
    w->blocks[i] = sum;
  }
}

static int run(watch *w, double seconds) {
  light_count c = light_count_of((int)w->columns, (int)w->rows);
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
  printf("looks %d\nshare %.3f\nred %.3f\nworst-after %.1f\nchanges %d\nred-changes %d\n",
    looks, light_share(&c, false), light_share(&c, true),
    c.worst_at > 0 ? c.worst_at - (double)from / 1e6 : 0, light_whole(&c, false),
    light_whole(&c, true));
  light_count_finish(&c);
  return 0;
}

int main(int argc, char **argv) {
  watch w = {0};
  if (argc != 7 || !screen_open(&w.screen, argv[1], argv + 3)) {
    fprintf(stderr, "watch_light: FILE SECONDS X Y W H, FILE as Xvfb -fbdir writes it\n");
    return 2;
  }
  w.columns = w.screen.w / BLOCK;
  w.rows = w.screen.h / BLOCK;
  w.blocks = calloc((size_t)w.columns * w.rows, sizeof *w.blocks);
  if (!w.blocks) return 2;
  for (int i = 0; i < 256; i++) w.linear[i] = light_linear(i);
  const int code = run(&w, strtod(argv[2], NULL));
  free(w.blocks);
  screen_close(&w.screen);
  return code;
}
