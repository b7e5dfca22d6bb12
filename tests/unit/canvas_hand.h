// SPDX-License-Identifier: GPL-3.0-or-later
// A hand for tests of the canvas: brushes from assets/, strokes from the recording and from
// chance. Included once by each test program that paints.
#ifndef TESTS_CANVAS_HAND_H
#define TESTS_CANVAS_HAND_H

#include "core/base/io.h"
#include "core/studio/canvas.h"

#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HAND_BRUSHES = 6, HAND_SAMPLES_MAX = 4096 };
static const char *const hand_brush_names[HAND_BRUSHES] = {
  "pencil", "brush", "ink", "chalk", "wash", "rub-out"};

// The folder the brushes lie in, then their texts once they were read.
typedef struct hand_brushes {
  char *text[HAND_BRUSHES];
} hand_brushes;

static inline const char *hand_brush(void *data, const char *name) {
  hand_brushes *b = data;
  for (int i = 0; i < HAND_BRUSHES; i++) {
    if (strcmp(name, hand_brush_names[i]) != 0) continue;
    char path[128];
    size_t size;
    snprintf(path, sizeof path, "assets/brushes/%s.myb", name);
    if (b->text[i] == NULL &&
      io_load(AT_FDCWD, path, 1 << 20, &b->text[i], &size) != OK) {
      return NULL;
    }
    return b->text[i];
  }
  return NULL;
}

static inline void hand_brushes_finish(hand_brushes *b) {
  for (int i = 0; i < HAND_BRUSHES; i++) free(b->text[i]);
  *b = (hand_brushes){0};
}

typedef struct hand_sample {
  double t, x, y, pressure;
} hand_sample;

// The recording; returns how many samples it has.
static inline int hand_recording(hand_sample *to) {
  char *text = NULL;
  size_t size = 0;
  const char *path = "tests/data/strokes/painting30sec.dat";
  if (io_load(AT_FDCWD, path, 1 << 20, &text, &size) != OK) return 0;
  int n = 0, used = 0;
  for (const char *at = text; n < HAND_SAMPLES_MAX; at += used, n++) {
    if (sscanf(at, "%lf %lf %lf %lf%n", &to[n].t, &to[n].x, &to[n].y, &to[n].pressure,
          &used) != 4)
      break;
  }
  free(text);
  return n;
}

static inline uint32_t hand_chance(uint64_t *state, uint32_t below) {
  *state = *state * 6364136223846793005u + 1442695040888963407u;
  return below == 0 ? 0 : (uint32_t)(*state >> 33) % below;
}

static inline gesto_event hand_event(
  uint16_t type, double seconds, double x, double y, double pressure) {
  gesto_event e = {.time = (uint64_t)(seconds * 1e6), .type = type, .source = 1};
  e.as.pointer.x = (float)x;
  e.as.pointer.y = (float)y;
  e.as.pointer.pressure = (float)pressure;
  e.as.pointer.tool = GESTO_PEN;
  return e;
}

// A stroke of chance over paper of that size; the same `state` gives the same stroke.
static inline result hand_stroke(
  canvas *c, uint64_t *state, uint32_t width, uint32_t height) {
  double x = hand_chance(state, width), y = hand_chance(state, height), t = 0;
  double turn = hand_chance(state, 628) / 100.0;
  uint32_t n = 3 + hand_chance(state, 25);
  gesto_event e = hand_event(GESTO_POINTER_DOWN, t, x, y, 0.5);
  result r = canvas_stroke(c, &e);
  for (uint32_t i = 0; i < n && r == OK; i++) {
    turn += hand_chance(state, 100) / 100.0 - 0.5;
    x += 6 * cos(turn);
    y += 6 * sin(turn);
    t += 0.008;
    e = hand_event(GESTO_POINTER_MOVE, t, x, y, 0.3 + hand_chance(state, 60) / 100.0);
    r = canvas_stroke(c, &e);
  }
  e = hand_event(GESTO_POINTER_UP, t + 0.008, x, y, 0);
  return r == OK ? canvas_stroke(c, &e) : r;
}

#endif
