// SPDX-License-Identifier: GPL-3.0-or-later
// Hums, and never comes back from a press: left of 100 all is well, from there to 200 it stays
// in the event, then in drawing, in the tick, in its sound half.
#include "broken.h"

#include <math.h>
#include <string.h>

enum { STEP = 100, FINE = 0, IN_EVENT, IN_DRAW, IN_TICK, IN_SOUND };

static int place(const plain *p) {
  const int n = (int)p->x / STEP;
  return n < IN_SOUND ? n : IN_SOUND;
}

static void stay(bool here) {
  volatile bool for_ever = here;
  while (for_ever) {}
}

static void event(void *self, const gesto_event *event) {
  plain *p = self;
  plain_event(self, event);
  if (event->type != GESTO_POINTER_DOWN) return;
  const gesto_event told = {.type = GESTO_OWN, .source = (uint32_t)place(p)};
  p->host->to_sound(p->host, &told);
  stay(place(p) == IN_EVENT);
}

static bool tick(void *self) {
  stay(place(self) == IN_TICK);
  return false;
}

static void draw(const void *self, cairo_t *to, const gesto_frame *frame) {
  plain_draw(self, to, frame);
  stay(place(self) == IN_DRAW);
}

static gesto_result works(const void *self, const gesto_host *host) {
  (void)self;
  const gesto_creations *keep = host->extension(host, GESTO_CREATIONS);
  return keep->keep_facts(host, "hum", "{\"hum\":true}");
}

static void *open_half(const void *self, double rate, uint32_t frames, uint64_t seed) {
  (void)self, (void)rate, (void)frames, (void)seed;
  return calloc(1, sizeof(uint64_t));
}

static void process(void *sound, const gesto_block *block) {
  uint64_t *at = sound;
  for (uint32_t i = 0; i < block->event_count; i++)
    stay(block->events[i].source == IN_SOUND);
  for (uint32_t i = 0; i < block->frames; i++, (*at)++)
    block->out[0][i] = block->out[1][i] =
      0.25f * sinf((float)(*at % 48000) * 330 * 6.2831853f / 48000);
}

static const gesto_sound sound = {sizeof sound, open_half, free, process};

static const void *extension(const char *id) {
  return strcmp(id, GESTO_SOUND) == 0 ? &sound : NULL;
}

GESTO_EXPORT const gesto_exercise gesto_entry = {PLAIN("hum"), .needs = GESTO_ABI,
  .wants = GESTO_WANTS_SOUND, .event = event, .tick = tick, .draw = draw, .works = works,
  .extension = extension};
