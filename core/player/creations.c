// SPDX-License-Identifier: GPL-3.0-or-later
// gesto.creations/1: what works() hands over is copied or held, and goes to whoever asked.
#include "core/media/picture.h"
#include "core/player/extensions.h"
#include "core/player/machine.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { TOGETHER_MAX = 64, FACTS_MAX = 4 << 20 };

gesto_result gesto_result_of(result r) {
  switch (r) {
  case OK: return GESTO_OK;
  case NO_MEMORY: return GESTO_NO_MEMORY;
  case NO_SPACE:
  case TOO_LARGE: return GESTO_NO_SPACE;
  case NOT_NOW: return GESTO_NOT_NOW;
  case BAD_DATA: return GESTO_BAD_DATA;
  case TOO_NEW: return GESTO_TOO_NEW;
  default: return GESTO_FAILED;
  }
}

static const works_taker *taker(const gesto_host *host) {
  return ((const machine *)host->data)->taker;
}

static gesto_result keep_picture(const gesto_host *host, const char *title,
  const char *about, const uint8_t *rgba, uint32_t width, uint32_t height) {
  const works_taker *t = taker(host);
  if (!t) return GESTO_NOT_NOW;
  if (!rgba || width == 0 || height == 0) return GESTO_BAD_DATA;
  if (width > PICTURE_SIDE_MAX || height > PICTURE_SIDE_MAX) return GESTO_NO_SPACE;
  if ((uint64_t)width * height > PICTURE_PIXELS_MAX) return GESTO_NO_SPACE;
  size_t size = (size_t)width * height * 4;
  uint8_t *copy = malloc(size);
  if (!copy) return GESTO_NO_MEMORY;
  memcpy(copy, rgba, size);
  return t->picture(t->data, title ? title : "", about ? about : "", copy, width, height);
}

static gesto_result keep_together(
  const gesto_host *host, const char *title, const uint32_t *numbers, uint32_t count) {
  machine *m = host->data;
  const works_taker *t = taker(host);
  if (!t) return GESTO_NOT_NOW;
  if (!numbers || count == 0 || count > TOGETHER_MAX) return GESTO_BAD_DATA;
  tape_sound *held[TOGETHER_MAX];
  uint64_t frames[TOGETHER_MAX];
  for (uint32_t i = 0; i < count; i++) {
    held[i] = tapes_hold(&m->tapes, numbers[i], &frames[i]);
    if (held[i]) continue;
    while (i > 0) tape_sound_let_go(held[--i]);
    return GESTO_BAD_DATA;
  }
  return t->sound(t->data, title ? title : "", held, frames, count);
}

static gesto_result keep_sound(
  const gesto_host *host, const char *title, uint32_t number) {
  return keep_together(host, title, &number, 1);
}

static gesto_result keep_facts(
  const gesto_host *host, const char *name, const char *json) {
  const works_taker *t = taker(host);
  if (!t) return GESTO_NOT_NOW;
  if (!json || strnlen(json, FACTS_MAX) == FACTS_MAX) return GESTO_NO_SPACE;
  json_t *read = json_loads(json, 0, NULL);
  if (!read) return GESTO_BAD_DATA;
  json_decref(read);
  return t->facts(t->data, name ? name : "", json);
}

static gesto_result save_tape(const gesto_host *host, uint32_t number) {
  machine *m = host->data;
  return m->sounds ? saved_sounds_add(m->sounds, &m->tapes, number) : GESTO_NOT_NOW;
}

static gesto_result ended(const gesto_host *host, uint32_t how) {
  const works_taker *t = taker(host);
  if (!t) return GESTO_NOT_NOW;
  if (how < GESTO_WASHED_AWAY || how > GESTO_PARTLY_GONE) return GESTO_BAD_DATA;
  t->ended(t->data, how);
  return GESTO_OK;
}

const gesto_creations *creations_face(void) {
  static const gesto_creations face = {
    .size = sizeof face,
    .keep_picture = keep_picture,
    .keep_sound = keep_sound,
    .keep_facts = keep_facts,
    .keep_together = keep_together,
    .save_tape = save_tape,
    .ended = ended,
  };
  return &face;
}
