// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base media studio
// brush_sheet PICTURE.png BRUSH.myb...: a strip for each brush, to be looked at. From left to
// right: a part of the recording of a hand; lines of growing and of even weight, slow and
// fast, a hatching, dots; yellow and blue over one another; a pen that leans more and more.
#include "core/media/picture.h"
#include "tests/unit/canvas_hand.h"

enum { WIDTH = 1500, STRIP = 280 };

typedef struct hand {
  canvas *canvas;
  double t, x, y, pressure, lean;
} hand;

static void send(hand *h, uint16_t type) {
  gesto_event e = hand_event(type, h->t, h->x, h->y, h->pressure);
  e.as.pointer.tilt_x = (float)h->lean;
  if (canvas_stroke(h->canvas, &e) != OK) exit(1);
}

static void colour(hand *h, uint32_t rgb) {
  if (canvas_set_colour(h->canvas, rgb) != OK) exit(1);
}

// A wavy line whose weight goes from one value to another, at so many pixels a second.
static void line(hand *h, double x0, double y0, double x1, double y1, double from,
  double to, double pace) {
  const double length = hypot(x1 - x0, y1 - y0);
  const int steps = (int)(length / pace / 0.008) + 4;
  for (int i = 0; i <= steps; i++) {
    const double part = (double)i / steps;
    h->x = x0 + (x1 - x0) * part;
    h->y = y0 + (y1 - y0) * part + 6 * sin(part * 9);
    h->pressure = from + (to - from) * part;
    h->t += 0.008;
    send(h, i == 0 ? GESTO_POINTER_DOWN : GESTO_POINTER_MOVE);
  }
  h->t += 0.008;
  send(h, GESTO_POINTER_UP);
  h->t += 0.3;
}

static void recording(hand *h) {
  static hand_sample samples[HAND_SAMPLES_MAX];
  const int count = hand_recording(samples);
  bool down = false;
  for (int i = 0; i < count; i++) {
    const hand_sample *s = &samples[i];
    const bool contact = s->pressure > 0;
    h->x = (s->x - 170) * 0.55 + 5;
    h->y = (s->y - 50) * 0.5 + 4;
    h->t = s->t;
    h->pressure = fmin(1, s->pressure * 1.6);
    if (contact) send(h, down ? GESTO_POINTER_MOVE : GESTO_POINTER_DOWN);
    if (!contact && down) send(h, GESTO_POINTER_UP);
    down = contact;
  }
  if (down) send(h, GESTO_POINTER_UP);
}

static void lines(hand *h) {
  line(h, 370, 30, 680, 30, 0.05, 1, 300);
  line(h, 370, 70, 680, 70, 0.5, 0.5, 200);
  line(h, 370, 110, 680, 110, 0.5, 0.5, 1800);
  line(h, 370, 150, 680, 150, 0.2, 0.2, 400);
  for (int i = 0; i < 14; i++)
    line(h, 380 + i * 12, 255, 400 + i * 12, 180, 0.3 + 0.04 * i, 0.2, 500);
  for (int i = 0; i < 5; i++)
    line(h, 590 + i * 22, 220, 590 + i * 22, 220, 0.2 + 0.2 * i, 0.2 + 0.2 * i, 300);
}

static void crossing(hand *h) {
  colour(h, 0xE6C15A);
  for (int i = 0; i < 7; i++) line(h, 730, 40 + i * 32, 1010, 44 + i * 32, 0.6, 0.6, 400);
  colour(h, 0x3B5FA0);
  for (int i = 0; i < 5; i++) line(h, 790 + i * 40, 20, 784 + i * 40, 270, 0.6, 0.4, 400);
}

static void leaning(hand *h) {
  colour(h, 0xA2432A);
  for (int i = 0; i < 5; i++) {
    h->lean = i * 0.22;
    line(h, 1060, 40 + i * 50, 1440, 40 + i * 50, 0.2, 0.8, 400);
  }
  h->lean = 0;
}

static const char *one_brush(void *data, const char *name) {
  (void)name;
  return data;
}

// One that rubs out finds something to rub out.
static void ground(hand *h, bool rubs_out) {
  if (!rubs_out) return;
  colour(h, 0x2F6B70);
  if (canvas_fill(h->canvas, 5, 5) != OK) exit(1);
}

static void strip(const char *path, uint8_t *rgba) {
  char *text = NULL;
  size_t size = 0;
  hand h = {.t = 0};
  if (io_load(AT_FDCWD, path, 1 << 20, &text, &size) != OK ||
    canvas_create(&h.canvas, WIDTH, STRIP, 1, one_brush, text) != OK) {
    fprintf(stderr, "brush_sheet: %s cannot be read.\n", path);
    exit(1);
  }
  ground(&h, strstr(path, "rub-out") != NULL);
  colour(&h, 0x22302F);
  recording(&h);
  lines(&h);
  crossing(&h);
  leaning(&h);
  canvas_picture(h.canvas, rgba);
  canvas_destroy(h.canvas);
  free(text);
}

static bool save(const picture *p, const char *path, uint8_t *png, size_t room) {
  size_t size = 0;
  if (picture_write_png(p, NULL, NULL, png, room, &size) != OK) return false;
  FILE *to = fopen(path, "wb");
  if (to == NULL) return false;
  const bool written = fwrite(png, 1, size, to) == size;
  return fclose(to) == 0 && written;
}

int main(int argc, char **argv) {
  if (argc < 3) {
    fprintf(stderr, "brush_sheet: say PICTURE.png and one brush file or more.\n");
    return 2;
  }
  const size_t strips = (size_t)argc - 2, bytes = (size_t)WIDTH * STRIP * 4;
  const size_t room = strips * bytes + 4096; // for the pixels, then for the file
  uint8_t *rgba = malloc(2 * room);
  if (rgba == NULL) return 1;
  for (size_t i = 0; i < strips; i++) strip(argv[i + 2], rgba + i * bytes);
  const picture p = {.width = WIDTH, .height = (uint32_t)strips * STRIP, .rgba = rgba};
  const bool saved = save(&p, argv[1], rgba + room, room);
  free(rgba);
  return saved ? 0 : 1;
}
