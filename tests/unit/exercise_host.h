// SPDX-License-Identifier: GPL-3.0-or-later
// A small host in one process for tests of exercises: time, events, tapes in memory, voices
// that are plain sines, and a guard against memory calls on the sound path. Include it in one
// test program; it has that program's only mutable globals.
#ifndef TESTS_EXERCISE_HOST_H
#define TESTS_EXERCISE_HOST_H

#pragma GCC diagnostic ignored "-Wunused-function" // no test needs all of it

// clang-format off
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on
#include "core/api/gesto.h"

#include <cairo.h>
#include <dlfcn.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { HOST_TAPES = 128, HOST_QUEUE = 4096, HOST_NOTES = 64, HOST_WORKS = 32 };

typedef struct host_tape {
  float *samples; // interleaved
  uint64_t frames, written;
  bool open, dropped;
} host_tape;

typedef struct host_note { // as the voices were told
  uint64_t at;             // frames since create()
  uint32_t channel;
  float pitch, velocity;
} host_note;

typedef struct host_work {
  char kind, title[64], text[65536];
  uint32_t tapes[64], count;
} host_work;

typedef struct test_host {
  gesto_host host;
  const gesto_exercise *entry;
  const gesto_sound *sound;
  void *self, *half;
  uint64_t time_us, ticks, blocks, seed;
  bool moving, paused, no_tapes;
  char asset_folder[512];
  const char *(*setting)(const char *key);
  gesto_event to_sound[HOST_QUEUE], emitted[HOST_QUEUE], controls[64];
  uint32_t to_sound_count, emitted_count, control_count, block_emits, refused;
  host_tape tapes[HOST_TAPES];
  uint32_t tape_count;
  host_note *notes; // all that was asked of the voices
  uint32_t note_count, note_room;
  struct {
    bool on;
    float pitch, velocity, phase, level;
    uint32_t channel;
  } sines[HOST_NOTES];
  host_work works[HOST_WORKS];
  uint32_t work_count, changes;
  float *out; // all that was made, interleaved
  uint64_t out_frames, out_room;
  char *state;
  size_t state_size, state_read;
} test_host;

// ---- The guard ------------------------------------------------------------------------------

static _Thread_local bool on_sound_path;
__attribute__((unused)) static uint32_t guard_offences;
#ifndef GESTO_SANITIZED
void *__libc_malloc(size_t n);
void __libc_free(void *p);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t n);
#define SEEN_BY_ALL __attribute__((visibility("default")))
SEEN_BY_ALL void *malloc(size_t n) {
  guard_offences += on_sound_path;
  return __libc_malloc(n);
}
SEEN_BY_ALL void free(void *p) {
  guard_offences += on_sound_path;
  __libc_free(p);
}
SEEN_BY_ALL void *calloc(size_t n, size_t size) {
  guard_offences += on_sound_path;
  return __libc_calloc(n, size);
}
SEEN_BY_ALL void *realloc(void *p, size_t n) {
  guard_offences += on_sound_path;
  return __libc_realloc(p, n);
}
#endif

// ---- What the exercise asks -------------------------------------------------------------------

static test_host *host_of(const gesto_host *host) { return host->data; }
static uint64_t host_now(const gesto_host *host) { return host_of(host)->time_us; }

static uint64_t host_random(const gesto_host *host) {
  test_host *h = host_of(host);
  h->seed = h->seed * 6364136223846793005u + 1442695040888963407u;
  return h->seed >> 11;
}

static void host_set_control(const gesto_host *host, uint32_t id, double value) {
  test_host *h = host_of(host);
  assert_true(h->control_count < 64);
  h->controls[h->control_count++] =
    (gesto_event){.type = GESTO_CONTROL_SET, .as.control = {.id = id, .value = value}};
}

static void host_changed(const gesto_host *host, float x, float y, float w, float h) {
  (void)x, (void)y, (void)w, (void)h;
  host_of(host)->changes++;
}

static bool host_to_sound(const gesto_host *host, const gesto_event *event) {
  test_host *h = host_of(host);
  assert_true(h->to_sound_count < HOST_QUEUE);
  h->to_sound[h->to_sound_count++] = *event;
  return true;
}

