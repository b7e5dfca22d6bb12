// SPDX-License-Identifier: GPL-3.0-or-later
// What the broken exercises of this folder have in common: the parts that are not broken.
#ifndef GESTO_TESTS_BROKEN_H
#define GESTO_TESTS_BROKEN_H

#include "gesto.h"

#include <cairo.h>
#include <stdlib.h>

typedef struct plain {
  const gesto_host *host;
  uint32_t events, ticks;
  float x, y;
} plain;

static inline void *plain_create(const gesto_host *host) {
  plain *p = calloc(1, sizeof *p);
  if (p) p->host = host;
  return p;
}

static inline void plain_destroy(void *self) { free(self); }

static inline void plain_event(void *self, const gesto_event *event) {
  plain *p = self;
  p->events++;
  if (event->type != GESTO_POINTER_DOWN && event->type != GESTO_POINTER_MOVE) return;
  p->x = event->as.pointer.x;
  p->y = event->as.pointer.y;
  p->host->changed(p->host, 0, 0, 0, 0);
}

static inline void plain_draw(const void *self, cairo_t *to, const gesto_frame *frame) {
  const plain *p = self;
  (void)frame;
  cairo_set_source_rgb(to, 0.1, 0.4, 0.4);
  cairo_rectangle(to, (double)p->x - 10, (double)p->y - 10, 20, 20);
  cairo_fill(to);
}

static const gesto_purpose plain_purpose = {.size = sizeof plain_purpose,
  .invitation = "You could press somewhere.",
  .why = "It is for tests.",
  .steps = "Press"};

// The breaking presses: left of this line an exercise behaves, so that tests reach a work first.
enum { BREAKS_FROM = 100 };

static inline bool is_breaking(const gesto_event *event) {
  return event->type == GESTO_POINTER_DOWN && event->as.pointer.x >= BREAKS_FROM;
}

#define PLAIN(word) \
  .abi = GESTO_ABI, .size = sizeof(gesto_exercise), .id = "org.gesto.broken." word, \
  .name = "Broken: " word, .version = "1.0", .author = "Gesto", \
  .licence = "GPL-3.0-or-later", .purpose = &plain_purpose, .create = plain_create, \
  .destroy = plain_destroy

#endif
