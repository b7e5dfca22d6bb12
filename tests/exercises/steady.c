// SPDX-License-Identifier: GPL-3.0-or-later
// A well-behaved exercise for tests: everything that reaches it ends up in numbers that its
// facts show, and its sound half goes into a tape, and in layers over each other into another.
#include "gesto.h"

#include <cairo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PACE = 1, DOUBLE = 2, MOOD = 3, WORD = 4, STEP = GESTO_OWN, HEARD };
enum { TAPE_FRAMES = 48000 * 20, LAYER_FRAMES = 64 * 75 };

typedef struct state {
  uint64_t hash, chance;
  uint32_t events, ticks, heard, tape, layers, unused;
  uint64_t heard_sum;
  double pace, mood;
  float x, y;
  int32_t moving;
} state;

typedef struct steady {
  const gesto_host *host;
  state s;
} steady;

static void mix(state *s, const void *bytes, size_t n) {
  const unsigned char *b = bytes;
  for (size_t i = 0; i < n; i++) s->hash = (s->hash ^ b[i]) * 1099511628211u;
}

static void *create(const gesto_host *host) {
  steady *e = calloc(1, sizeof *e);
  if (!e) return NULL;
  e->host = host;
  e->s.hash = 14695981039346656037u;
  const gesto_tapes *tapes = host->extension(host, GESTO_TAPES);
  if (tapes) e->s.tape = tapes->open(host, "All of it", TAPE_FRAMES);
  if (tapes) e->s.layers = tapes->open(host, "Layers", LAYER_FRAMES);
  return e;
}

static void destroy(void *self) { free(self); }

static void pressed(steady *e, const gesto_event *event) {
  e->s.x = event->as.pointer.x;
  e->s.y = event->as.pointer.y;
  e->s.moving = 20;
  e->s.chance ^= e->host->random(e->host);
  e->host->changed(e->host, e->s.x - 20, e->s.y - 20, 40, 40);
  gesto_event step = {.type = STEP, .source = (uint32_t)e->s.x};
  e->host->to_sound(e->host, &step);
}

static void event(void *self, const gesto_event *event) {
  steady *e = self;
  if ((event->type > GESTO_TEXT && event->type < STEP) || event->type > HEARD) return;
  e->s.events++;
  mix(&e->s, event, sizeof *event);
  switch (event->type) {
  case GESTO_POINTER_DOWN:
  case GESTO_POINTER_MOVE: pressed(e, event); break;
  case GESTO_ACTION:
    if (event->as.control.id == DOUBLE)
      e->host->set_control(e->host, PACE, e->s.pace * 2);
    break;
  case GESTO_CONTROL_SET:
    if (event->as.control.id == PACE) e->s.pace = event->as.control.value;
    if (event->as.control.id == MOOD) e->s.mood = event->as.control.value;
    break;
  case HEARD:
    e->s.heard++;
    e->s.heard_sum += event->source;
    break;
  default: break;
  }
}

static bool tick(void *self) {
  steady *e = self;
  uint64_t now = e->host->now(e->host);
  e->s.ticks++;
  mix(&e->s, &now, sizeof now);
  if (e->s.moving > 0) e->s.moving--;
  return e->s.moving > 0;
}

static void draw(const void *self, cairo_t *to, const gesto_frame *frame) {
  const steady *e = self;
  (void)frame;
  cairo_set_source_rgb(to, 1, 0, 0);
  cairo_rectangle(to, e->s.x - 10, e->s.y - 10, 20, 20);
  cairo_fill(to);
}

static gesto_result works(const void *self, const gesto_host *host) {
  const steady *e = self;
  const gesto_creations *keep = host->extension(host, GESTO_CREATIONS);
  char facts[512];
  snprintf(facts, sizeof facts,
    "{\"events\":%u,\"ticks\":%u,\"heard\":%u,\"heard_sum\":%llu,\"hash\":\"%016llx\","
    "\"chance\":\"%016llx\",\"pace\":%g,\"mood\":%g}",
    e->s.events, e->s.ticks, e->s.heard, (unsigned long long)e->s.heard_sum,
    (unsigned long long)e->s.hash, (unsigned long long)e->s.chance, e->s.pace, e->s.mood);
  uint8_t rgba[8 * 4];
  for (size_t i = 0; i < sizeof rgba; i++) rgba[i] = i % 4 == 3 ? 255 : facts[i] & 255;
  gesto_result r = keep->keep_facts(host, "steady", facts);
  if (r == GESTO_OK) r = keep->keep_picture(host, "Facts", "Numbers", rgba, 4, 2);
  if (r == GESTO_OK && e->s.tape) r = keep->keep_sound(host, "All of it", e->s.tape);
  if (r == GESTO_OK && e->s.layers) r = keep->keep_sound(host, "Layers", e->s.layers);
  return r;
}

static gesto_result save(const void *self, const gesto_writer *to, bool with_history) {
  const steady *e = self;
  const gesto_creations *keep = e->host->extension(e->host, GESTO_CREATIONS);
  gesto_result r = GESTO_OK;
  if (!with_history && e->s.tape) r = keep->save_tape(e->host, e->s.tape);
  if (r == GESTO_OK && !with_history && e->s.layers)
    r = keep->save_tape(e->host, e->s.layers);
  return r == GESTO_OK ? to->write(to, &e->s, sizeof(state)) : r;
}