static const void *host_asset(const gesto_host *host, const char *name, size_t *bytes) {
  test_host *h = host_of(host);
  static char kept[8][65536];
  static uint32_t used;
  char path[800];
  snprintf(path, sizeof path, "%s%s/%s", h->asset_folder, h->entry->id, name);
  FILE *f = fopen(path, "rb");
  if (!f) return NULL;
  char *to = kept[used++ % 8];
  *bytes = fread(to, 1, 65535, f);
  to[*bytes] = 0;
  fclose(f);
  return to;
}

static const char *host_setting(const gesto_host *host, const char *key) {
  test_host *h = host_of(host);
  return h->setting ? h->setting(key) : NULL;
}

static uint32_t host_colour(const gesto_host *host, const char *token) {
  (void)host;
  static const struct {
    const char *token;
    uint32_t rgb;
  } all[] = {{"paper", 0xF5F1E8}, {"surface", 0xFFFDF8}, {"sunken", 0xEBE5D8},
    {"line", 0xDCD4C4}, {"ink", 0x22302F}, {"ink-2", 0x515E5B}, {"control", 0x7F7767},
    {"primary", 0x1F5D62}, {"clay", 0xA2432A}, {"ochre", 0x7D5600}, {"plum", 0x6E4474},
    {"indigo", 0x3B4E8C}, {"sage", 0x44633A}, {"focus", 0x1B3FB5},
    {"primary-soft", 0xD6E6E2}, {"clay-soft", 0xF4DFD5}, {"ochre-soft", 0xF2E3BE},
    {"indigo-soft", 0xDEE3F2}, {"sage-soft", 0xDFE8D4}};
  for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
    if (strcmp(all[i].token, token) == 0) return all[i].rgb;
  fail_msg("no colour token \"%s\" in the theme", token);
  return 0;
}

static void host_log(const gesto_host *host, int32_t level, const char *text) {
  (void)host, (void)level, (void)text;
}

static void host_give_up(const gesto_host *host, gesto_result why, const char *sentence) {
  (void)host, (void)why;
  fail_msg("the exercise gave up: %s", sentence);
}

// ---- Works --------------------------------------------------------------------------------------

static host_work *new_work(test_host *h, char kind, const char *title) {
  assert_true(h->work_count < HOST_WORKS);
  host_work *w = &h->works[h->work_count++];
  w->kind = kind;
  w->count = 0;
  snprintf(w->title, sizeof w->title, "%s", title);
  return w;
}

static gesto_result keep_picture(const gesto_host *host, const char *title,
  const char *about, const uint8_t *rgba, uint32_t width, uint32_t height) {
  (void)about, (void)rgba, (void)width, (void)height;
  new_work(host_of(host), 'p', title);
  return GESTO_OK;
}

static gesto_result keep_together(
  const gesto_host *host, const char *title, const uint32_t *tapes, uint32_t count) {
  host_work *w = new_work(host_of(host), 's', title);
  w->count = count;
  memcpy(w->tapes, tapes, count * sizeof tapes[0]);
  return GESTO_OK;
}

static gesto_result keep_sound(const gesto_host *host, const char *title, uint32_t tape) {
  return keep_together(host, title, &tape, 1);
}

static gesto_result keep_facts(
  const gesto_host *host, const char *name, const char *json) {
  host_work *w = new_work(host_of(host), 'f', name);
  snprintf(w->text, sizeof w->text, "%s", json);
  return GESTO_OK;
}

// ---- Tapes and voices ------------------------------------------------------------------------------

static uint32_t tape_open(const gesto_host *host, const char *title, uint64_t frames) {
  (void)title;
  test_host *h = host_of(host);
  assert_true(frames % 64 == 0);
  if (h->no_tapes || h->tape_count + 1 >= HOST_TAPES) return 0;
  host_tape *t = &h->tapes[++h->tape_count];
  *t = (host_tape){
    .frames = frames, .open = true, .samples = calloc(frames * 2, sizeof(float))};
  return h->tape_count;
}

static void tape_close(const gesto_host *host, uint32_t tape) {
  host_of(host)->tapes[tape].open = false;
}

static void tape_drop(const gesto_host *host, uint32_t tape) {
  host_of(host)->tapes[tape].dropped = true;
  host_of(host)->tapes[tape].open = false;
}

static bool tape_at(const gesto_block *block, uint32_t tape, uint64_t at, host_tape **t) {
  test_host *h = block->host;
  *t = &h->tapes[tape];
  return tape && tape <= h->tape_count && at % 64 == 0 && at + 64 <= (*t)->frames;
}

