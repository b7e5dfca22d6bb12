// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base studio
// brush_sheet PICTURE.png BRUSH.myb...: a strip for each brush with its name, in two columns,
// to be looked at. From left to right: a part of the recording of a hand, with its pressure
// and without; lines of growing, of even and of light weight, a quick one, hatching, dots;
// yellow and blue over one another. `make strokes` makes docs/screens/brushes.png of all.
#include "tests/unit/canvas_hand.h"

#include <cairo.h>

enum { WIDTH = 900, STRIP = 200, COLUMNS = 2, SMOOTHING = 1 };

typedef struct hand {
  canvas *canvas;
  double t, x, y, pressure;
} hand;

static void send(hand *h, uint16_t type) {
  gesto_event e = hand_event(type, h->t, h->x, h->y, h->pressure);
  if (canvas_stroke(h->canvas, &e) != OK) exit(1);
}

static void colour(hand *h, uint32_t rgb) {
  if (canvas_set_colour(h->canvas, rgb) != OK) exit(1);
}

typedef struct way {
  double x0, y0, x1, y1;
} way;

// A wavy line whose weight goes from one value to another, at so many pixels a second.
static void line(hand *h, way w, double from, double to, double pace) {
  const double length = hypot(w.x1 - w.x0, w.y1 - w.y0);
  const int steps = (int)(length / pace / 0.008) + 4;
  for (int i = 0; i <= steps; i++) {
    const double part = (double)i / steps;
    h->x = w.x0 + (w.x1 - w.x0) * part;
    h->y = w.y0 + (w.y1 - w.y0) * part + 5 * sin(part * 9);
    h->pressure = from + (to - from) * part;
    h->t += 0.008;
    send(h, i == 0 ? GESTO_POINTER_DOWN : GESTO_POINTER_MOVE);
  }
  h->t += 0.008;
  send(h, GESTO_POINTER_UP);
  h->t += 0.3;
}

static void dot(hand *h, double x, double y, double pressure) {
  h->x = x;
  h->y = y;
  h->pressure = pressure;
  send(h, GESTO_POINTER_DOWN);
  h->t += 0.08;
  send(h, GESTO_POINTER_UP);
  h->t += 0.3;
}

// The strokes of the recording that lie within the strip; without pressure as a mouse's are.
static void recording(hand *h, double left, bool with_pressure) {
  static hand_sample samples[HAND_SAMPLES_MAX];
  const int count = hand_recording(samples);
  bool down = false;
  for (int i = 0; i < count; i++) {
    const hand_sample *s = &samples[i];
    const bool contact = s->pressure > 0;
    h->x = left + (s->x - 170) * 0.36;
    h->y = 8 + (s->y - 50) * 0.36;
    h->t += i == 0 ? 0 : fmax(0, s->t - samples[i - 1].t);
    h->pressure = with_pressure ? fmin(1, s->pressure * 1.6) : 0.5;
    if (contact) send(h, down ? GESTO_POINTER_MOVE : GESTO_POINTER_DOWN);
    if (!contact && down) send(h, GESTO_POINTER_UP);
    down = contact;
  }
  if (down) send(h, GESTO_POINTER_UP);
}

static void lines(hand *h) {
  line(h, (way){470, 20, 680, 20}, 0.05, 1, 300);
  line(h, (way){470, 50, 680, 50}, 0.5, 0.5, 200);
  line(h, (way){470, 80, 680, 80}, 0.5, 0.5, 1800);
  line(h, (way){470, 110, 680, 110}, 0.2, 0.2, 400);
  for (int i = 0; i < 9; i++)
    line(h, (way){475 + i * 9, 190, 490 + i * 9, 140}, 0.3 + 0.04 * i, 0.2, 500);
  for (int i = 0; i < 5; i++) dot(h, 600 + i * 20, 165, 0.15 + 0.2 * i);
}

static void crossing(hand *h) {
  colour(h, 0xEFCB30);
  for (int i = 0; i < 6; i++)
    line(h, (way){715, 20 + i * 32, 880, 22 + i * 32}, 0.6, 0.6, 400);
  colour(h, 0x2A7DBF);
  for (int i = 0; i < 4; i++)
    line(h, (way){740 + i * 38, 10, 736 + i * 38, 190}, 0.6, 0.6, 400);
}

