// SPDX-License-Identifier: GPL-3.0-or-later
// Noise on a long tape: a file of it is as large as sound can be.
#include "gesto.h"

#include <cairo.h>
#include <stdlib.h>
#include <string.h>

enum { TAPE_FRAMES = 48000 * 60 * 30, BLOCK = 64 };

typedef struct hiss {
  const gesto_host *host;
  uint32_t tape;
} hiss;

static void *create(const gesto_host *host) {
  hiss *h = calloc(1, sizeof *h);
  if (!h) return NULL;
  const gesto_tapes *tapes = host->extension(host, GESTO_TAPES);
  h->host = host;
  if (tapes) h->tape = tapes->open(host, "Hiss", TAPE_FRAMES);
  return h;
}

static void destroy(void *self) { free(self); }

static void draw(const void *self, cairo_t *to, const gesto_frame *frame) {
  (void)self, (void)frame;
  cairo_paint(to);
}

static gesto_result works(const void *self, const gesto_host *host) {
  const hiss *h = self;
  const gesto_creations *keep = host->extension(host, GESTO_CREATIONS);
  gesto_result r = keep->keep_sound(host, "Hiss", h->tape);
  return r == GESTO_OK ? keep->keep_facts(host, "after", "{\"after\":\"the sound\"}") : r;
}

// ---- Sound half ----------------------------------------------------------------------

typedef struct half {
  const gesto_tapes *tapes;
  uint32_t tape, noise;
} half;

static void *open_half(const void *self, double rate, uint32_t frames, uint64_t seed) {
  const hiss *h = self;
  half *s = calloc(1, sizeof *s);
  (void)rate, (void)frames;
  if (!s) return NULL;
  *s = (half){.tapes = h->host->extension(h->host, GESTO_TAPES),
    .tape = h->tape,
    .noise = (uint32_t)seed};
  return s;
}

static void close_half(void *sound) { free(sound); }

static void process(void *sound, const gesto_block *block) {
  half *s = sound;
  for (uint32_t i = 0; i < BLOCK * 2; i++) {
    s->noise = s->noise * 1664525 + 1013904223;
    block->out[i / BLOCK][i % BLOCK] = (float)(int32_t)s->noise / 2147483648.0f;
  }
  const float *const out[2] = {block->out[0], block->out[1]};
  if (s->tapes) s->tapes->write(block, s->tape, block->position, out);
}

static const gesto_sound sound = {sizeof sound, open_half, close_half, process};

static const void *extension(const char *id) {
  return strcmp(id, GESTO_SOUND) == 0 ? &sound : NULL;
}

static const gesto_purpose purpose = {.size = sizeof purpose,
  .invitation = "You could listen.",
  .why = "It is for tests.",
  .steps = "Listen"};

GESTO_EXPORT const gesto_exercise gesto_entry = {.abi = GESTO_ABI,
  .size = sizeof gesto_entry,
  .needs = GESTO_VERSION(1, 0),
  .wants = GESTO_WANTS_SOUND,
  .id = "org.gesto.test.hiss",
  .name = "Hiss",
  .version = "1.0",
  .author = "Gesto",
  .licence = "GPL-3.0-or-later",
  .purpose = &purpose,
  .create = create,
  .destroy = destroy,
  .draw = draw,
  .works = works,
  .extension = extension};
