// SPDX-License-Identifier: GPL-3.0-or-later
// Flashes: at first all of its area between black and white, 30 times a second. A press in the
// n-th sixteenth of its width chooses another way, all of them ten times a second.
#include "broken.h"

#include <math.h>

enum { WHOLE_FAST, WHOLE, QUARTER, BLOCK, EDGE, RED, RED_BLUE, SQUARES, RINGS, PANEL };
enum { WAYS = 16, TICKS_A_CHANGE = 3, FIRST_TOGGLE = 1, TOGGLES = 6 };

typedef struct strobe {
  plain p;
  float width;
  int way;
} strobe;

static void *create(const gesto_host *host) {
  strobe *s = calloc(1, sizeof *s);
  if (s) s->p.host = host;
  return s;
}

static void event(void *self, const gesto_event *event) {
  strobe *s = self;
  if (event->type == GESTO_STAGE) s->width = event->as.stage.width;
  if (event->type == GESTO_POINTER_DOWN && s->width > 0)
    s->way = (int)(event->as.pointer.x * WAYS / s->width);
}

static bool bright(const strobe *s) {
  return s->p.ticks / (s->way == WHOLE_FAST ? 1 : TICKS_A_CHANGE) % 2;
}

static bool tick(void *self) {
  strobe *s = self;
  s->p.ticks++;
  s->p.host->changed(s->p.host, 0, 0, 0, 0);
  for (uint32_t i = 0; s->way == PANEL && i < TOGGLES; i++)
    s->p.host->set_control(
      s->p.host, FIRST_TOGGLE + i, s->p.ticks / (TICKS_A_CHANGE + i) % 2);
  return true;
}

static void fill(cairo_t *to, uint32_t colour, double x, double y, double w, double h) {
  cairo_set_source_rgb(
    to, (colour >> 16) / 255.0, (colour >> 8 & 255) / 255.0, (colour & 255) / 255.0);
  cairo_rectangle(to, x, y, w, h);
  cairo_fill(to);
}

static void draw_squares(cairo_t *to, double w, double h, bool other) {
  enum { SIDE = 40 };
  for (int y = 0; y * SIDE < h; y++)
    for (int x = 0; x * SIDE < w; x++)
      fill(to, (x + y + other) % 2 ? 0xFFFFFF : 0, x * SIDE, y * SIDE, SIDE, SIDE);
}

static void draw_rings(cairo_t *to, double w, double h, bool other) {
  enum { RING = 25 };
  fill(to, 0x808080, 0, 0, w, h);
  cairo_set_line_width(to, RING);
  for (int n = 1; n < 6; n++) {
    const double level = (n + other) % 2;
    cairo_set_source_rgb(to, level, level, level);
    cairo_arc(to, w / 2, h / 2, n * RING, 0, 2 * M_PI);
    cairo_stroke(to);
  }
}

static void draw(const void *self, cairo_t *to, const gesto_frame *frame) {
  const strobe *s = self;
  const bool on = bright(s);
  const uint32_t level = on ? 0xFFFFFF : 0;
  const double w = frame->width, h = frame->height;
  switch (s->way) {
  case WHOLE_FAST:
  case WHOLE: fill(to, level, 0, 0, w, h); break;
  case RED: fill(to, on ? 0xFF0000 : 0, 0, 0, w, h); break;
  case RED_BLUE: fill(to, on ? 0xFF0000 : 0x0000FF, 0, 0, w, h); break;
  case SQUARES: draw_squares(to, w, h, on); break;
  case RINGS: draw_rings(to, w, h, on); break;
  case EDGE:
    fill(to, level, 0, 0, w, h);
    fill(to, 0xFFFFFF, 60, 60, w - 120, h - 120);
    break;
  default:
    fill(to, 0xFFFFFF, 0, 0, w, h);
    if (s->way == QUARTER) fill(to, level, 0, 0, w / 2, h / 2);
    if (s->way == BLOCK) fill(to, level, w * 0.7, h * 0.6, w * 0.2, h * 0.2);
  }
}

#define TOGGLE(n) \
  { \
    .size = sizeof(gesto_control), .id = FIRST_TOGGLE + (n), .kind = GESTO_TOGGLE, \
    .key = "toggle-" #n, .name = "Toggle " #n, .initial = 0 \
  }
static const gesto_control controls[] = {
  TOGGLE(0), TOGGLE(1), TOGGLE(2), TOGGLE(3), TOGGLE(4), TOGGLE(5), {.size = 0}};

GESTO_EXPORT const gesto_exercise gesto_entry = {.abi = GESTO_ABI,
  .size = sizeof(gesto_exercise),
  .id = "org.gesto.broken.strobe",
  .name = "Broken: strobe",
  .version = "1.0",
  .author = "Gesto",
  .licence = "GPL-3.0-or-later",
  .purpose = &plain_purpose,
  .needs = GESTO_ABI,
  .create = create,
  .destroy = plain_destroy,
  .event = event,
  .tick = tick,
  .draw = draw,
  .controls = controls};