typedef struct texts {
  char *ink, *own;
} texts;

static const char *brush_text(void *data, const char *name) {
  const texts *t = data;
  return strcmp(name, "ink") == 0 ? t->ink : t->own;
}

static void take(hand *h, const char *brush) {
  if (canvas_set_brush(h->canvas, brush) != OK) exit(1);
}

// One that rubs out or smears finds something there.
static void ground(hand *h, const char *path) {
  colour(h, 0x2F6B70);
  if (strstr(path, "rub-out") && canvas_fill(h->canvas, 5, 5) != OK) exit(1);
  if (!strstr(path, "finger")) return;
  take(h, "ink");
  for (int y = 0; y < STRIP; y += 24) {
    colour(h, y % 48 ? 0xA2432A : 0x2F6B70);
    line(h, (way){0, y, WIDTH, y}, 1, 1, 900);
  }
}

static void strip(const char *path, uint8_t *rgba) {
  texts t = {.ink = NULL};
  size_t size = 0;
  hand h = {.t = 0};
  if (io_load(AT_FDCWD, path, 1 << 20, &t.own, &size) != OK ||
    io_load(AT_FDCWD, "assets/brushes/ink.myb", 1 << 20, &t.ink, &size) != OK ||
    canvas_create(&h.canvas, WIDTH, STRIP, 1, brush_text, &t) != OK ||
    canvas_set_smoothing(h.canvas, SMOOTHING) != OK) {
    fprintf(stderr, "brush_sheet: %s cannot be read.\n", path);
    exit(1);
  }
  ground(&h, path);
  take(&h, "own");
  colour(&h, 0x22302F);
  recording(&h, 5, true);
  recording(&h, 235, false);
  lines(&h);
  crossing(&h);
  canvas_picture(h.canvas, rgba);
  canvas_destroy(h.canvas);
  free(t.ink);
  free(t.own);
}

// Into the sheet, with its name in a corner.
static void put_strip(cairo_t *to, const char *path, uint8_t *rgba, double x, double y) {
  uint32_t *pixels = (uint32_t *)(void *)rgba;
  for (size_t i = 0; i < (size_t)WIDTH * STRIP; i++) {
    const uint8_t *p = rgba + 4 * i;
    pixels[i] = (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2];
  }
  cairo_surface_t *s = cairo_image_surface_create_for_data(
    rgba, CAIRO_FORMAT_RGB24, WIDTH, STRIP, WIDTH * 4);
  cairo_set_source_surface(to, s, x, y);
  cairo_paint(to);
  cairo_surface_destroy(s);
  const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
  char label[64];
  snprintf(label, sizeof label, "%.*s", (int)strcspn(name, "."), name);
  cairo_set_source_rgb(to, 0.6, 0.25, 0.15);
  cairo_select_font_face(to, "Inter", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_BOLD);
  cairo_set_font_size(to, 15);
  cairo_move_to(to, x + 8, y + 18);
  cairo_show_text(to, label);
}

int main(int argc, char **argv) {
  if (argc < 3) {
    fprintf(stderr, "brush_sheet: say PICTURE.png and one brush file or more.\n");
    return 2;
  }
  const int rows = (argc - 2 + COLUMNS - 1) / COLUMNS;
  uint8_t *rgba = malloc((size_t)WIDTH * STRIP * 4);
  cairo_surface_t *sheet =
    cairo_image_surface_create(CAIRO_FORMAT_RGB24, WIDTH * COLUMNS, STRIP * rows);
  cairo_t *to = cairo_create(sheet);
  for (int i = 0; i < argc - 2 && rgba != NULL; i++) {
    strip(argv[i + 2], rgba);
    const int column = i % COLUMNS, row = i / COLUMNS;
    put_strip(to, argv[i + 2], rgba, column * (double)WIDTH, row * (double)STRIP);
  }
  const bool saved = cairo_surface_write_to_png(sheet, argv[1]) == CAIRO_STATUS_SUCCESS;
  cairo_destroy(to);
  cairo_surface_destroy(sheet);
  free(rgba);
  return rgba != NULL && saved ? 0 : 1;
}
