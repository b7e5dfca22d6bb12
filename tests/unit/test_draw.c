// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base
// Draw over a canvas that only writes down what it is asked for: what the hand holds, what
// is said of the picture, what is saved.
#include "core/api/gesto.h"

#include <dlfcn.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

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

static easel *of(const gesto_host *host) { return host->data; }

// ---- The canvas of the test --------------------------------------------------------

// A step: what lies there is a copy of what lay there before, for the caller to change.
static papers *step(easel *a) {
  assert_true(a->done + 1 < STEPS);
  a->steps[a->done + 1] = a->steps[a->done];
  a->done++;
  a->undone = 0;
  a->made++;
  return &a->steps[a->done];
}

static papers *now(easel *a) { return &a->steps[a->done]; }

static void paint(easel *a) {
  papers *p = step(a);
  p->of[p->lies].used = 1;
  a->in_stroke = false;
}

static gesto_result stroke(const gesto_host *host, const gesto_event *e) {
  easel *a = of(host);
  if (e->source != 1) return GESTO_OK;
  if (e->type == GESTO_POINTER_DOWN) a->in_stroke = true;
  if (e->type == GESTO_POINTER_UP && a->in_stroke) paint(a);
  if (e->type == GESTO_POINTER_CANCEL) a->in_stroke = false;
  return GESTO_OK;
}

static gesto_result set_brush(const gesto_host *host, const char *name) {
  snprintf(of(host)->brush, sizeof of(host)->brush, "%s", name);
  return GESTO_OK;
}

static gesto_result set_size(const gesto_host *host, float units) {
  of(host)->size = units;
  return GESTO_OK;
}

static gesto_result set_colour(const gesto_host *host, uint32_t rgb) {
  of(host)->rgb = rgb;
  return GESTO_OK;
}

static gesto_result set_mirror(const gesto_host *host, uint32_t folds) {
  of(host)->folds = folds;
  return GESTO_OK;
}

static gesto_result set_smoothing(const gesto_host *host, uint32_t how) {
  of(host)->smoothing = how;
  return GESTO_OK;
}

static gesto_result set_ruler(const gesto_host *host, uint32_t shape) {
  of(host)->ruler = shape;
  return GESTO_OK;
}

// The choice of a sheet outlives undo and redo.
static bool go(easel *a, int steps) {
  const papers was = *now(a);
  a->done += (uint32_t)steps;
  a->undone -= (uint32_t)steps;
  gesto_canvas_seen *s = &now(a)->of[now(a)->lies];
  const uint32_t chosen = was.of[was.lies].chosen;
  if (was.lies == now(a)->lies && chosen <= s->sheets) s->chosen = chosen;
  return true;
}

static bool undo(const gesto_host *host) {
  easel *a = of(host);
  if (a->in_stroke) paint(a);
  return a->done > 0 && go(a, -1);
}

static bool redo(const gesto_host *host) {
  easel *a = of(host);
  return a->undone > 0 && go(a, 1);
}

static const gesto_canvas_seen bare = {.sheets = 1,
  .chosen = 1,
  .order = {1, 2, 3},
  .opacity = {100, 100, 100},
  .colour = 0xFFFFFF};

static void shift(gesto_canvas_seen *s, uint32_t n, int by) {
  uint32_t at = 0;
  while (s->order[at] != n) at++;
  const uint32_t to = at + (uint32_t)by;
  if (to >= s->sheets) return;
  s->order[at] = s->order[to];
  s->order[to] = n;
}

static gesto_result turn(easel *a, uint32_t paper) {
  if (paper >= GESTO_PAPERS) return GESTO_NO_SPACE;
  papers *p = step(a);
  p->lies = paper;
  if (paper < p->count) return GESTO_OK;
  p->of[p->count++] = bare;
  return GESTO_OK;
}