static bool tape_write(
  const gesto_block *block, uint32_t tape, uint64_t at, const float *const in[2]) {
  host_tape *t;
  if (!tape_at(block, tape, at, &t) || !t->open) return false;
  for (uint32_t i = 0; i < 64; i++)
    for (uint32_t c = 0; c < 2; c++) t->samples[(at + i) * 2 + c] = in[c][i];
  if (t->written < at + 64) t->written = at + 64;
  return true;
}

static bool tape_read(
  const gesto_block *block, uint32_t tape, uint64_t at, float *const out[2]) {
  host_tape *t;
  if (!tape_at(block, tape, at, &t) || t->dropped) return false;
  for (uint32_t i = 0; i < 64; i++)
    for (uint32_t c = 0; c < 2; c++) out[c][i] = t->samples[(at + i) * 2 + c];
  return true;
}

static void voice_note(
  const gesto_block *block, uint32_t channel, float pitch, float velocity, uint32_t at) {
  test_host *h = block->host;
  on_sound_path = false; // the host's own list may grow
  if (h->note_count == h->note_room) {
    h->note_room = h->note_room * 2 + 256;
    h->notes = realloc(h->notes, h->note_room * sizeof h->notes[0]);
  }
  on_sound_path = true;
  h->notes[h->note_count++] = (host_note){block->position + at, channel, pitch, velocity};
  for (uint32_t i = 0; i < HOST_NOTES; i++) {
    bool same =
      h->sines[i].on && h->sines[i].channel == channel && h->sines[i].pitch == pitch;
    if (velocity == 0 && same) h->sines[i].on = false;
    if (velocity == 0 || h->sines[i].on || h->sines[i].level > 0) continue;
    h->sines[i].on = true;
    h->sines[i].pitch = pitch;
    h->sines[i].velocity = velocity;
    h->sines[i].channel = channel;
    h->sines[i].phase = -(float)at; // silent until then
    return;
  }
}

static void voice_instrument(
  const gesto_block *block, uint32_t channel, uint32_t preset) {
  (void)block;
  assert_true(channel < 16 && preset < 128);
}

static void voice_render(
  const gesto_block *block, uint32_t channel, float *const out[2]) {
  test_host *h = block->host;
  for (uint32_t i = 0; i < HOST_NOTES; i++) {
    if (h->sines[i].channel != channel || (!h->sines[i].on && h->sines[i].level <= 0))
      continue;
    float step = 440 * powf(2, (h->sines[i].pitch - 69) / 12) * 6.2831853f / 48000;
    for (uint32_t n = 0; n < 64; n++) {
      float phase = h->sines[i].phase++;
      if (phase < 0) continue;
      float aim = h->sines[i].on ? h->sines[i].velocity * 0.2f : 0;
      float move = aim - h->sines[i].level;
      h->sines[i].level += move > 0.01f ? 0.01f : move < -0.0002f ? -0.0002f : move;
      float wave = h->sines[i].level * sinf(phase * step);
      out[0][n] += wave;
      out[1][n] += wave;
    }
  }
}

static const void *host_extension(const gesto_host *host, const char *id) {
  static const gesto_creations creations = {.size = sizeof creations,
    .keep_picture = keep_picture,
    .keep_sound = keep_sound,
    .keep_facts = keep_facts,
    .keep_together = keep_together};
  static const gesto_tapes tapes = {.size = sizeof tapes,
    .open = tape_open,
    .close = tape_close,
    .drop = tape_drop,
    .write = tape_write,
    .read = tape_read};
  static const gesto_voices voices = {.size = sizeof voices,
    .note = voice_note,
    .instrument = voice_instrument,
    .render = voice_render};
  (void)host;
  if (strcmp(id, GESTO_CREATIONS) == 0) return &creations;
  if (strcmp(id, GESTO_TAPES) == 0) return &tapes;
  if (strcmp(id, GESTO_VOICES) == 0) return &voices;
  return NULL;
}

// ---- Driving it ------------------------------------------------------------------------------------

static void host_settle(test_host *h) { // values that the exercise asked for come back
  for (uint32_t turn = 0; h->control_count && turn < 8; turn++) {
    gesto_event back[64];
    uint32_t count = h->control_count;
    memcpy(back, h->controls, count * sizeof back[0]);
    h->control_count = 0;
    for (uint32_t i = 0; i < count; i++) {
      back[i].time = h->time_us;
      h->entry->event(h->self, &back[i]);
    }
  }
  assert_int_equal(h->control_count, 0);
}

