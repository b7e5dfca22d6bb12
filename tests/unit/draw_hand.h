// SPDX-License-Identifier: GPL-3.0-or-later
// Draw in the hand of a test, over a canvas that only writes down what it is asked for. Included
// once by each test program that draws so.
#ifndef TESTS_DRAW_HAND_H
#define TESTS_DRAW_HAND_H

#include "core/api/gesto.h"

#include <dlfcn.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

// As plugins/draw/declared.h has them, written out anew: these numbers are in journals, so a test
// must notice if one of them changes.
enum {
  BRUSH = 1,
  SIZE,
  COLOUR,
  MIRROR,
  UNDO,
  REDO,
  NEW_PAPER,
  MORE,
  SMOOTH,
  RULER,
  SHEET,
  ADD_SHEET,
  SHEET_SHOWN,
  SHEET_OPACITY,
  RAISE,
  LOWER,
  EARLIER_PAPER,
  PAPER,
  TEXTURE,
  LATER_PAPER = 21,
  TEAR = 23,
  BURY = 24,
  CONTROLS = 32
};
enum { STEPS = 64 };

// Papers as the canvas of the test has them: what can be seen of each.
typedef struct papers {
  gesto_canvas_seen of[GESTO_PAPERS];
  uint32_t count, lies; // from 0
} papers;

typedef struct easel {
  gesto_host host;
  gesto_canvas canvas;
  const gesto_exercise *draw;
  void *self;
  char brush[32];
  float size;
  uint32_t rgb, folds, smoothing, ruler, done, undone, asked;
  const char *set; // "smoothing", by whoever set up the room; or NULL
  uint32_t fills;
  float fill_x, fill_y;
  papers steps[STEPS]; // after so many steps
  uint64_t made;
  double shown[CONTROLS]; // by the panel
  char said[200];
  char kept[400];
  bool in_stroke, without_canvas;
  uint8_t state[4096];
  size_t state_size, at;
} easel;

static inline easel *of(const gesto_host *host) { return host->data; }

// ---- The canvas of the test --------------------------------------------------------

// A step: what lies there is a copy of what lay there before, for the caller to change.
static inline papers *step(easel *a) {
  assert_true(a->done + 1 < STEPS);
  a->steps[a->done + 1] = a->steps[a->done];
  a->done++;
  a->undone = 0;
  a->made++;
  return &a->steps[a->done];
}

static inline papers *now(easel *a) { return &a->steps[a->done]; }

static inline void paint(easel *a) {
  papers *p = step(a);
  p->of[p->lies].used = 1;
  a->in_stroke = false;
}

static inline gesto_result stroke(const gesto_host *host, const gesto_event *e) {
  easel *a = of(host);
  if (e->source != 1) return GESTO_OK;
  if (e->type == GESTO_POINTER_DOWN) a->in_stroke = true;
  if (e->type == GESTO_POINTER_UP && a->in_stroke) paint(a);
  if (e->type == GESTO_POINTER_CANCEL) a->in_stroke = false;
  return GESTO_OK;
}

static inline gesto_result set_brush(const gesto_host *host, const char *name) {
  snprintf(of(host)->brush, sizeof of(host)->brush, "%s", name);
  return GESTO_OK;
}

static inline gesto_result set_size(const gesto_host *host, float units) {
  of(host)->size = units;
  return GESTO_OK;
}

static inline gesto_result set_colour(const gesto_host *host, uint32_t rgb) {
  of(host)->rgb = rgb;
  return GESTO_OK;
}

static inline gesto_result set_mirror(const gesto_host *host, uint32_t folds) {
  of(host)->folds = folds;
  return GESTO_OK;
}

static inline gesto_result set_smoothing(const gesto_host *host, uint32_t how) {
  of(host)->smoothing = how;
  return GESTO_OK;
}

static inline gesto_result set_ruler(const gesto_host *host, uint32_t shape) {
  of(host)->ruler = shape;
  return GESTO_OK;
}

// The choice of a sheet outlives undo and redo.
static inline bool go(easel *a, int steps) {
  const papers was = *now(a);
  a->done += (uint32_t)steps;
  a->undone -= (uint32_t)steps;
  gesto_canvas_seen *s = &now(a)->of[now(a)->lies];
  const uint32_t chosen = was.of[was.lies].chosen;
  if (was.lies == now(a)->lies && chosen <= s->sheets) s->chosen = chosen;
  return true;
}