static gesto_result sheet(const gesto_host *host, const char *what, uint32_t n) {
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

static void see(const gesto_host *host, gesto_canvas_seen *seen) {
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

static gesto_result keep_paper(
  const gesto_host *host, uint32_t n, const char *title, const char *about) {
  easel *a = of(host);
  const size_t used = strlen(a->kept);
  snprintf(a->kept + used, sizeof a->kept - used, "%u %s: %s\n", n, title, about);
  return GESTO_OK;
}

static void hear(const gesto_host *host, const char *text, bool interrupt) {
  (void)interrupt;
  snprintf(of(host)->said, sizeof of(host)->said, "%s", text);
}

static const gesto_speech speech = {.size = sizeof speech, .say = hear};

static const void *extension(const gesto_host *host, const char *id) {
  easel *a = of(host);
  if (strcmp(id, GESTO_SPEECH) == 0) return &speech;
  return strcmp(id, GESTO_CANVAS) == 0 && !a->without_canvas ? &a->canvas : NULL;
}

static const char *setting(const gesto_host *host, const char *key) {
  return strcmp(key, "smoothing") == 0 ? of(host)->set : NULL;
}

static gesto_result fill(const gesto_host *host, float x, float y) {
  easel *a = of(host);
  a->fills++;
  a->fill_x = x;
  a->fill_y = y;
  paint(a);
  return GESTO_OK;
}

static void changed(const gesto_host *host, float x, float y, float w, float h) {
  (void)host, (void)x, (void)y, (void)w, (void)h;
}

// It comes back at once, as from the host.
static void set_control(const gesto_host *host, uint32_t id, double value) {
  easel *a = of(host);
  gesto_event e = {.type = GESTO_CONTROL_SET, .as.control = {.id = id, .value = value}};
  a->shown[id] = value;
  if (id == MORE) a->asked++;
  a->draw->event(a->self, &e);
}

static void set_up(easel *a) {
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

static void put_away(easel *a) { a->draw->destroy(a->self); }

static void point(easel *a, uint16_t type, uint32_t source) {
  gesto_event e = {.type = type, .source = source};
  a->draw->event(a->self, &e);
}

static void line(easel *a) {
  point(a, GESTO_POINTER_DOWN, 1);
  point(a, GESTO_POINTER_MOVE, 1);
  point(a, GESTO_POINTER_UP, 1);
}

static void control(easel *a, uint32_t id, double value) {
  a->shown[id] = value;
  gesto_event e = {.type = GESTO_CONTROL_SET, .as.control = {.id = id, .value = value}};
  a->draw->event(a->self, &e);
}

static void press(easel *a, uint32_t id) {
  gesto_event e = {.type = GESTO_ACTION, .as.control = {.id = id}};
  a->draw->event(a->self, &e);
}

static void says(easel *a, const char *words) {
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

// ---- Tests -------------------------------------------------------------------------

static void controls_reach_the_canvas(void **state) {
  (void)state;
  easel a;
  set_up(&a);
  control(&a, BRUSH, 3);
  control(&a, SIZE, 150);
  control(&a, COLOUR, 0xA2432A);
  control(&a, MIRROR, 2);
  assert_string_equal(a.brush, "chalk");
  assert_true(a.size == 1.5f);
  assert_int_equal(a.rgb, 0xA2432A);
  assert_int_equal(a.folds, 4);
  put_away(&a);
}

static void other_brushes(void **state) {
  (void)state;
  easel a;
  set_up(&a);
  control(&a, BRUSH, 5);
  control(&a, MORE, 2);
  assert_string_equal(a.brush, "charcoal");
  line(&a);
  says(&a, "A drawing in teal, 1 stroke."); // nothing is rubbed out
  control(&a, MORE, 0);
  assert_string_equal(a.brush, "rub-out");
  control(&a, MORE, 7);
  assert_int_equal(a.asked, 0);
  control(&a, BRUSH, 5); // the same tool as before
  assert_string_equal(a.brush, "rub-out");
  assert_int_equal(a.asked, 1);
  put_away(&a);
}

static void words_about_the_picture(void **state) {
  (void)state;
  easel a;
  set_up(&a);
  says(&a, "An empty sheet of paper.");
  control(&a, COLOUR, 0x3B5FA0);
  line(&a);
  says(&a, "A drawing in blue, 1 stroke.");
  line(&a);
  control(&a, COLOUR, 0x6F8F55);
  line(&a);
  says(&a, "A drawing in blue and green, 3 strokes.");
  control(&a, COLOUR, 0x123456); // a mixed colour has no name
  line(&a);
  says(&a, "A drawing in blue and green, 4 strokes.");
  press(&a, UNDO);
  press(&a, UNDO);
  says(&a, "A drawing in blue, 2 strokes.");
  press(&a, REDO);
  says(&a, "A drawing in blue and green, 3 strokes.");
  control(&a, BRUSH, 5);
  line(&a);
  says(&a, "A drawing in blue and green, 3 strokes.");
  press(&a, NEW_PAPER);
  says(&a, "An empty sheet of paper. Paper 2 of 2.");
  press(&a, UNDO);
  says(&a, "A drawing in blue and green, 3 strokes.");
  for (int i = 0; i < 10; i++) press(&a, UNDO);
  says(&a, "An empty sheet of paper.");
  put_away(&a);
}

static void taken_back_and_other_hands(void **state) {
  (void)state;
  easel a;
  set_up(&a);
  point(&a, GESTO_POINTER_DOWN, 1);
  point(&a, GESTO_POINTER_DOWN, 2);
  point(&a, GESTO_POINTER_UP, 2);
  point(&a, GESTO_POINTER_CANCEL, 1);
  says(&a, "An empty sheet of paper.");
  line(&a);
  point(&a, GESTO_POINTER_DOWN, 1);
  press(&a, UNDO); // takes the stroke that is under way
  point(&a, GESTO_POINTER_UP, 1);
  says(&a, "A drawing in teal, 1 stroke.");
  point(&a, GESTO_POINTER_DOWN, 1);
  press(&a, NEW_PAPER); // not in a stroke
  point(&a, GESTO_POINTER_UP, 1);
  says(&a, "A drawing in teal, 2 strokes.");
  put_away(&a);
}

static gesto_result take(const gesto_writer *to, const void *bytes, size_t n) {
  easel *a = to->data;
  if (n > sizeof a->state - a->state_size) return GESTO_NO_SPACE;
  memcpy(a->state + a->state_size, bytes, n);
  a->state_size += n;
  return GESTO_OK;
}

static int64_t give(const gesto_reader *from, void *bytes, size_t n) {
  easel *a = from->data;
  size_t left = a->state_size - a->at;
  if (n > 7) n = 7;
  if (n > left) n = left;
  memcpy(bytes, a->state + a->at, n);
  a->at += n;
  return (int64_t)n;
}

static void save(easel *a, bool with_history) {
  const gesto_writer to = {.size = sizeof to, .data = a, .write = take};
  a->state_size = 0;
  assert_int_equal(a->draw->save(a->self, &to, with_history), GESTO_OK);
}

static gesto_result load(easel *a) {
  const gesto_reader from = {.size = sizeof from, .data = a, .read = give};
  a->at = 0;
  return a->draw->load(a->self, &from, "1.0.0");
}

static void lines_are_smoothed_and_ruled(void **state) {
  (void)state;
  easel a;
  set_up(&a);
  control(&a, SMOOTH, 2);
  control(&a, RULER, 1);
  assert_int_equal(a.smoothing, 2);
  assert_int_equal(a.ruler, 1);
  save(&a, true);
  control(&a, SMOOTH, 0);
  control(&a, RULER, 2);
  assert_int_equal(load(&a), GESTO_OK);
  assert_int_equal(a.smoothing, 2);
  assert_int_equal(a.ruler, 1);
  put_away(&a);
}

static void look(easel *a, uint32_t flags) {
  gesto_event e = {.type = GESTO_LOOK, .as.look = {.flags = flags, .text_scale = 1}};
  a->draw->event(a->self, &e);
}

static void a_shaking_hand_is_steadied(void **state) {
  (void)state;
  easel a;
  set_up(&a);
  look(&a, GESTO_STEADY);
  assert_int_equal(a.smoothing, 3);
  control(&a, SMOOTH, 1); // the client would rather not
  look(&a, GESTO_STEADY | GESTO_EVENING);
  assert_int_equal(a.smoothing, 1);
  save(&a, true);
  assert_int_equal(load(&a), GESTO_OK);
  look(&a, GESTO_STEADY);
  assert_int_equal(a.smoothing, 1);
  look(&a, 0);
  look(&a, GESTO_STEADY);
  assert_int_equal(a.smoothing, 3);
  look(&a, 0);
  assert_int_equal(a.smoothing, 1);
  a.set = "strong"; // was set up for this client
  control(&a, SMOOTH, 2);
  look(&a, GESTO_STEADY);
  assert_int_equal(a.smoothing, 2);
  put_away(&a);
}

static void point_at(easel *a, uint16_t type, uint32_t source, float x, float y) {
  gesto_event e = {.type = type, .source = source, .as.pointer = {.x = x, .y = y}};
  a->draw->event(a->self, &e);
}

static void a_touch_may_fill(void **state) {
  (void)state;
  easel a;
  set_up(&a);
  control(&a, COLOUR, 0x3B5FA0);
  control(&a, MORE, 13);
  point_at(&a, GESTO_POINTER_DOWN, 7, 20, 30);
  point_at(&a, GESTO_POINTER_MOVE, 7, 22, 31);
  assert_int_equal(a.fills, 0); // it may be a palm
  point_at(&a, GESTO_POINTER_CANCEL, 7, 22, 31);
  assert_int_equal(a.fills, 0);
  point_at(&a, GESTO_POINTER_DOWN, 8, 20, 30);
  save(&a, true);
  assert_int_equal(load(&a), GESTO_OK);
  point_at(&a, GESTO_POINTER_UP, 9, 5, 5); // somebody else's
  point_at(&a, GESTO_POINTER_UP, 8, 22, 31);
  assert_int_equal(a.fills, 1);
  assert_true(a.fill_x == 20 && a.fill_y == 30);
  says(&a, "A drawing in blue, 1 stroke.");
  press(&a, UNDO);
  says(&a, "An empty sheet of paper.");
  point_at(
    &a, GESTO_POINTER_DOWN, 1, 1, 1); // another tool while it is down: it fills still
  control(&a, BRUSH, 1);
  point_at(&a, GESTO_POINTER_UP, 1, 1, 1);
  assert_int_equal(a.fills, 2);
  line(&a);
  assert_int_equal(a.fills, 2);
  put_away(&a);
}

static void some_picture(easel *a) {
  control(a, BRUSH, 2);
  control(a, SIZE, 300);
  control(a, COLOUR, 0xE6C15A);
  control(a, MIRROR, 3);
  line(a);
  line(a);
  line(a);
  press(a, UNDO);
}

static void saved_and_loaded(void **state) {
  (void)state;
  easel a, b;
  set_up(&a);
  set_up(&b);
  some_picture(&a);
  save(&a, true);
  memcpy(b.state, a.state, a.state_size);
  b.state_size = a.state_size;
  assert_int_equal(load(&b), GESTO_OK);
  assert_string_equal(b.brush, "ink");
  assert_true(b.size == 3.0f);
  assert_int_equal(b.rgb, 0xE6C15A);
  assert_int_equal(b.folds, 8);
  says(&b, "A drawing in yellow, 2 strokes.");
  memcpy(b.steps, a.steps, sizeof b.steps); // the canvas's part
  b.done = 2;
  b.undone = 1;
  press(&b, REDO);
  says(&b, "A drawing in yellow, 3 strokes.");
  size_t with = a.state_size;
  save(&a, false);
  assert_int_equal(a.state_size, with - 1); // the one that was undone is not in it
  put_away(&a);
  put_away(&b);
}

static void damaged_states_change_nothing(void **state) {
  (void)state;
  easel a;
  set_up(&a);
  some_picture(&a);
  save(&a, true);
  size_t whole = a.state_size;
  for (size_t n = 0; n < whole; n++) {
    a.state_size = n;
    assert_int_equal(load(&a), GESTO_BAD_DATA);
  }
  a.state_size = whole + 1; // something behind it
  assert_int_equal(load(&a), GESTO_BAD_DATA);
  a.state_size = whole;
  a.state[16] = 200; // a brush that is none: the value in the first pair
  assert_int_equal(load(&a), GESTO_BAD_DATA);
  a.state[16] = 2;
  a.state[4] = 9; // a version to come
  assert_int_equal(load(&a), GESTO_TOO_NEW);
  says(&a, "A drawing in yellow, 2 strokes.");
  a.state[4] = 3;
  assert_int_equal(load(&a), GESTO_OK);
  put_away(&a);
}

// Brush, size, colour, mirror, and from version 2 on the other brushes; two marks that are
// done and one that is not.
static void write_old(easel *a, uint32_t version) {
  const uint32_t values[] = {2, 300, 0xE6C15A, 3, 0}, counts[] = {2, 1};
  const size_t settings = (version < 2 ? 4 : 5) * sizeof *values;
  a->state_size = 0;
  const gesto_writer to = {.size = sizeof to, .data = a, .write = take};
  assert_int_equal(take(&to, "DRAW", 4), GESTO_OK);
  assert_int_equal(take(&to, &version, sizeof version), GESTO_OK);
  assert_int_equal(take(&to, values, settings), GESTO_OK);
  assert_int_equal(take(&to, counts, sizeof counts), GESTO_OK);
  assert_int_equal(take(&to, "\4\4\4", 3), GESTO_OK);
}

static void states_of_earlier_versions(void **state) {
  (void)state;
  for (uint32_t version = 1; version <= 2; version++) {
    easel a;
    set_up(&a);
    control(&a, MORE, 3);
    write_old(&a, version);
    assert_int_equal(load(&a), GESTO_OK);
    assert_string_equal(a.brush, "ink");
    says(&a, "A drawing in yellow, 2 strokes.");
    put_away(&a);
  }
}

static void shows(const easel *a, uint32_t place, uint32_t shown, uint32_t strength) {
  assert_true(a->shown[SHEET] == place);
  assert_true(a->shown[SHEET_SHOWN] == shown);
  assert_true(a->shown[SHEET_OPACITY] == strength);
}

static void sheets_in_the_hand(void **state) {
  (void)state;
  easel a;
  set_up(&a);
  press(&a, ADD_SHEET);
  shows(&a, 1, 1, 100);
  control(&a, SHEET_OPACITY, 80);
  control(&a, SHEET_OPACITY, 60);
  control(&a, SHEET_OPACITY, 40);
  shows(&a, 1, 1, 40);
  press(&a, UNDO); // the slider's whole way
  shows(&a, 1, 1, 100);
  press(&a, REDO);
  shows(&a, 1, 1, 40);
  press(&a, LOWER); // the sheet that is chosen stays chosen
  shows(&a, 0, 1, 40);
  control(&a, SHEET, 1);
  shows(&a, 1, 1, 100);
  press(&a, UNDO);
  shows(&a, 0, 1, 100);
  control(&a, SHEET, 2); // a place where there is none yet
  shows(&a, 2, 1, 100);
  press(&a, ADD_SHEET);
  assert_non_null(strstr(a.said, "three sheets"));
  press(&a, UNDO);
  press(&a, UNDO);
  says(&a, "An empty sheet of paper.");
  put_away(&a);
}

// Nobody paints where nothing shows.
static void drawing_shows_a_hidden_sheet(void **state) {
  (void)state;
  easel a;
  set_up(&a);
  line(&a);
  control(&a, SHEET_SHOWN, 0);
  shows(&a, 0, 0, 100);
  line(&a);
  shows(&a, 0, 1, 100);
  says(&a, "A drawing in teal, 2 strokes.");
  press(&a, UNDO);
  shows(&a, 0, 1, 100);
  press(&a, UNDO);
  shows(&a, 0, 0, 100);
  says(&a, "A drawing in teal, 1 stroke.");
  put_away(&a);
}

static void papers_are_kept(void **state) {
  (void)state;
  easel a;
  set_up(&a);
  press(&a, NEW_PAPER);
  assert_string_equal(a.said, "This paper is still empty.");
  assert_int_equal(a.done, 0);
  line(&a);
  press(&a, NEW_PAPER);
  assert_string_equal(a.said, "Paper 2 of 2");
  control(&a, COLOUR, 0xA2432A);
  control(&a, PAPER, 4);
  assert_int_equal(now(&a)->of[1].colour, 0x24324F);
  line(&a);
  line(&a);
  press(&a, NEW_PAPER);
  press(&a, EARLIER_PAPER);
  says(&a, "A drawing in brick, 2 strokes. Paper 2 of 3.");
  assert_true(a.shown[PAPER] == 4);
  press(&a, EARLIER_PAPER);
  assert_true(a.shown[PAPER] == 0);
  says(&a, "A drawing in teal, 1 stroke. Paper 1 of 3.");
  press(&a, EARLIER_PAPER);
  assert_string_equal(a.said, "This is the first paper.");
  assert_int_equal(a.draw->works(a.self, &a.host), GESTO_OK);
  assert_string_equal(a.kept,
    "1 Drawing 1: A drawing in teal, 1 stroke.\n"
    "2 Drawing 2: A drawing in brick, 2 strokes.\n"); // the empty one is not
  while (now(&a)->count > 1) press(&a, UNDO);
  a.kept[0] = 0;
  assert_int_equal(a.draw->works(a.self, &a.host), GESTO_OK);
  assert_string_equal(a.kept, "1 Drawing: A drawing in teal, 1 stroke.\n");
  press(&a, UNDO);
  a.kept[0] = 0;
  assert_int_equal(a.draw->works(a.self, &a.host), GESTO_OK);
  assert_string_equal(a.kept, "1 Drawing: An empty sheet of paper.\n");
  put_away(&a);
}

static void as_many_papers_as_there_can_be(void **state) {
  (void)state;
  easel a;
  set_up(&a);
  for (uint32_t i = 0; i < GESTO_PAPERS; i++) {
    line(&a);
    press(&a, NEW_PAPER);
  }
  assert_non_null(strstr(a.said, "All papers are in use."));
  says(&a, "A drawing in teal, 1 stroke. Paper 24 of 24.");
  press(&a, LATER_PAPER);
  assert_non_null(strstr(a.said, "This is the last paper."));
  put_away(&a);
}

// The others are not torn with it.
static void one_of_several_papers_is_torn(void **state) {
  (void)state;
  easel a;
  set_up(&a);
  look(&a, GESTO_STILL);
  line(&a);
  press(&a, NEW_PAPER);
  line(&a);
  press(&a, TEAR);
  says(&a, "An empty sheet of paper. Paper 2 of 2.");
  assert_int_equal(a.draw->works(a.self, &a.host), GESTO_OK);
  assert_string_equal(a.kept, "1 Drawing: A drawing in teal, 1 stroke.\n");
  line(&a);
  press(&a, UNDO);
  press(&a, UNDO);
  says(&a, "A drawing in teal, 1 stroke. Paper 2 of 2.");
  put_away(&a);
}

static void without_a_canvas_it_declines(void **state) {
  (void)state;
  easel a;
  set_up(&a);
  put_away(&a);
  a.without_canvas = true;
  assert_null(a.draw->create(&a.host));
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(controls_reach_the_canvas),
    cmocka_unit_test(lines_are_smoothed_and_ruled),
    cmocka_unit_test(a_shaking_hand_is_steadied),
    cmocka_unit_test(a_touch_may_fill),
    cmocka_unit_test(other_brushes),
    cmocka_unit_test(words_about_the_picture),
    cmocka_unit_test(taken_back_and_other_hands),
    cmocka_unit_test(saved_and_loaded),
    cmocka_unit_test(damaged_states_change_nothing),
    cmocka_unit_test(states_of_earlier_versions),
    cmocka_unit_test(sheets_in_the_hand),
    cmocka_unit_test(drawing_shows_a_hidden_sheet),
    cmocka_unit_test(papers_are_kept),
    cmocka_unit_test(as_many_papers_as_there_can_be),
    cmocka_unit_test(one_of_several_papers_is_torn),
    cmocka_unit_test(without_a_canvas_it_declines),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