static void host_event(test_host *h, gesto_event event) {
  event.time = h->time_us;
  if (event.type == GESTO_PAUSE) h->paused = true;
  if (event.type == GESTO_RESUME) h->paused = false;
  h->entry->event(h->self, &event);
  host_settle(h);
}

static bool host_emit(const gesto_block *block, const gesto_event *event) {
  test_host *h = block->host;
  assert_true(h->emitted_count < HOST_QUEUE);
  if (h->block_emits++ >= 64) {
    h->refused++;
    return false;
  }
  h->emitted[h->emitted_count++] = *event;
  return true;
}

static void run_block(test_host *h) {
  float left[64] = {0}, right[64] = {0};
  gesto_block block = {.size = sizeof block,
    .frames = 64,
    .position = h->blocks * 64,
    .host = h,
    .out = {left, right},
    .events = h->to_sound,
    .event_count = h->to_sound_count,
    .emit = host_emit};
  for (uint32_t i = 0; i < h->to_sound_count; i++) h->to_sound[i].time = 0;
  h->block_emits = 0;
  on_sound_path = true;
  h->sound->process(h->half, &block);
  on_sound_path = false;
  h->to_sound_count = 0;
  h->blocks++;
  if (h->out_frames + 64 > h->out_room) {
    h->out_room = h->out_room * 2 + 480000;
    h->out = realloc(h->out, h->out_room * 2 * sizeof(float));
  }
  for (uint32_t i = 0; i < 64; i++) {
    assert_true(isfinite(left[i]) && isfinite(right[i]));
    h->out[h->out_frames * 2] = left[i];
    h->out[h->out_frames++ * 2 + 1] = right[i];
  }
}

static void host_deliver(test_host *h) {
  gesto_event heard[HOST_QUEUE];
  uint32_t count = h->emitted_count;
  memcpy(heard, h->emitted, count * sizeof heard[0]);
  h->emitted_count = 0;
  for (uint32_t i = 0; i < count; i++) host_event(h, heard[i]);
}

// Ticks and blocks up to `seconds` of exercise time, as the real host orders them.
static void host_run_to(test_host *h, double seconds) {
  uint64_t goal = (uint64_t)(seconds * 1e6 + 0.5);
  while (!h->paused) {
    uint64_t next_tick = h->ticks * 1000000 / 60;
    if (next_tick > goal) break;
    h->time_us = next_tick;
    while (h->sound && h->half && (h->blocks + 1) * 64 * 1000000 / 48000 <= next_tick)
      run_block(h);
    host_deliver(h);
    if (h->entry->tick) h->moving = h->entry->tick(h->self);
    host_settle(h);
    h->ticks++;
  }
  h->time_us = goal;
}

static gesto_result host_write(const gesto_writer *to, const void *bytes, size_t n) {
  test_host *h = to->data;
  h->state = realloc(h->state, h->state_size + n);
  memcpy(h->state + h->state_size, bytes, n);
  h->state_size += n;
  return GESTO_OK;
}

static int64_t host_read(const gesto_reader *from, void *bytes, size_t n) {
  test_host *h = from->data;
  size_t left = h->state_size - h->state_read;
  n = n < left ? n : left;
  n = n < 7 ? n : 7; // little by little, as a stream may
  memcpy(bytes, h->state + h->state_read, n);
  h->state_read += n;
  return (int64_t)n;
}

static void host_save(test_host *h, bool with_history) {
  gesto_writer to = {.size = sizeof to, .data = h, .write = host_write};
  h->state_size = 0;
  assert_int_equal(h->entry->save(h->self, &to, with_history), GESTO_OK);
}

static gesto_result host_load(test_host *h, void *self) {
  gesto_reader from = {.size = sizeof from, .data = h, .read = host_read};
  h->state_read = 0;
  return h->entry->load(self, &from, h->entry->version);
}

static void host_asset_folder(test_host *h) {
  char self[400] = {0};
  assert_true(readlink("/proc/self/exe", self, sizeof self - 1) > 0);
  *strrchr(self, '/') = 0;
  snprintf(h->asset_folder, sizeof h->asset_folder, "%s/../assets/", self);
}

static const gesto_exercise *host_find(const char *name) {
  char path[512], self[400] = {0};
  assert_true(readlink("/proc/self/exe", self, sizeof self - 1) > 0);
  *strrchr(self, '/') = 0;
  snprintf(path, sizeof path, "%s/../plugins/%s.so", self, name);
  void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (!library) fail_msg("%s", dlerror());
  const gesto_exercise *entry = dlsym(library, "gesto_entry");
  assert_non_null(entry);
  return entry;
}