static inline bool undo(const gesto_host *host) {
  easel *a = of(host);
  if (a->in_stroke) paint(a);
  return a->done > 0 && go(a, -1);
}

static inline bool redo(const gesto_host *host) {
  easel *a = of(host);
  return a->undone > 0 && go(a, 1);
}

static const gesto_canvas_seen bare = {.sheets = 1,
  .chosen = 1,
  .order = {1, 2, 3},
  .opacity = {100, 100, 100},
  .colour = 0xFFFFFF};

static inline void shift(gesto_canvas_seen *s, uint32_t n, int by) {
  uint32_t at = 0;
  while (s->order[at] != n) at++;
  const uint32_t to = at + (uint32_t)by;
  if (to >= s->sheets) return;
  s->order[at] = s->order[to];
  s->order[to] = n;
}

static inline gesto_result turn(easel *a, uint32_t paper) {
  if (paper >= GESTO_PAPERS) return GESTO_NO_SPACE;
  papers *p = step(a);
  p->lies = paper;
  if (paper < p->count) return GESTO_OK;
  p->of[p->count++] = bare;
  return GESTO_OK;
}

static inline gesto_result sheet(const gesto_host *host, const char *what, uint32_t n) {
  easel *a = of(host);
  if (a->in_stroke) return GESTO_NOT_NOW;
  papers *p = now(a);
  if (strcmp(what, "new") == 0 && !p->of[p->lies].used) return GESTO_OK;
  if (strcmp(what, "new") == 0) return turn(a, p->count);
  if (strcmp(what, "turn") == 0) return turn(a, n - 1);
  if (strcmp(what, "choose") == 0) {
    p->of[p->lies].chosen = n;
    return GESTO_OK;
  }
  if (strcmp(what, "add") == 0 && p->of[p->lies].sheets == GESTO_SHEETS)
    return GESTO_NO_SPACE;
  papers changed = *p;
  gesto_canvas_seen *s = &changed.of[changed.lies];
  unsigned percent = 0;
  if (strcmp(what, "clear") == 0) s->used = 0;
  if (strcmp(what, "add") == 0) s->chosen = ++s->sheets;
  if (strcmp(what, "show") == 0) s->hidden[n - 1] = 0;
  if (strcmp(what, "hide") == 0) s->hidden[n - 1] = 1;
  if (strcmp(what, "raise") == 0) shift(s, n, 1);
  if (strcmp(what, "lower") == 0) shift(s, n, -1);
  if (strcmp(what, "paper") == 0) s->colour = n;
  if (strcmp(what, "texture") == 0) s->texture = n;
  if (sscanf(what, "opacity %u", &percent) == 1) s->opacity[n - 1] = percent;
  if (memcmp(&changed, p, sizeof changed) != 0) *step(a) = changed;
  return GESTO_OK;
}

static inline void see(const gesto_host *host, gesto_canvas_seen *seen) {
  easel *a = of(host);
  const papers *p = now(a);
  *seen = p->of[p->lies];
  seen->size = sizeof *seen;
  seen->papers = p->count;
  seen->paper = p->lies + 1;
  seen->steps = a->made;
  seen->used = 0;
  for (uint32_t i = 0; i < p->count; i++) seen->used |= p->of[i].used << i;
}

static inline gesto_result keep_paper(
  const gesto_host *host, uint32_t n, const char *title, const char *about) {
  easel *a = of(host);
  const size_t used = strlen(a->kept);
  snprintf(a->kept + used, sizeof a->kept - used, "%u %s: %s\n", n, title, about);
  return GESTO_OK;
}

static inline void hear(const gesto_host *host, const char *text, bool interrupt) {
  (void)interrupt;
  snprintf(of(host)->said, sizeof of(host)->said, "%s", text);
}

static const gesto_speech speech = {.size = sizeof speech, .say = hear};

static inline const void *extension(const gesto_host *host, const char *id) {
  easel *a = of(host);
  if (strcmp(id, GESTO_SPEECH) == 0) return &speech;
  return strcmp(id, GESTO_CANVAS) == 0 && !a->without_canvas ? &a->canvas : NULL;
}

