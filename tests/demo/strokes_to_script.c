// SPDX-License-Identifier: GPL-3.0-or-later
// Turns a recording of a pen (lines of time, x, y, pressure) into a gesture script for Draw,
// in which a brush, a size and a colour are taken up before some of its strokes:
//
//   cc -o strokes_to_script tests/demo/strokes_to_script.c -lm
//   ./strokes_to_script < tests/data/strokes/painting30sec.dat > tests/demo/painting.jsonl
#include <math.h>
#include <stdbool.h>
#include <stdio.h>

enum { SAMPLES_MAX = 16384, STAGE_WIDTH = 1280, STAGE_HEIGHT = 800, MARGIN = 24 };

typedef struct sample {
  double t, x, y, pressure;
} sample;

typedef struct box {
  double x0, y0, x1, y1;
} box;

// What the hand takes up before a stroke; NULL and 0 leave it as it is.
typedef struct choice {
  int stroke;
  const char *brush;
  int size; // percent
  const char *colour;
} choice;

// For painting30sec.dat: sea, evening light, a gull.
static const choice choices[] = {
  {0, "wash", 400, "#2a7dbf"},
  {1, "wash", 375, "#2f6b70"},
  {2, "wash", 400, "#2a7dbf"},
  {3, "wash", 400, "#efcb30"},
  {4, "brush", 375, "#2f6b70"},
  {5, "brush", 300, "#2a7dbf"},
  {6, "brush", 200, "#6e4474"},
  {7, "wash", 225, "#6e4474"},
  {8, "brush", 350, "#8a6b4a"},
  {9, "brush", 300, "#d98a3d"},
  {10, "wash", 300, "#c98a8f"},
  {11, "brush", 250, "#d98a3d"},
  {12, "brush", 200, "#efcb30"},
  {13, "brush", 150, "#c42f50"},
  {14, "brush", 125, "#c42f50"},
  {15, "chalk", 125, "#8d9694"},
  {17, "chalk", 125, "#d98a3d"},
  {20, "chalk", 125, "#efcb30"},
  {24, "chalk", 125, "#ffffff"},
  {28, "brush", 250, "#c42f50"},
  {29, "ink", 150, "#22302f"},
};

// After these strokes the hand thinks better of it.
static const int taken_back[] = {13};

static int read_samples(sample *s) {
  int n = 0;
  while (n < SAMPLES_MAX &&
    scanf("%lf %lf %lf %lf", &s[n].t, &s[n].x, &s[n].y, &s[n].pressure) == 4) {
    n++;
  }
  return n;
}

static box box_of(const sample *s, int n, double *most_pressure) {
  box b = {INFINITY, INFINITY, -INFINITY, -INFINITY};
  for (int i = 0; i < n; i++) {
    if (s[i].pressure <= 0) continue;
    b = (box){
      fmin(b.x0, s[i].x), fmin(b.y0, s[i].y), fmax(b.x1, s[i].x), fmax(b.y1, s[i].y)};
    *most_pressure = fmax(*most_pressure, s[i].pressure);
  }
  return b;
}

// Fills the stage, and the range of pressure, in the steps that the host rounds to.
static sample on_stage(sample s, const box *b, double most_pressure) {
  s.x = MARGIN + (s.x - b->x0) / (b->x1 - b->x0) * (STAGE_WIDTH - 2 * MARGIN);
  s.y = MARGIN + (s.y - b->y0) / (b->y1 - b->y0) * (STAGE_HEIGHT - 2 * MARGIN);
  s.x = round(s.x * 16) / 16;
  s.y = round(s.y * 16) / 16;
  s.pressure = round(s.pressure / most_pressure * 4096) / 4096;
  return s;
}

static void print_control(double t, const char *key, const char *value) {
  if (value != NULL)
    printf("{\"t\":%.6f,\"control\":\"%s\",\"value\":\"%s\"}\n", t, key, value);
}

static void print_choices(double t, int stroke) {
  for (size_t i = 0; i < sizeof choices / sizeof *choices; i++) {
    const choice *c = &choices[i];
    if (c->stroke != stroke) continue;
    print_control(t, "brush", c->brush);
    if (c->size > 0)
      printf("{\"t\":%.6f,\"control\":\"size\",\"value\":%d}\n", t, c->size);
    print_control(t, "colour", c->colour);
  }
}

static void print_point(const char *what, const sample *s) {
  printf(
    "{\"t\":%.6f,\"%s\":[%.4f,%.4f],\"pressure\":%.6f,\"tool\":\"pen\",\"source\":1}\n",
    s->t, what, s->x, s->y, s->pressure);
}

static void print_undo(double t, int stroke) {
  for (size_t i = 0; i < sizeof taken_back / sizeof *taken_back; i++) {
    if (taken_back[i] == stroke) printf("{\"t\":%.6f,\"action\":\"undo\"}\n", t);
  }
}

int main(void) {
  static sample samples[SAMPLES_MAX];
  int n = read_samples(samples), stroke = 0;
  double most_pressure = 0, t = 0;
  box b = box_of(samples, n, &most_pressure);
  bool down = false;
  sample last = {0};
  printf("{\"gesto\":\"gestures/"
         "1\",\"exercise\":\"org.gesto.draw\",\"stage\":[%d,%d],\"seed\":7}\n",
    STAGE_WIDTH, STAGE_HEIGHT);
  for (int i = 0; i < n; i++) {
    bool touching = samples[i].pressure > 0;
    t = samples[i].t;
    if (touching) {
      last = on_stage(samples[i], &b, most_pressure);
      if (!down) print_choices(t, stroke);
      print_point(down ? "move" : "down", &last);
    } else if (down) {
      last.t = t;
      last.pressure = 0;
      print_point("up", &last);
      print_undo(t, stroke++);
    }
    down = touching;
  }
  if (down) {
    last.t = t += 0.008;
    last.pressure = 0;
    print_point("up", &last);
  }
  printf(
    "{\"t\":%.6f,\"close\":{\"keep\":\"keep\",\"process\":true,\"title\":\"Sea\"}}\n",
    t + 1);
  return 0;
}
