// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base ui light
// What light safety costs a frame: a part of the picture that changed, one that shows through
// easing, and the copy of it that is made either way.
#include "core/light/flash_guard.h"
#include "tests/bench/figures.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { WIDTH = 1000, HEIGHT = 700, FRAMES = 400 };

static uint64_t now_ns(void) {
  struct timespec t = {0};
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

static void fill(uint32_t *pixels, page_rect r, uint32_t colour) {
  for (uint32_t y = r.y; y < r.y + r.h; y++)
    for (uint32_t x = r.x; x < r.x + r.w; x++)
      pixels[y * WIDTH + x] = (colour + (x ^ y) % 16) * 0x010101;
}

// All pixels of `r` change `hertz` times a second at 60 frames.
static void measure(
  const char *name, page_rect r, uint32_t frames_a_change, double limit) {
  static uint32_t wanted[WIDTH * HEIGHT];
  static uint32_t shown[WIDTH * HEIGHT];
  static double ns[FRAMES];
  flash_guard *g = flash_guard_create();
  if (!g) exit(1);
  flash_picture p = {wanted, shown, WIDTH, HEIGHT, WIDTH, true};
  uint64_t at_us = 1000000;
  flash_guard_pass(g, &p, &r, 1, at_us);
  p.anew = false;
  for (uint32_t i = 0; i < FRAMES; i++) {
    fill(wanted, r, i / frames_a_change % 2 ? 200 : 20 + i % 8);
    const uint64_t before = now_ns();
    flash_guard_pass(g, &p, &r, 1, at_us += 16667);
    ns[i] = (double)(now_ns() - before);
  }
  flash_guard_destroy(g);
  figures_at_most(name, figure_of(ns, FRAMES, 1e-6), "ms", limit);
}

int main(void) {
  const page_rect stroke = {300, 200, 64, 64};
  const page_rect part = {300, 200, 256, 256};
  const page_rect all = {0, 0, WIDTH, HEIGHT};
  measure("flash-guard-64x64", stroke, 60, 0.1);
  measure("flash-guard-256x256", part, 60, 0.1);
  measure("flash-guard-whole", all, 60, 2);
  measure("flash-guard-eased", all, 2, 4);
  return 0;
}
