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

enum { BRUSH = 1, SIZE, COLOUR, MIRROR, UNDO, REDO, NEW_PAPER, MORE };

typedef struct easel {
  gesto_host host;
  gesto_canvas canvas;
  const gesto_exercise *draw;
  void *self;
  char brush[32];
  float size;
  uint32_t rgb, folds, done, undone, asked;
  bool in_stroke, without_canvas;
  uint8_t state[4096];
  size_t state_size, at;
} easel;

static easel *of(const gesto_host *host) { return host->data; }

// ---- The canvas of the test --------------------------------------------------------

static gesto_result stroke(const gesto_host *host, const gesto_event *e) {
  easel *a = of(host);
  if (e->source != 1) return GESTO_OK;
  if (e->type == GESTO_POINTER_DOWN) a->in_stroke = true;
  if (e->type == GESTO_POINTER_UP && a->in_stroke) {
    a->done++;
    a->undone = 0;
  }
  if (e->type != GESTO_POINTER_MOVE && e->type != GESTO_POINTER_DOWN)
    a->in_stroke = false;
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

static bool undo(const gesto_host *host) {
  easel *a = of(host);
  if (a->in_stroke) a->done++;
  a->in_stroke = false;
  if (a->done == 0) return false;
  a->done--;
  a->undone++;
  return true;
}

static bool redo(const gesto_host *host) {
  easel *a = of(host);
  if (a->undone == 0) return false;
  a->done++;
  a->undone--;
  return true;
}

static gesto_result sheet(const gesto_host *host, const char *what, uint32_t n) {
  assert_string_equal(what, "clear");
  assert_int_equal(n, 0);
  if (of(host)->in_stroke) return GESTO_NOT_NOW;
  of(host)->done++;
  return GESTO_OK;
}

static const void *extension(const gesto_host *host, const char *id) {
  easel *a = of(host);
  return strcmp(id, GESTO_CANVAS) == 0 && !a->without_canvas ? &a->canvas : NULL;
}

static void changed(const gesto_host *host, float x, float y, float w, float h) {
  (void)host, (void)x, (void)y, (void)w, (void)h;
}

// Only one of the other brushes is ever put away.
static void set_control(const gesto_host *host, uint32_t id, double value) {
  assert_int_equal(id, MORE);
  assert_true(value == 0);
  of(host)->asked++;
}

static void set_up(easel *a) {
  *a = (easel){.host = {.abi = GESTO_ABI, .size = sizeof a->host}};
  a->host.data = a;
  a->host.extension = extension;
  a->host.changed = changed;
  a->host.set_control = set_control;
  a->canvas = (gesto_canvas){.size = sizeof a->canvas,
    .stroke = stroke,
    .set_brush = set_brush,
    .set_size = set_size,
    .set_colour = set_colour,
    .set_mirror = set_mirror,
    .undo = undo,
    .redo = redo,
    .sheet = sheet};
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
  says(&a, "An empty sheet of paper.");
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
  a.state[8] = 200; // a brush that is none
  assert_int_equal(load(&a), GESTO_BAD_DATA);
  a.state[8] = 2;
  a.state[4] = 9; // a version to come
  assert_int_equal(load(&a), GESTO_TOO_NEW);
  says(&a, "A drawing in yellow, 2 strokes.");
  a.state[4] = 2;
  assert_int_equal(load(&a), GESTO_OK);
  put_away(&a);
}

// States of the time before there were other brushes.
static void states_of_version_1(void **state) {
  (void)state;
  easel a;
  set_up(&a);
  some_picture(&a);
  save(&a, true);
  const size_t more = 8 + 4 * sizeof(uint32_t);
  memmove(a.state + more, a.state + more + 4, a.state_size - more - 4);
  a.state_size -= 4;
  a.state[4] = 1;
  control(&a, BRUSH, 0);
  control(&a, MORE, 3);
  assert_int_equal(load(&a), GESTO_OK);
  assert_string_equal(a.brush, "ink");
  says(&a, "A drawing in yellow, 2 strokes.");
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
    cmocka_unit_test(other_brushes),
    cmocka_unit_test(words_about_the_picture),
    cmocka_unit_test(taken_back_and_other_hands),
    cmocka_unit_test(saved_and_loaded),
    cmocka_unit_test(damaged_states_change_nothing),
    cmocka_unit_test(states_of_version_1),
    cmocka_unit_test(without_a_canvas_it_declines),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