static inline const char *setting(const gesto_host *host, const char *key) {
  return strcmp(key, "smoothing") == 0 ? of(host)->set : NULL;
}

static inline gesto_result fill(const gesto_host *host, float x, float y) {
  easel *a = of(host);
  a->fills++;
  a->fill_x = x;
  a->fill_y = y;
  paint(a);
  return GESTO_OK;
}

static inline void changed(const gesto_host *host, float x, float y, float w, float h) {
  (void)host, (void)x, (void)y, (void)w, (void)h;
}

// It comes back at once, as from the host.
static inline void set_control(const gesto_host *host, uint32_t id, double value) {
  easel *a = of(host);
  gesto_event e = {.type = GESTO_CONTROL_SET, .as.control = {.id = id, .value = value}};
  a->shown[id] = value;
  if (id == MORE) a->asked++;
  a->draw->event(a->self, &e);
}

static inline void set_up(easel *a) {
  *a = (easel){.host = {.abi = GESTO_ABI, .size = sizeof a->host}};
  a->host.data = a;
  a->host.extension = extension;
  a->host.changed = changed;
  a->host.set_control = set_control;
  a->host.setting = setting;
  a->canvas = (gesto_canvas){.size = sizeof a->canvas,
    .stroke = stroke,
    .set_brush = set_brush,
    .set_size = set_size,
    .set_colour = set_colour,
    .set_mirror = set_mirror,
    .set_smoothing = set_smoothing,
    .set_ruler = set_ruler,
    .undo = undo,
    .redo = redo,
    .sheet = sheet,
    .fill = fill,
    .see = see,
    .keep_paper = keep_paper};
  a->steps[0] = (papers){.of = {bare}, .count = 1};
  a->shown[SHEET_SHOWN] = 1;
  a->shown[SHEET_OPACITY] = 100;
  char path[512];
  const char *build = getenv("BUILD");
  snprintf(path, sizeof path, "%s%s/plugins/draw.so",
    build && build[0] == '/' ? "" : "./", build ? build : "build");
  void *lib = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  assert_non_null(lib);
  a->draw = dlsym(lib, "gesto_entry");
  assert_non_null(a->draw);
  a->self = a->draw->create(&a->host);
  assert_non_null(a->self);
}

static inline void put_away(easel *a) { a->draw->destroy(a->self); }

static inline void point(easel *a, uint16_t type, uint32_t source) {
  gesto_event e = {.type = type, .source = source};
  a->draw->event(a->self, &e);
}

static inline void point_at(easel *a, uint16_t type, uint32_t source, float x, float y) {
  gesto_event e = {.type = type, .source = source, .as.pointer = {.x = x, .y = y}};
  a->draw->event(a->self, &e);
}

static inline void line(easel *a) {
  point(a, GESTO_POINTER_DOWN, 1);
  point(a, GESTO_POINTER_MOVE, 1);
  point(a, GESTO_POINTER_UP, 1);
}

static inline void control(easel *a, uint32_t id, double value) {
  a->shown[id] = value;
  gesto_event e = {.type = GESTO_CONTROL_SET, .as.control = {.id = id, .value = value}};
  a->draw->event(a->self, &e);
}

static inline void press(easel *a, uint32_t id) {
  gesto_event e = {.type = GESTO_ACTION, .as.control = {.id = id}};
  a->draw->event(a->self, &e);
}

static inline void says(easel *a, const char *words) {
  char text[200];
  const gesto_spots *spots = a->draw->extension(GESTO_SPOTS);
  size_t n = spots->describe(a->self, text, sizeof text);
  assert_string_equal(text, words);
  assert_int_equal(n, strlen(words));
  // Cut to any room, it ends where the room does.
  for (size_t room = 1; room <= n; room++) {
    char *little = malloc(room);
    assert_non_null(little);
    assert_int_equal(spots->describe(a->self, little, room), n);
    assert_memory_equal(little, words, room - 1);
    assert_int_equal(little[room - 1], 0);
    free(little);
  }
}

static inline void look(easel *a, uint32_t flags) {
  gesto_event e = {.type = GESTO_LOOK, .as.look = {.flags = flags, .text_scale = 1}};
  a->draw->event(a->self, &e);
}

#endif
