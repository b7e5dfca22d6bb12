// SPDX-License-Identifier: MIT
// Breathing circle: a whole exercise in one file. It shows every part that most exercises
// need: words, a control, time, a picture, and a state that can be saved and loaded.
#include "gesto.h"

#include <cairo.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PACE = 1 }; // ids of controls: never changed, never used again

typedef struct state { // all that this exercise knows; no global variables
  double pace;         // breaths a minute
  double phase;        // 0..1: where in the breath we are
} state;

typedef struct exercise {
  const gesto_host *host;
  state now;
} exercise;

static void *create(const gesto_host *host) {
  exercise *e = calloc(1, sizeof *e);
  if (e) *e = (exercise){.host = host, .now = {.pace = 8}};
  return e;
}

static void destroy(void *self) { free(self); }

static void event(void *self, const gesto_event *event) {
  exercise *e = self;
  if (event->type == GESTO_CONTROL_SET && event->as.control.id == PACE)
    e->now.pace = event->as.control.value;
}

// 60 times a second of exercise time: the only clock there is.
static bool tick(void *self) {
  exercise *e = self;
  e->now.phase = fmod(e->now.phase + e->now.pace / 3600, 1);
  e->host->changed(e->host, 0, 0, 0, 0);
  return true;
}

// Shows the state and changes nothing: it may be called often, seldom or never.
static void draw(const void *self, cairo_t *to, const gesto_frame *frame) {
  const exercise *e = self;
  uint32_t colour = e->host->colour(e->host, "sage");
  double full = fmin(frame->width, frame->height) * 0.4;
  double open = 0.5 - 0.5 * cos(2 * M_PI * e->now.phase);
  cairo_set_source_rgb(to, (colour >> 16 & 255) / 255.0, (colour >> 8 & 255) / 255.0,
    (colour & 255) / 255.0);
  cairo_arc(
    to, frame->width / 2, frame->height / 2, full * (0.35 + 0.65 * open), 0, 2 * M_PI);
  cairo_fill(to);
}

static gesto_result save(const void *self, const gesto_writer *to, bool with_history) {
  (void)with_history; // nothing here can be taken back
  return to->write(to, &((const exercise *)self)->now, sizeof(state));
}

static gesto_result load(void *self, const gesto_reader *from, const char *version) {
  (void)version;                       // later versions keep reading what this one wrote
  char bytes[sizeof(state) + 1] = {0}; // room for one too many, to notice it
  size_t have = 0;
  int64_t n;
  while (
    have < sizeof bytes && (n = from->read(from, bytes + have, sizeof bytes - have)) > 0)
    have += (size_t)n;
  state found;
  memcpy(&found, bytes, sizeof found);
  bool good = have == sizeof found && found.pace >= 4 && found.pace <= 14 &&
    found.phase >= 0 && found.phase < 1;
  if (good) ((exercise *)self)->now = found;
  return good ? GESTO_OK : GESTO_BAD_DATA;
}

// clang-format off
static const gesto_control controls[] = {
  {.size = sizeof(gesto_control), .id = PACE, .kind = GESTO_RANGE, .flags = GESTO_AT_HAND,
    .key = "pace", .name = "Pace", .unit = "breaths a minute", .low = 4, .high = 14,
    .step = 0.5, .initial = 8},
  {.size = 0},
};
static const char *const goals[] = {"calm", NULL};
static const gesto_purpose purpose = {.size = sizeof purpose, .goals = goals,
  .invitation = "You could let the circle set the pace of your breath, or simply watch it.",
  .why = "Slower, gentle breathing helps some people settle.",
  .steps = "In as it grows\nOut as it sinks",
  .care = "If you feel light-headed or uneasy, breathe as you like, or stop."};

GESTO_EXPORT const gesto_exercise gesto_entry = {.abi = GESTO_ABI, .size = sizeof gesto_entry,
  .needs = GESTO_VERSION(1, 0), .id = "org.example.template", .name = "Breathing circle",
  .version = "1.0", .author = "Gesto", .licence = "MIT", .purpose = &purpose,
  .controls = controls, .create = create, .destroy = destroy, .event = event, .tick = tick,
  .draw = draw, .save = save, .load = load};