static gesto_result load(void *self, const gesto_reader *from, const char *version) {
  (void)version;
  char all[sizeof(state) + 1];
  size_t have = 0;
  int64_t n = 0;
  while (have < sizeof all && (n = from->read(from, all + have, sizeof all - have)) > 0) {
    have += (size_t)n;
  }
  if (have != sizeof(state)) return GESTO_BAD_DATA;
  memcpy(&((steady *)self)->s, all, sizeof(state));
  return GESTO_OK;
}

// ---- Sound half: a saw whose pitch follows the steps --------------------------------

typedef struct half {
  float level, slope;
  uint32_t tape, layers, sum;
  const gesto_tapes *tapes;
} half;

static void *open_half(const void *self, double rate, uint32_t frames, uint64_t seed) {
  half *h = calloc(1, sizeof *h);
  (void)rate, (void)frames;
  if (!h) return NULL;
  h->slope = 0.001f + (float)(seed % 100) * 1e-6f;
  const steady *e = self;
  h->tape = e->s.tape;
  h->layers = e->s.layers;
  h->tapes = e->host->extension(e->host, GESTO_TAPES);
  return h;
}

static void close_half(void *sound) { free(sound); }

static void lay_over(const half *h, const gesto_block *block) {
  float left[64], right[64];
  float *const old[2] = {left, right};
  const uint64_t at = block->position % LAYER_FRAMES;
  if (!h->tapes->read(block, h->layers, at, old)) return;
  for (uint32_t i = 0; i < 64; i++) {
    left[i] = left[i] * 0.75f + block->out[0][i];
    right[i] = right[i] * 0.75f + block->out[1][i];
  }
  const float *const sum[2] = {left, right};
  h->tapes->write(block, h->layers, at, sum);
}

static void process(void *sound, const gesto_block *block) {
  half *h = sound;
  for (uint32_t i = 0; i < block->event_count; i++) {
    h->slope = 0.0005f + (float)(block->events[i].source % 1000) * 1e-5f;
    h->sum += block->events[i].source;
    gesto_event said = {.type = HEARD, .source = h->sum & 0xffff};
    block->emit(block, &said);
  }
  for (uint32_t i = 0; i < block->frames; i++) {
    h->level += h->slope;
    if (h->level > 1) h->level -= 2;
    block->out[0][i] = h->level * 0.25f;
    block->out[1][i] = -h->level * 0.25f;
  }
  const float *const out[2] = {block->out[0], block->out[1]};
  if (!h->tapes) return;
  h->tapes->write(block, h->tape, block->position, out);
  lay_over(h, block);
}

static const gesto_sound sound = {sizeof sound, open_half, close_half, process};

// Two places: one that stays, one that goes with the last press. Its name is no good text: a
// line break, a letter that is cut in two, and no end.
static uint32_t list_spots(const void *self, gesto_spot *spots, uint32_t room) {
  const steady *e = self;
  if (room < 2) return 2;
  spots[0] = (gesto_spot){.x = 0, .y = 0, .w = 48, .h = 48, .id = 7};
  snprintf(spots[0].name, sizeof spots[0].name, "Mood\n%g", e->s.mood);
  spots[1] = (gesto_spot){.x = e->s.x, .y = e->s.y, .w = 20, .h = 20, .id = 9};
  memset(spots[1].name, 'a', sizeof spots[1].name);
  memcpy(spots[1].name + sizeof spots[1].name - 2, "\xc3\xa9", 2);
  if (e->s.x > 250) spots[1].w = -1;
  return e->s.y > 150 ? UINT32_MAX : 2;
}

static const gesto_spots spots = {.size = sizeof spots, .list = list_spots};

static const void *extension(const char *id) {
  if (strcmp(id, GESTO_SPOTS) == 0) return &spots;
  return strcmp(id, GESTO_SOUND) == 0 ? &sound : NULL;
}

static const gesto_choice moods[] = {
  {"calm", "Calm"}, {"lively", "Lively"}, {NULL, NULL}};
static const gesto_control controls[] = {
  {.size = sizeof(gesto_control),
    .id = PACE,
    .kind = GESTO_RANGE,
    .key = "pace",
    .name = "Pace",
    .low = 1,
    .high = 16,
    .step = 1,
    .initial = 3},
  {.size = sizeof(gesto_control),
    .id = DOUBLE,
    .kind = GESTO_BUTTON,
    .key = "double",
    .name = "Double the pace"},
  {.size = sizeof(gesto_control),
    .id = MOOD,
    .kind = GESTO_CHOICE,
    .key = "mood",
    .name = "Mood",
    .choices = moods},
  {.size = sizeof(gesto_control),
    .id = WORD,
    .kind = GESTO_TEXT_FIELD,
    .key = "word",
    .name = "A word",
    .flags = GESTO_FOR_THERAPIST},
  {.size = 0},
};
static const char *const goals[] = {"calm", NULL};
static const gesto_purpose purpose = {.size = sizeof purpose,
  .goals = goals,
  .invitation = "You could press here and there.",
  .why = "It is for tests.",
  .steps = "Press\nLet go"};

GESTO_EXPORT const gesto_exercise gesto_entry = {.abi = GESTO_ABI,
  .size = sizeof gesto_entry,
  .needs = GESTO_VERSION(1, 0),
  .wants = GESTO_WANTS_SOUND,
  .id = "org.gesto.test.steady",
  .name = "Steady",
  .version = "1.0",
  .author = "Gesto",
  .licence = "GPL-3.0-or-later",
  .purpose = &purpose,
  .controls = controls,
  .create = create,
  .destroy = destroy,
  .event = event,
  .tick = tick,
  .draw = draw,
  .works = works,
  .save = save,
  .load = load,
  .extension = extension};
