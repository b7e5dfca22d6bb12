// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base studio
// brush_strokes FOLDER BRUSH...: for each brush of assets/brushes a wavy stroke of it, made by
// the engine, as FOLDER/BRUSH.png: a mask, to be shown in the ink of a theme where a client
// chooses among brushes; for "fill" a shape that is filled. `make strokes` makes all of them.
#include "tests/unit/canvas_hand.h"

#include <cairo.h>

enum { WIDTH = 192, HEIGHT = 64 };

typedef struct hand {
  canvas *canvas;
  char *ink, *own;
  double t;
} hand;

static void need(result r) {
  if (r == OK) return;
  fprintf(stderr, "brush_strokes: a brush cannot be read, or paint.\n");
  exit(1);
}

static const char *brush_text(void *data, const char *name) {
  const hand *h = data;
  return strcmp(name, "ink") == 0 ? h->ink : h->own;
}

static void send(hand *h, uint16_t type, double x, double y, double pressure) {
  const gesto_event e = hand_event(type, h->t, x, y, pressure);
  h->t += 0.008;
  need(canvas_stroke(h->canvas, &e));
}

typedef void way(double part, double *x, double *y);

static void wave(double part, double *x, double *y) {
  *x = 16 + part * (WIDTH - 32);
  *y = HEIGHT / 2.0 - 11 * sin(part * 2 * M_PI);
}

static void bar(double part, double *x, double *y) {
  *x = WIDTH / 2.0 + 4 * sin(part * 9);
  *y = part * HEIGHT;
}

static void oval(double part, double *x, double *y) {
  *x = WIDTH / 2.0 + 50 * cos(part * 2 * M_PI);
  *y = HEIGHT / 2.0 + 24 * sin(part * 2 * M_PI);
}

static void stroke(hand *h, const char *brush, way *along, double pressure) {
  enum { STEPS = 60 };
  double x = 0, y = 0;
  need(canvas_set_brush(h->canvas, brush));
  for (int i = 0; i <= STEPS; i++) {
    along((double)i / STEPS, &x, &y);
    const double swell = 0.55 + 0.45 * sin(M_PI * i / STEPS);
    send(h, i == 0 ? GESTO_POINTER_DOWN : GESTO_POINTER_MOVE, x, y, pressure * swell);
  }
  send(h, GESTO_POINTER_UP, x, y, 0);
}

static void draw(hand *h, const char *name) {
  need(canvas_set_colour(h->canvas, 0));
  if (strcmp(name, "fill") == 0) {
    stroke(h, "ink", oval, 0.7);
    need(canvas_set_colour(h->canvas, 0xA0A0A0));
    need(canvas_fill(h->canvas, WIDTH / 2.0F, HEIGHT / 2.0F));
    return;
  }
  if (strcmp(name, "finger") == 0 || strcmp(name, "rub-out") == 0) {
    need(canvas_set_size(h->canvas, 6));
    stroke(h, "ink", bar, 1);
    need(canvas_set_size(h->canvas, 1));
  }
  if (strcmp(name, "airbrush") == 0) need(canvas_set_size(h->canvas, 0.4F));
  stroke(h, "own", wave, strcmp(name, "airbrush") == 0 ? 1.4 : 0.8);
}

static bool save_mask(const canvas *c, const char *path) {
  static uint8_t rgba[4 * WIDTH * HEIGHT];
  cairo_surface_t *mask = cairo_image_surface_create(CAIRO_FORMAT_A8, WIDTH, HEIGHT);
  uint8_t *to = cairo_image_surface_get_data(mask);
  const int stride = cairo_image_surface_get_stride(mask);
  canvas_picture(c, rgba);
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      to[y * stride + x] = (uint8_t)(255 - rgba[4 * (y * WIDTH + x)]);
  cairo_surface_mark_dirty(mask);
  const bool saved = cairo_surface_write_to_png(mask, path) == CAIRO_STATUS_SUCCESS;
  cairo_surface_destroy(mask);
  return saved;
}

static void make(const char *folder, const char *name) {
  hand h = {.t = 0};
  char path[512];
  size_t size = 0;
  const bool fills = strcmp(name, "fill") == 0;
  snprintf(path, sizeof path, "assets/brushes/%s.myb", fills ? "ink" : name);
  need(io_load(AT_FDCWD, path, 1 << 20, &h.own, &size));
  need(io_load(AT_FDCWD, "assets/brushes/ink.myb", 1 << 20, &h.ink, &size));
  need(canvas_create(&h.canvas, WIDTH, HEIGHT, 1, brush_text, &h));
  draw(&h, name);
  snprintf(path, sizeof path, "%s/%s.png", folder, name);
  need(save_mask(h.canvas, path) ? OK : FAILED);
  canvas_destroy(h.canvas);
  free(h.ink);
  free(h.own);
}

int main(int argc, char **argv) {
  if (argc < 3) {
    fprintf(stderr, "brush_strokes: say a folder and one brush or more.\n");
    return 2;
  }
  for (int i = 2; i < argc; i++) make(argv[1], argv[i]);
  return 0;
}
