// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base
// watch_light FILE SECONDS X Y W H: looks at part of a screen for so long, 120 times a second,
// in the memory that Xvfb -fbdir shares as an X window dump, and prints what flashed there by
// a count that knows nothing of the guard: the worst share of any field of sight (a third of
// the part's width by a third of its height) that flashed more than three times within a
// second, the same for red, when that was, and the most opposing changes of the part's mean.
// Each block counts as the middle one of three looks. What was there for less than two of them
// does not count: a busy machine may leave a picture for 3 ms, which a screen shows seldom.
#include "core/base/clock.h"
#include "tests/tools/light_count.h"
#include "tests/tools/screen.h"

#include <stdio.h>

enum { BLOCK = 12, ACROSS = 3, LOOKS_A_SECOND = 120 };

typedef struct watch {
  screen screen;
  uint32_t columns, rows;       // of blocks
  light_rgb *looks[3], *blocks; // a ring; what they come to
  double linear[256];
} watch;

static void look(watch *w, light_rgb *blocks) {
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
    blocks[i] = sum;
  }
}

static double middle(double a, double b, double c) {
  return fmax(fmin(a, b), fmin(fmax(a, b), c));
}

static void take_middle(const watch *w) {
  const light_rgb *a = w->looks[0], *b = w->looks[1], *c = w->looks[2];
  for (uint32_t i = 0; i < w->columns * w->rows; i++)
    w->blocks[i] = (light_rgb){middle(a[i].r, b[i].r, c[i].r),
      middle(a[i].g, b[i].g, c[i].g), middle(a[i].b, b[i].b, c[i].b)};
}

static double seconds_now(void) { return (double)clock_now_us() / 1e6; }

static int run(watch *w, double seconds) {
  light_count c = light_count_of((int)w->columns, (int)w->rows);
  const double begun = seconds_now();
  double next = begun, until = begun;     // the look before was over then
  double from[3] = {begun, begun, begun}; // when each of the three looks began
  int looks = 0;
  for (; next - begun < seconds; looks++) {
    from[looks % 3] = seconds_now();
    look(w, w->looks[looks % 3]); // a busy machine may have held it up before or within
    if (looks >= 2) {
      take_middle(w);
      light_show(&c, w->blocks, (light_span){from[(looks + 1) % 3], until});
    }
    until = seconds_now();
    next = from[looks % 3] + 1.0 / LOOKS_A_SECOND;
    if (until < next) clock_sleep_us((uint64_t)((next - until) * 1e6));
  }
  printf("looks %d\nshare %.3f\nred %.3f\nworst-after %.1f\nchanges %d\nred-changes %d\n",
    looks, light_share(&c, false), light_share(&c, true),
    c.worst_at > 0 ? c.worst_at - begun : 0, light_whole(&c, false),
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
  const size_t blocks = (size_t)w.columns * w.rows;
  w.blocks = calloc(4 * blocks, sizeof *w.blocks);
  if (!w.blocks) return 2;
  for (size_t i = 0; i < 3; i++) w.looks[i] = w.blocks + (i + 1) * blocks;
  for (int i = 0; i < 256; i++) w.linear[i] = light_linear(i);
  const int code = run(&w, strtod(argv[2], NULL));
  free(w.blocks);
  screen_close(&w.screen);
  return code;
}
