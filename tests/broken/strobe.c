// SPDX-License-Identifier: GPL-3.0-or-later
// All of its area flashes between black and white, 30 times a second.
#include "broken.h"

static bool tick(void *self) {
  plain *p = self;
  p->ticks++;
  p->host->changed(p->host, 0, 0, 0, 0);
  return true;
}

static void draw(const void *self, cairo_t *to, const gesto_frame *frame) {
  double level = ((const plain *)self)->ticks % 2;
  (void)frame;
  cairo_set_source_rgb(to, level, level, level);
  cairo_paint(to);
}

GESTO_EXPORT const gesto_exercise gesto_entry = {
  PLAIN("strobe"), .needs = GESTO_ABI, .event = plain_event, .tick = tick, .draw = draw};