static void first_events(test_host *h, bool loaded) {
  host_event(h, (gesto_event){.type = GESTO_STAGE, .as.stage = {1280, 700, 1}});
  host_event(h, (gesto_event){.type = GESTO_LOOK, .as.look = {0, 1}});
  for (const gesto_control *c = h->entry->controls; c && c->size && !loaded; c++)
    if (c->kind != GESTO_BUTTON)
      host_event(h,
        (gesto_event){
          .type = GESTO_CONTROL_SET, .as.control = {.id = c->id, .value = c->initial}});
}

static void host_open_sound(test_host *h) {
  h->sound = h->entry->extension ? h->entry->extension(GESTO_SOUND) : NULL;
  if (h->sound) h->half = h->sound->open(h->self, 48000, 64, 7);
}

// Starts the exercise that was built as plugins/<name>.so. NULL `state`: anew.
static test_host *host_start(const char *name, const test_host *state) {
  test_host *h = calloc(1, sizeof *h);
  h->host = (gesto_host){.abi = GESTO_ABI,
    .size = sizeof h->host,
    .data = h,
    .now = host_now,
    .random = host_random,
    .set_control = host_set_control,
    .changed = host_changed,
    .to_sound = host_to_sound,
    .asset = host_asset,
    .setting = host_setting,
    .colour = host_colour,
    .log = host_log,
    .give_up = host_give_up,
    .extension = host_extension};
  h->entry = host_find(name);
  host_asset_folder(h);
  h->self = h->entry->create(&h->host);
  assert_non_null(h->self);
  if (state) {
    h->state = malloc(state->state_size);
    memcpy(h->state, state->state, state->state_size);
    h->state_size = state->state_size;
    memcpy(h->tapes, state->tapes, sizeof h->tapes);
    h->tape_count = state->tape_count;
    for (uint32_t i = 1; i <= h->tape_count; i++) {
      h->tapes[i].samples = malloc(h->tapes[i].frames * 2 * sizeof(float));
      memcpy(h->tapes[i].samples, state->tapes[i].samples,
        h->tapes[i].frames * 2 * sizeof(float));
    }
    assert_int_equal(host_load(h, h->self), GESTO_OK);
  }
  first_events(h, state != NULL);
  host_open_sound(h);
  return h;
}

static void host_end(test_host *h) {
  if (h->half) h->sound->close(h->half);
  h->entry->destroy(h->self);
  for (uint32_t i = 1; i <= h->tape_count; i++) free(h->tapes[i].samples);
  free(h->notes);
  free(h->out);
  free(h->state);
  free(h);
}

// The picture as it is now; the caller destroys it.
static cairo_surface_t *host_draw(test_host *h, int width, int height, uint32_t look) {
  cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
  cairo_t *to = cairo_create(s);
  gesto_frame frame = {.size = sizeof frame,
    .width = (float)width,
    .height = (float)height,
    .text_scale = 1,
    .look = look};
  h->entry->draw(h->self, to, &frame);
  cairo_destroy(to);
  cairo_surface_flush(s);
  return s;
}

static const gesto_control *host_control(const test_host *h, const char *key) {
  for (const gesto_control *c = h->entry->controls; c->size; c++)
    if (strcmp(c->key, key) == 0) return c;
  fail_msg("no control \"%s\"", key);
  return NULL;
}

static void host_set(test_host *h, const char *key, double value) {
  host_event(h,
    (gesto_event){.type = GESTO_CONTROL_SET,
      .as.control = {.id = host_control(h, key)->id, .value = value}});
}

static void host_act(test_host *h, const char *key) {
  host_event(h,
    (gesto_event){.type = GESTO_ACTION, .as.control = {.id = host_control(h, key)->id}});
}

static void host_point(test_host *h, uint16_t type, uint32_t source, float x, float y) {
  host_event(h,
    (gesto_event){.type = type,
      .source = source,
      .as.pointer = {.x = x, .y = y, .pressure = 0.5f, .tool = GESTO_FINGER}});
}

static uint32_t host_spots(test_host *h, gesto_spot *spots, uint32_t room) {
  const gesto_spots *with = h->entry->extension(GESTO_SPOTS);
  return with->list(h->self, spots, room);
}

#endif
